import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Calendar } from './calendar.entity.js';

/** The name of a primary calendar, until its user renames it. The migration has the same name. */
const PRIMARY_NAME = 'Calendar';

@Injectable()
export class CalendarsOfUsersRepository {
  constructor(
    @InjectRepository(Calendar) private readonly calendars: Repository<Calendar>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Adds the primary calendar of a new user, unless the user has one. */
  async addPrimary(userId: number): Promise<void> {
    await this.repository.query(
      `INSERT INTO calendars (tenant_id, user_id, name, is_primary) VALUES ($1, $2, $3, true)
       ON CONFLICT (tenant_id, user_id) WHERE is_primary DO NOTHING`,
      [this.tenant.id, userId, PRIMARY_NAME],
    );
  }

  private get repository(): Repository<Calendar> {
    return this.unitOfWork.repository(this.calendars);
  }
}
