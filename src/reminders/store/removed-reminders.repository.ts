import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Each has the columns `tenant_id` and `user_id`. */
const TABLES = ['pending_reminders', 'event_reminders', 'reminder_deliveries'];

/** Removes the reminders of deleted users. */
@Injectable()
export class RemovedRemindersRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Removes the settings, the plans and the deliveries of the user. */
  async removeAllOf(userId: number): Promise<void> {
    for (const table of TABLES) {
      await this.unitOfWork.manager.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND user_id = $2`, [
        this.tenant.id,
        userId,
      ]);
    }
  }
}
