import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TooManyAttemptsError } from '../../errors/too-many-attempts-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { type AttemptLimit, secondsToWait } from '../model/attempt-limit.js';
import { LoginAttemptsRepository } from '../store/login-attempts.repository.js';

/** Counts attempts in PostgreSQL, so that instances share the counts. */
@Injectable()
export class AttemptLimitsService {
  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt of each subject, including subjects beyond their limit. The first attempt of a subject starts its
   * period.
   * @param period milliseconds
   * @param refusal the detail of the error
   * @throws {TooManyAttemptsError} if a subject is beyond its limit
   */
  async count(limits: readonly AttemptLimit[], period: number, refusal: string): Promise<void> {
    const now = this.clock.now();
    const hashedLimits = limits.map(({ subject, max }) => ({ subject: hashed(subject), max }));
    const subjects = hashedLimits.map(({ subject }) => subject);
    await this.attempts.removeExpired(now);
    const counts = await this.attempts.count(subjects, now, new Date(now.getTime() + period));
    const seconds = secondsToWait(hashedLimits, counts, now);
    if (seconds !== null) throw new TooManyAttemptsError('too_many_attempts', refusal, seconds);
  }

  /** Sets the count of the subject to zero. */
  async reset(subject: string): Promise<void> {
    await this.attempts.remove(hashed(subject));
  }

  /** Subtracts one attempt of the subject. */
  async subtract(subject: string): Promise<void> {
    await this.attempts.subtract(hashed(subject));
  }
}

function hashed(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}
