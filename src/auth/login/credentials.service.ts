import { Injectable } from '@nestjs/common';
import { type Authentication, authenticationOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { refuseDelegated } from '../../access/key-access.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
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
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
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
    const hash = await this.passwordHashOf(userId);
    if (hash === null) {
      if (this.isRecentIdentityToken(authentication)) return;
      throw reauthenticationRequired('To set a password, show a fresh token of the identity provider.');
    }
    if (currentPassword === undefined)
      throw invalidInput({ field: CURRENT_PASSWORD, message: 'is required to change the password' });
    await this.confirm(userId, hash, currentPassword);
  }

  /**
   * Allows the current actor to do to a user what a stolen token must not do, such as to change the address or to delete
   * the user. A person must have logged in within the last ten minutes, or must send the password if the request takes
   * it. An API key that acts as itself, and a request without a token, need no proof; an API key that acts as a user can
   * give none. Does not check whether the actor may act for the user.
   * @param action completes "To …, log in again."
   * @param body the body of a request that takes the password in place of a fresh login
   * @throws {DomainError} forbidden `reauthentication_required`, `wrong_password` @throws {TooManyAttemptsError}
   */
  async requireFreshLogin(
    userId: number,
    action: string,
    body?: { readonly currentPassword?: string },
  ): Promise<void> {
    const actor = this.currentActor.get();
    refuseDelegated(actor);
    const authentication = authenticationOf(actor);
    if (authentication === null) return;
    const password = body?.currentPassword;
    const hash = password === undefined ? null : await this.passwordHashOf(userId);
    if (hash !== null && password !== undefined) return this.confirm(userId, hash, password);
    if (isRecentLogin(authentication, this.clock.now())) return;
    const proof = body === undefined ? 'log in again' : `send \`${CURRENT_PASSWORD}\` or log in again`;
    throw reauthenticationRequired(`To ${action}, ${proof}.`);
  }

  /**
   * Checks the password of a user who sends it.
   * @throws {DomainError} forbidden `wrong_password`, also if the user has no password @throws {TooManyAttemptsError}
   */
  async confirmPassword(userId: number, password: string): Promise<void> {
    await this.confirm(userId, await this.passwordHashOf(userId), password);
  }

  private isRecentIdentityToken(authentication: Authentication): boolean {
    return authentication.kind === 'identity-token' && isRecentLogin(authentication, this.clock.now());
  }

  private async passwordHashOf(userId: number): Promise<string | null> {
    return (await this.credentials.ofUser(userId))?.passwordHash ?? null;
  }

  /** Outside of any transaction, so that the attempt counts even if the transaction of the request fails. */
  private async confirm(userId: number, hash: string | null, password: string): Promise<void> {
    await this.unitOfWork.outside(`confirm ${userId} ${hash} ${password}`, async () => {
      await this.throttle.beginConfirmation(userId);
      if (!(await this.passwords.match(hash, password))) throw wrongPassword();
      await this.throttle.confirmationSucceeded(userId);
    });
  }
}

/** The refusal of a login. The text does not reveal whether the address or the password is wrong. */
export class InvalidCredentials extends UnauthenticatedError {
  constructor() {
    super('invalid_credentials', 'The address or the password is wrong.');
  }
}

function wrongPassword(): DomainError {
  const [field, message] = [CURRENT_PASSWORD, 'is not the password'];
  return new DomainError('forbidden', 'wrong_password', `\`${field}\` ${message}.`, [{ field, message }]);
}

function reauthenticationRequired(detail: string): DomainError {
  return new DomainError('forbidden', 'reauthentication_required', detail);
}
