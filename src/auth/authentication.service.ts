import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { type Actor, ANONYMOUS } from '../access/actor.js';
import { Configuration } from '../common/configuration.js';
import { UnauthenticatedError } from '../common/unauthenticated-error.js';
import { AccessTokens, ISSUER } from './access-tokens.js';
import { ExternalIdentitiesService } from './external-identities.service.js';
import { OidcTokens } from './oidc-tokens.js';

/** The header's form, RFC 6750 §2.1. */
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;

/** Finds out who calls. */
@Injectable()
export class AuthenticationService {
  constructor(
    private readonly configuration: Configuration,
    private readonly accessTokens: AccessTokens,
    private readonly oidcTokens: OidcTokens,
    private readonly identities: ExternalIdentitiesService,
  ) {}

  /**
   * Who calls, by the Authorization header. A token that is not good is refused, also where none is needed.
   * @throws {UnauthenticatedError}
   */
  async actorOf(authorization: string | undefined): Promise<Actor> {
    if (authorization === undefined) {
      if (this.configuration.authMode === 'optional') return ANONYMOUS;
      throw new UnauthenticatedError('token_required', 'This call needs a token.');
    }
    const token = BEARER.exec(authorization)?.[1];
    const userId = token === undefined ? null : await this.userOf(token);
    if (userId === null) throw new UnauthenticatedError('invalid_token', 'The token is not accepted.');
    return { kind: 'user', userId };
  }

  /** What a token says of its issuer only chooses who checks it. */
  private async userOf(token: string): Promise<number | null> {
    const issuer = claimedIssuer(token);
    if (issuer === ISSUER) return this.accessTokens.userOf(token);
    if (!this.oidcTokens.accepts(issuer)) return null;
    const account = await this.oidcTokens.accountOf(token);
    return account && this.identities.userOf(account);
  }
}

function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
