import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** How far the count of a subject is, and when it begins anew. */
export interface CountedAttempts {
  readonly subject: string;
  readonly attempts: number;
  readonly resetsAt: Date;
}

/** Few enough to be no burden for the attempt that does it, more than one adds. */
const OLD_ROWS_REMOVED_AT_ONCE = 20;

@Injectable()
export class LoginAttemptsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Counts one attempt of each subject, atomically; a count whose time is over begins anew. */
  async count(subjects: readonly string[], now: Date, resetsAt: Date): Promise<CountedAttempts[]> {
    // In one order, so that two statements never wait for each other.
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

  async forget(subject: string): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM login_attempts WHERE subject = $1', [subject]);
  }

  /** Takes one attempt back. */
  async takeBack(subject: string): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE login_attempts SET attempts = greatest(attempts - 1, 0) WHERE subject = $1',
      [subject],
    );
  }

  async removeOld(now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM login_attempts WHERE subject IN (
         SELECT subject FROM login_attempts WHERE resets_at <= $1
          LIMIT ${OLD_ROWS_REMOVED_AT_ONCE} FOR UPDATE SKIP LOCKED)`,
      [now],
    );
  }
}
