import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { TooManyAttemptsError } from '../common/too-many-attempts-error.js';
import { LoginAttemptsRepository } from './login-attempts.repository.js';

/** Milliseconds. */
const PERIOD = 15 * 60_000;

/** More than anybody mistypes; a thousand guesses a day are far from any password. */
const MAX_PER_ACCOUNT = 10;

/** Many people may sit behind one address. */
const MAX_PER_ADDRESS = 100;

/** Limits how often passwords are tried: for one account from anywhere, and from one address for any account. */
@Injectable()
export class LoginThrottleService {
  constructor(
    private readonly attempts: LoginAttemptsRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before its password is looked at, so that many at once are no way round. Accounts that are
   * not there are limited like those that are.
   * @param address null where the account's token was shown already
   * @throws {TooManyAttemptsError}
   */
  async begin(email: string, address: string | null): Promise<void> {
    const now = this.clock.now();
    const limits = new Map([[accountSubject(email), MAX_PER_ACCOUNT]]);
    if (address !== null) limits.set(addressSubject(address), MAX_PER_ADDRESS);
    await this.attempts.removeOld(now);
    const counted = await this.attempts.count([...limits.keys()], now, new Date(now.getTime() + PERIOD));
    const exceeded = counted.filter(({ subject, attempts }) => attempts > (limits.get(subject) ?? 0));
    if (exceeded.length > 0) {
      const until = Math.max(...exceeded.map(({ resetsAt }) => resetsAt.getTime()));
      throw new TooManyAttemptsError(
        'Too many attempts to log in. Try again later.',
        Math.ceil((until - now.getTime()) / 1000),
      );
    }
  }

  /** Forgets the attempts of an account whose password was right in the end. */
  async succeed(email: string, address: string | null): Promise<void> {
    await this.attempts.forget(accountSubject(email));
    if (address !== null) await this.attempts.takeBack(addressSubject(address));
  }
}

function accountSubject(email: string): string {
  return hashed(`account ${email.toLowerCase()}`);
}

function addressSubject(address: string): string {
  return hashed(`address ${address}`);
}

function hashed(subject: string): string {
  return createHash('sha256').update(subject).digest('base64url');
}
