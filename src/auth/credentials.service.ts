import { Injectable } from '@nestjs/common';
import { DomainError, invalidInput } from '../common/domain-error.js';
import { UnauthenticatedError } from '../common/unauthenticated-error.js';
import { CredentialsRepository } from './credentials.repository.js';
import { LoginThrottleService } from './login-throttle.service.js';
import { Passwords } from './passwords.js';

/** Checks that people know their password. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly credentials: CredentialsRepository,
    private readonly passwords: Passwords,
    private readonly throttle: LoginThrottleService,
  ) {}

  /**
   * The user whose address and password these are. An unknown address, a user without a password and a wrong one
   * are refused alike, in words and in time.
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async userOf(email: string, password: string, address: string): Promise<number> {
    await this.throttle.begin(email, address);
    const credential = await this.credentials.ofEmail(email);
    if (!(await this.passwords.match(credential?.passwordHash ?? null, password)) || !credential) {
      throw new UnauthenticatedError('invalid_credentials', 'The address or the password is wrong.');
    }
    await this.throttle.succeed(email, address);
    return credential.userId;
  }

  /**
   * The hash of a user's next password. Who has one must know it, since a token left lying about must not be
   * enough to take an account over.
   * @throws {DomainError} invalid, forbidden @throws {TooManyAttemptsError}
   */
  async hashOfNext(
    user: { readonly id: number; readonly email: string },
    password: string,
    currentPassword: string | undefined,
  ): Promise<string> {
    const current = (await this.credentials.ofUser(user.id))?.passwordHash ?? null;
    if (current !== null) await this.confirm(user.email, current, currentPassword);
    return this.passwords.hash(password);
  }

  private async confirm(email: string, current: string, said: string | undefined): Promise<void> {
    const field = 'current_password';
    if (said === undefined) throw invalidInput({ field, message: 'is required to change the password' });
    await this.throttle.begin(email, null);
    if (!(await this.passwords.match(current, said))) {
      const message = 'is not the password';
      throw new DomainError('forbidden', 'wrong_password', `${field} ${message}.`, [{ field, message }]);
    }
    await this.throttle.succeed(email, null);
  }
}
