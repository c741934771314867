import { Injectable } from '@nestjs/common';
import type { Authentication } from '../../access/actor.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { isRecentLogin } from '../model/recent-authentication.js';
import type { TokenSubject } from '../model/token-subject.js';
import { Passwords } from '../secrets/passwords.js';
import { CredentialsRepository } from '../store/credentials.repository.js';
import { LoginThrottleService } from './login-throttle.service.js';

const CURRENT_PASSWORD = 'currentPassword';

export interface LoginCredentials {
  readonly tenantId: number;
  readonly email: string;
  readonly password: string;
}

/** Checks passwords, and whether a caller may change the credentials of a user. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly passwords: Passwords,
    private readonly throttle: LoginThrottleService,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
  ) {}

  /**
   * The user with this address and password in the current tenant. The refusal of an unknown address, of a user without
   * a password and of a wrong password has the same text, and takes the same time.
   * @param clientAddress the network address that the request comes from
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async authenticate(
    { email, password }: Pick<LoginCredentials, 'email' | 'password'>,
    clientAddress: string,
  ): Promise<TokenSubject> {
    const credential = await this.credentials.ofEmail(email);
    const account = credential ?? { email: normalisedEmail(email) };
    await this.throttle.beginLogin(account, clientAddress);
    if (!(await this.passwords.match(credential?.passwordHash ?? null, password)) || !credential)
      throw new InvalidCredentials();
    await this.throttle.loginSucceeded(account, clientAddress);
    return { tenantId: this.tenant.id, userId: credential.userId, generation: credential.generation };
  }

  /**
   * Allows a caller to set the user's password. If the user has a password, the caller must send it. If the user has
   * none, the caller must send a recent identity token: an access token may be older than the loss of the password.
   * @param authentication null: an API key, or a request without a token for a user who cannot log in
   * @throws {DomainError} invalid, forbidden @throws {TooManyAttemptsError}
   */
  async authorizePasswordChange(
    userId: number,
    authentication: Authentication | null,
    currentPassword: string | undefined,
  ): Promise<void> {
    if (authentication === null) return;
    const hash = (await this.credentials.ofUser(userId))?.passwordHash ?? null;
    if (hash === null) {
      if (this.isRecentIdentityToken(authentication)) return;
      throw reauthenticationRequired('To set a password, show a fresh token of the identity provider.');
    }
    if (currentPassword === undefined)
      throw invalidInput({ field: CURRENT_PASSWORD, message: 'is required to change the password' });
    await this.confirm(userId, hash, currentPassword);
  }

  /**
   * Allows a caller to change the user's address. The caller must send the password, or must have logged in recently.
   * @param authentication null: as above
   * @throws {DomainError} forbidden @throws {TooManyAttemptsError}
   */
  async authorizeAddressChange(
    userId: number,
    authentication: Authentication | null,
    currentPassword: string | undefined,
  ): Promise<void> {
    if (authentication === null) return;
    const hash = (await this.credentials.ofUser(userId))?.passwordHash ?? null;
    if (hash !== null && currentPassword !== undefined) await this.confirm(userId, hash, currentPassword);
    else if (!isRecentLogin(authentication, this.clock.now()))
      throw reauthenticationRequired(`To change the address, send \`${CURRENT_PASSWORD}\` or log in again.`);
  }

  private isRecentIdentityToken(authentication: Authentication): boolean {
    return authentication.kind === 'identity-token' && isRecentLogin(authentication, this.clock.now());
  }

  private async confirm(userId: number, hash: string, password: string): Promise<void> {
    await this.throttle.beginConfirmation(userId);
    if (!(await this.passwords.match(hash, password))) {
      const [field, message] = [CURRENT_PASSWORD, 'is not the password'];
      throw new DomainError('forbidden', 'wrong_password', `\`${field}\` ${message}.`, [{ field, message }]);
    }
    await this.throttle.confirmationSucceeded(userId);
  }
}

/** The refusal of a login. The text does not reveal whether the address or the password is wrong. */
export class InvalidCredentials extends UnauthenticatedError {
  constructor() {
    super('invalid_credentials', 'The address or the password is wrong.');
  }
}

function reauthenticationRequired(detail: string): DomainError {
  return new DomainError('forbidden', 'reauthentication_required', detail);
}
