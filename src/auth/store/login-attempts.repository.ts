import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { AttemptCount } from '../model/attempt-limit.js';

/** More rows than one attempt adds, and few enough that the attempt is not slow. */
const COUNTS_PER_CLEANUP = 20;

@Injectable()
export class LoginAttemptsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Counts one attempt of each subject, atomically. A count whose period has ended restarts at one.
   * @param resetsAt the end of a period that starts now
   */
  async count(subjects: readonly string[], now: Date, resetsAt: Date): Promise<AttemptCount[]> {
    // All statements lock the rows in one order, so that two of them never wait for each other.
    return this.unitOfWork.manager.query(
      `INSERT INTO login_attempts AS kept (tenant_id, subject, attempts, resets_at)
       SELECT $1, subject, 1, $4 FROM unnest($2::text[]) AS subject ORDER BY subject
       ON CONFLICT (tenant_id, subject) DO UPDATE SET
         attempts = CASE WHEN kept.resets_at <= $3 THEN 1 ELSE kept.attempts + 1 END,
         resets_at = CASE WHEN kept.resets_at <= $3 THEN $4 ELSE kept.resets_at END
       RETURNING subject, attempts, resets_at AS "resetsAt"`,
      [this.tenant.id, subjects, now, resetsAt],
    );
  }

  async remove(subject: string): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM login_attempts WHERE tenant_id = $1 AND subject = $2', [
      this.tenant.id,
      subject,
    ]);
  }

  /** Subtracts one attempt. The count does not fall below zero. */
  async subtract(subject: string): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE login_attempts SET attempts = greatest(attempts - 1, 0) WHERE tenant_id = $1 AND subject = $2',
      [this.tenant.id, subject],
    );
  }

  /** Removes some of the counts whose period has ended, of all tenants. */
  async removeExpired(now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM login_attempts WHERE (tenant_id, subject) IN (
         SELECT tenant_id, subject FROM login_attempts WHERE resets_at <= $1 -- all tenants
          LIMIT ${COUNTS_PER_CLEANUP} FOR UPDATE SKIP LOCKED)`,
      [now],
    );
  }
}
