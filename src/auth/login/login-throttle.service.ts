import { Injectable } from '@nestjs/common';
import { callerAddress } from '../../platform/network/caller-address.js';
import { AttemptLimitsService } from '../attempts/attempt-limits.service.js';

/** Milliseconds. */
const PERIOD = 15 * 60_000;

/** More than anybody mistypes; a thousand guesses a day are far from any password. */
export const MAX_PER_ACCOUNT = 10;

/** Many people may sit behind one address. */
export const MAX_PER_ADDRESS = 100;

const REFUSAL = 'Too many attempts to log in. Try again later.';

/** Whose password is tried: a user's, or that of an address (in its normalised form) that no user has. */
export type Account = { readonly userId: number } | { readonly email: string | null };

/**
 * Limits how often passwords are tried. Logins count for the account, and for the network address that they come from.
 * A signed-in user's `current_password` counts for the user alone, so that a stranger's logins do not lock the user out.
 */
@Injectable()
export class LoginThrottleService {
  constructor(private readonly limits: AttemptLimitsService) {}

  /**
   * Counts a login before its password is looked at, so that many at once are no way round. Accounts that are
   * not there are limited like those that are.
   * @throws {TooManyAttemptsError}
   */
  async beginLogin(account: Account, address: string): Promise<void> {
    const limits = [
      { subject: loginSubject(account), max: MAX_PER_ACCOUNT },
      { subject: addressSubject(address), max: MAX_PER_ADDRESS },
    ];
    await this.limits.count(limits, PERIOD, REFUSAL);
  }

  /** Forgets the attempts of an account whose password was right in the end. */
  async loginSucceeded(account: Account, address: string): Promise<void> {
    await this.limits.forget(loginSubject(account));
    await this.limits.takeBack(addressSubject(address));
  }

  /** @throws {TooManyAttemptsError} */
  async beginConfirmation(userId: number): Promise<void> {
    const limits = [{ subject: confirmationSubject(userId), max: MAX_PER_ACCOUNT }];
    await this.limits.count(limits, PERIOD, REFUSAL);
  }

  async confirmationSucceeded(userId: number): Promise<void> {
    await this.limits.forget(confirmationSubject(userId));
  }
}

function loginSubject(account: Account): string {
  return 'userId' in account ? `login of user ${account.userId}` : `login of account ${account.email}`;
}

function confirmationSubject(userId: number): string {
  return `current password of user ${userId}`;
}

function addressSubject(address: string): string {
  return `address ${callerAddress(address)}`;
}
