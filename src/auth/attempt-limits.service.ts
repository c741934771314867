import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { TooManyAttemptsError } from '../errors/too-many-attempts-error.js';
import { Clock } from '../platform/clock/clock.js';
import { LoginAttemptsRepository } from './store/login-attempts.repository.js';

/** How often something may be tried for a subject: an account, an address, … */
export interface AttemptLimit {
  /** Kept as a hash. */
  readonly subject: string;
  readonly max: number;
}

/** Counts attempts in PostgreSQL, so that instances share the counts. */
@Injectable()
export class AttemptLimitsService {
  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt of each subject, also of those that are beyond their limit. The first attempt of a subject
   * starts its period.
   * @param period milliseconds
   * @throws {TooManyAttemptsError} if a subject is beyond its limit
   */
  async count(limits: readonly AttemptLimit[], period: number, refusal: string): Promise<void> {
    const now = this.clock.now();
    const maxOf = new Map(limits.map(({ subject, max }) => [hashed(subject), max]));
    await this.attempts.removeOld(now);
    const counted = await this.attempts.count([...maxOf.keys()], now, new Date(now.getTime() + period));
    const exceeded = counted.filter(({ subject, attempts }) => attempts > (maxOf.get(subject) ?? 0));
    if (exceeded.length === 0) return;
    const until = Math.max(...exceeded.map(({ resetsAt }) => resetsAt.getTime()));
    throw new TooManyAttemptsError('too_many_attempts', refusal, Math.ceil((until - now.getTime()) / 1000));
  }

  /** Forgets the attempts of the subject. */
  async forget(subject: string): Promise<void> {
    await this.attempts.forget(hashed(subject));
  }

  /** Takes one attempt of the subject back. */
  async takeBack(subject: string): Promise<void> {
    await this.attempts.takeBack(hashed(subject));
  }
}

function hashed(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}
