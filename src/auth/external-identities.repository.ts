import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { normalisedEmail } from '../common/email-address.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { ExternalIdentity } from './external-identity.entity.js';

@Injectable()
export class ExternalIdentitiesRepository {
  constructor(
    @InjectRepository(ExternalIdentity) private readonly identities: Repository<ExternalIdentity>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async userOf(issuer: string, subject: string): Promise<number | null> {
    const identity = await this.repository.findOneBy({ issuer, subject });
    return identity?.userId ?? null;
  }

  /**
   * Gives the account to the user of the address, unless that user has another one there; what could log in as
   * that user before is no longer good.
   * @returns the user, or null
   */
  async link(issuer: string, subject: string, email: string, now: Date): Promise<number | null> {
    const rows: { userId: number }[] = await this.repository.query(
      `WITH linked AS (
         INSERT INTO external_identities (issuer, subject, user_id, created_at)
         SELECT $1, $2, id, $4 FROM users WHERE normalised_email = $3
         ON CONFLICT DO NOTHING RETURNING user_id),
       closed AS (
         UPDATE users SET password_hash = NULL, protected = true FROM linked WHERE id = linked.user_id)
       SELECT user_id AS "userId" FROM linked`,
      [issuer, subject, normalisedEmail(email), now],
    );
    return rows.at(0)?.userId ?? null;
  }

  private get repository(): Repository<ExternalIdentity> {
    return this.unitOfWork.repository(this.identities);
  }
}
