import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { AccessTokens } from '../secrets/access-tokens.js';
import { type LoginSession, SessionsService } from '../sessions/sessions.service.js';
import { CredentialsService, InvalidCredentials, type LoginCredentials } from './credentials.service.js';

/** The tokens of a client that is logged in. */
export interface LoginTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

@Injectable()
export class LoginService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Logs a user of the named tenant in. A tenant that does not exist has no users: the response, and its time, are those
   * of an unknown address.
   * @param clientAddress the network address that the request comes from
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async logIn(credentials: LoginCredentials, clientAddress: string): Promise<LoginTokens> {
    const session = await this.tenant.run(credentials.tenantId, async () =>
      this.sessions.begin(await this.credentials.authenticate(credentials, clientAddress)),
    );
    // The password was changed after the service had read it.
    if (!session) throw new InvalidCredentials();
    return this.tokensOf(session, true);
  }

  /** @throws {UnauthenticatedError} if the token is unknown, used, revoked or expired */
  async refresh(refreshToken: string): Promise<LoginTokens> {
    const session = await this.sessions.renew(refreshToken);
    if (!session) {
      throw new UnauthenticatedError(
        'invalid_refresh_token',
        'The refresh token is not accepted. Log in again.',
      );
    }
    return this.tokensOf(session, false);
  }

  /** Ends the session of the token, if there is one. */
  async logOut(refreshToken: string): Promise<void> {
    await this.sessions.end(refreshToken);
  }

  private async tokensOf(session: LoginSession, isLogin: boolean): Promise<LoginTokens> {
    return {
      accessToken: await this.accessTokens.issue(session, isLogin),
      refreshToken: session.refreshToken,
    };
  }
}
