import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { AttemptCount } from '../model/attempt-limit.js';

/** More rows than one attempt adds, and few enough that the attempt is not slow. */
const COUNTS_PER_CLEANUP = 20;

@Injectable()
export class LoginAttemptsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Counts one attempt of each subject, atomically. A count whose period has ended restarts at one.
   * @param resetsAt the end of a period that starts now
   */
  async count(subjects: readonly string[], now: Date, resetsAt: Date): Promise<AttemptCount[]> {
    // All statements lock the rows in one order, so that two of them never wait for each other.
    return this.unitOfWork.manager.query(
      `INSERT INTO login_attempts AS kept (subject, attempts, resets_at)
       SELECT subject, 1, $3 FROM unnest($1::text[]) AS subject ORDER BY subject
       ON CONFLICT (subject) DO UPDATE SET
         attempts = CASE WHEN kept.resets_at <= $2 THEN 1 ELSE kept.attempts + 1 END,
         resets_at = CASE WHEN kept.resets_at <= $2 THEN $3 ELSE kept.resets_at END
       RETURNING subject, attempts, resets_at AS "resetsAt"`,
      [subjects, now, resetsAt],
    );
  }

  async remove(subject: string): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM login_attempts WHERE subject = $1', [subject]);
  }

  /** Subtracts one attempt. The count does not fall below zero. */
  async subtract(subject: string): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE login_attempts SET attempts = greatest(attempts - 1, 0) WHERE subject = $1',
      [subject],
    );
  }

  /** Removes some of the counts whose period has ended. */
  async removeExpired(now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM login_attempts WHERE subject IN (
         SELECT subject FROM login_attempts WHERE resets_at <= $1
          LIMIT ${COUNTS_PER_CLEANUP} FOR UPDATE SKIP LOCKED)`,
      [now],
    );
  }
}
