import { Injectable } from '@nestjs/common';
import type { Authentication } from '../../access/actor.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import type { TokenOwner } from '../secrets/access-tokens.js';
import { Passwords } from '../secrets/passwords.js';
import { CredentialsRepository } from '../store/credentials.repository.js';
import { LoginThrottleService } from './login-throttle.service.js';
import { isRecent } from './recent-authentication.js';

const CURRENT_PASSWORD = 'current_password';

/** Checks that people know their password, or have logged in just now. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly passwords: Passwords,
    private readonly throttle: LoginThrottleService,
    private readonly clock: Clock,
  ) {}

  /**
   * The user whose address and password these are. An unknown address, a user without a password and a wrong one
   * are refused alike, in words and in time.
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async userOf(email: string, password: string, address: string): Promise<TokenOwner> {
    const credential = await this.credentials.ofEmail(email);
    const account = credential ?? { email: normalisedEmail(email) };
    await this.throttle.beginLogin(account, address);
    if (!(await this.passwords.match(credential?.passwordHash ?? null, password)) || !credential) {
      throw new InvalidCredentials();
    }
    await this.throttle.loginSucceeded(account, address);
    return { userId: credential.userId, generation: credential.generation };
  }

  /**
   * Lets a caller set the user's password. If the user has a password, the caller must know it. If the user has none,
   * the caller must show a fresh identity token: an access token may be older than the loss of the password.
   * @param authentication null: a call without a token, for a user who cannot log in
   * @throws {DomainError} invalid, forbidden @throws {TooManyAttemptsError}
   */
  async authorizePasswordChange(
    userId: number,
    authentication: Authentication | null,
    currentPassword: string | undefined,
  ): Promise<void> {
    const current = (await this.credentials.ofUser(userId))?.passwordHash ?? null;
    if (current === null) {
      if (
        authentication !== null &&
        (authentication.kind !== 'identity-token' || !isRecent(authentication, this.clock.now()))
      ) {
        throw reauthenticationRequired('To set a password, show a fresh token of the identity provider.');
      }
      return;
    }
    if (currentPassword === undefined) {
      throw invalidInput({ field: CURRENT_PASSWORD, message: 'is required to change the password' });
    }
    await this.confirm(userId, current, currentPassword);
  }

  /**
   * Lets a caller change how the user is reached: the caller knows the password, or has logged in just now.
   * @param authentication null: a call without a token, for a user who cannot log in
   * @throws {DomainError} forbidden @throws {TooManyAttemptsError}
   */
  async authorizeAddressChange(
    userId: number,
    authentication: Authentication | null,
    currentPassword: string | undefined,
  ): Promise<void> {
    if (authentication === null) return;
    const current = (await this.credentials.ofUser(userId))?.passwordHash ?? null;
    if (current !== null && currentPassword !== undefined) {
      await this.confirm(userId, current, currentPassword);
    } else if (!isRecent(authentication, this.clock.now())) {
      throw reauthenticationRequired(`To change the address, send ${CURRENT_PASSWORD} or log in again.`);
    }
  }

  private async confirm(userId: number, current: string, said: string): Promise<void> {
    await this.throttle.beginConfirmation(userId);
    if (!(await this.passwords.match(current, said))) {
      const [field, message] = [CURRENT_PASSWORD, 'is not the password'];
      throw new DomainError('forbidden', 'wrong_password', `${field} ${message}.`, [{ field, message }]);
    }
    await this.throttle.confirmationSucceeded(userId);
  }
}

/** The refusal of a login, whatever is wrong with it. */
export class InvalidCredentials extends UnauthenticatedError {
  constructor() {
    super('invalid_credentials', 'The address or the password is wrong.');
  }
}

function reauthenticationRequired(detail: string): DomainError {
  return new DomainError('forbidden', 'reauthentication_required', detail);
}
