import { Injectable } from '@nestjs/common';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import type { LoginDto, RefreshDto } from '../rest/auth.dto.js';
import { AccessTokens } from '../secrets/access-tokens.js';
import { type Session, SessionsService } from '../sessions/sessions.service.js';
import { CredentialsService, InvalidCredentials } from './credentials.service.js';

/** What a client holds that is logged in. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

@Injectable()
export class AuthService {
  constructor(
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** @throws {UnauthenticatedError} @throws {TooManyAttemptsError} */
  async logIn({ email, password }: LoginDto, address: string): Promise<Tokens> {
    const session = await this.sessions.begin(await this.credentials.userOf(email, password, address));
    // The password was changed after it was read.
    if (!session) throw new InvalidCredentials();
    return this.tokensOf(session, true);
  }

  /** @throws {UnauthenticatedError} where the token is unknown, used, revoked or expired */
  async refresh({ refresh_token: token }: RefreshDto): Promise<Tokens> {
    const session = await this.sessions.renew(token);
    if (!session) {
      throw new UnauthenticatedError(
        'invalid_refresh_token',
        'The refresh token is not accepted. Log in again.',
      );
    }
    return this.tokensOf(session, false);
  }

  async logOut({ refresh_token: token }: RefreshDto): Promise<void> {
    await this.sessions.end(token);
  }

  private async tokensOf(session: Session, login: boolean): Promise<Tokens> {
    return { accessToken: await this.accessTokens.issue(session, login), refreshToken: session.refreshToken };
  }
}
