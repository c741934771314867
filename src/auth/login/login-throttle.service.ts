import { Injectable } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { callerAddress } from '../../platform/network/caller-address.js';
import { AttemptLimitsService } from '../attempts/attempt-limits.service.js';
import type { AttemptSubject } from '../model/attempt-limit.js';

/** Milliseconds. */
const PERIOD = 15 * MINUTE;

/**
 * More attempts than a user who mistypes needs. A thousand guesses a day do not find a password.
 * @public `docs/limits.md` lists it.
 */
export const MAX_ATTEMPTS_PER_ACCOUNT = 10;

/**
 * Many users may share one network address.
 * @public `docs/limits.md` lists it.
 */
export const MAX_ATTEMPTS_PER_ADDRESS = 100;

const REFUSAL = 'Too many attempts to log in. Try again later.';

/** The account whose password a client tries: a user, or a normalised address that no user of the tenant has. */
export type LoginAccount = { readonly userId: number } | { readonly email: string | null };

/**
 * Limits how often clients try passwords. A login counts for the account, and for the network address of the client in all
 * tenants together.
 * The `current_password` of a request with a token counts for the user alone, so that the logins of strangers do not
 * lock the user out.
 */
@Injectable()
export class LoginThrottleService {
  constructor(private readonly limits: AttemptLimitsService) {}

  /**
   * Counts a login before its password is checked, so that concurrent logins cannot exceed the limit. An account that
   * does not exist has the same limit as one that does.
   * @throws {TooManyAttemptsError}
   */
  async beginLogin(account: LoginAccount, clientAddress: string): Promise<void> {
    const limits = [
      { ...loginSubject(account), max: MAX_ATTEMPTS_PER_ACCOUNT },
      { ...addressSubject(clientAddress), max: MAX_ATTEMPTS_PER_ADDRESS },
    ];
    await this.limits.count(limits, PERIOD, REFUSAL);
  }

  /** Resets the count of the account, and subtracts the login from the count of the address. */
  async loginSucceeded(account: LoginAccount, clientAddress: string): Promise<void> {
    await this.limits.reset(loginSubject(account));
    await this.limits.subtract(addressSubject(clientAddress));
  }

  /** Counts a check of `current_password` before it begins. @throws {TooManyAttemptsError} */
  async beginConfirmation(userId: number): Promise<void> {
    const limits = [{ ...confirmationSubject(userId), max: MAX_ATTEMPTS_PER_ACCOUNT }];
    await this.limits.count(limits, PERIOD, REFUSAL);
  }

  /** Resets the counts of a user whose password has changed without the present one. */
  async passwordReset(userId: number): Promise<void> {
    await this.limits.reset(loginSubject({ userId }));
    await this.limits.reset(confirmationSubject(userId));
  }

  async confirmationSucceeded(userId: number): Promise<void> {
    await this.limits.reset(confirmationSubject(userId));
  }
}

function loginSubject(account: LoginAccount): AttemptSubject {
  const subject = 'userId' in account ? `user ${account.userId}` : `account ${account.email}`;
  return { subject: `login of ${subject}` };
}

function confirmationSubject(userId: number): AttemptSubject {
  return { subject: `current password of user ${userId}` };
}

function addressSubject(address: string): AttemptSubject {
  return { subject: `address ${callerAddress(address)}`, inAllTenants: true };
}
