import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { type Actor, ANONYMOUS } from '../access/actor.js';
import { Configuration } from '../common/configuration.js';
import { InvalidToken, UnauthenticatedError } from '../common/unauthenticated-error.js';
import { AccessTokens, ISSUER } from './access-tokens.js';
import { ExternalIdentitiesService } from './external-identities.service.js';
import { GenerationsRepository } from './generations.repository.js';
import { type ExternalAccount, OidcTokens } from './oidc-tokens.js';

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
    private readonly generations: GenerationsRepository,
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
    const actor = token === undefined ? null : await this.userOf(token);
    if (actor === null) throw new InvalidToken();
    return actor;
  }

  /** What a token says of its issuer only chooses who checks it. */
  private async userOf(token: string): Promise<Actor | null> {
    const issuer = claimedIssuer(token);
    if (issuer === ISSUER) return this.userOfAccessToken(token);
    if (!this.oidcTokens.accepts(issuer)) return null;
    const account = await this.oidcTokens.accountOf(token);
    return account && this.userOfAccount(account);
  }

  private async userOfAccessToken(token: string): Promise<Actor | null> {
    const read = await this.accessTokens.read(token);
    if (read === null) return null;
    const { userId, generation, authenticatedAt } = read;
    if ((await this.generations.of(userId)) !== generation) return null;
    return {
      kind: 'user',
      userId,
      proof: { kind: 'access-token', generation, authenticatedAt, verifiedEmail: null },
    };
  }

  private async userOfAccount(account: ExternalAccount): Promise<Actor | null> {
    const owner = await this.identities.userOf(account);
    if (owner === null) return null;
    const { authenticatedAt, verifiedEmail } = account;
    return {
      kind: 'user',
      userId: owner.userId,
      proof: { kind: 'identity-token', generation: owner.generation, authenticatedAt, verifiedEmail },
    };
  }
}

function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
