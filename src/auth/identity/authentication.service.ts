import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import { InvalidToken, UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import type { ExternalAccount } from '../model/external-account.js';
import { type AccessToken, AccessTokens, TOKEN_ISSUER } from '../secrets/access-tokens.js';
import { OidcTokens } from '../secrets/oidc-tokens.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import { ExternalIdentitiesService } from './external-identities.service.js';

/** The syntax of the header, RFC 6750 §2.1. */
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;

interface AuthorizationHeaders {
  readonly authorization?: string;
}

/** A token with a valid signature that has not expired. */
type VerifiedToken =
  | { readonly kind: 'access-token'; readonly claims: AccessToken }
  | { readonly kind: 'identity-token'; readonly account: ExternalAccount };

/** Identifies the callers of requests. */
@Injectable()
export class AuthenticationService {
  /** By the headers of a request, which are one object during the request. */
  private readonly tokens = new WeakMap<AuthorizationHeaders, Promise<VerifiedToken | null>>();

  constructor(
    private readonly configuration: Configuration,
    private readonly accessTokens: AccessTokens,
    private readonly oidcTokens: OidcTokens,
    private readonly identities: ExternalIdentitiesService,
    private readonly generations: GenerationsRepository,
  ) {}

  /**
   * The caller, by the Authorization header. An invalid token is refused, even if the request needs no token.
   * @throws {UnauthenticatedError}
   */
  async actorOf(headers: AuthorizationHeaders): Promise<Actor> {
    if (headers.authorization === undefined) {
      if (this.configuration.authMode === 'optional') return ANONYMOUS;
      throw new UnauthenticatedError('token_required', 'The request needs a token.');
    }
    const token = await this.verified(headers);
    const actor = token && (await this.userOf(token));
    if (actor === null) throw new InvalidToken();
    return actor;
  }

  /**
   * A key for the user of the token in the header; null without a token with a valid signature that has not expired.
   * Does not query the database, so `actorOf` may still refuse the token. The tokens of each generation have a key of
   * their own, so that a client with a token of an ended generation uses up no requests of the user.
   */
  async claimedCaller(headers: AuthorizationHeaders): Promise<string | null> {
    // If the provider does not deliver its keys, the caller has no key either.
    const token = await this.verified(headers).catch(() => null);
    if (token === null) return null;
    return token.kind === 'access-token'
      ? `user ${token.claims.userId} ${token.claims.generation}`
      : `account ${token.account.issuer} ${token.account.subject}`;
  }

  /** Verifies the token of a request once. */
  private async verified(headers: AuthorizationHeaders): Promise<VerifiedToken | null> {
    const cached = this.tokens.get(headers);
    if (cached) return cached;
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    const verified = token === undefined ? Promise.resolve(null) : this.verify(token);
    this.tokens.set(headers, verified);
    return verified;
  }

  /** The unverified issuer of the token selects the verifier. */
  private async verify(token: string): Promise<VerifiedToken | null> {
    const issuer = claimedIssuer(token);
    if (issuer === TOKEN_ISSUER) {
      const claims = await this.accessTokens.read(token);
      return claims && { kind: 'access-token', claims };
    }
    if (!this.oidcTokens.accepts(issuer)) return null;
    const account = await this.oidcTokens.accountOf(token);
    return account && { kind: 'identity-token', account };
  }

  private async userOf(token: VerifiedToken): Promise<Actor | null> {
    return token.kind === 'access-token'
      ? this.userOfAccessToken(token.claims)
      : this.userOfAccount(token.account);
  }

  private async userOfAccessToken({
    userId,
    generation,
    authenticatedAt,
  }: AccessToken): Promise<Actor | null> {
    if ((await this.generations.of(userId)) !== generation) return null;
    return {
      kind: 'user',
      userId,
      authentication: { kind: 'access-token', generation, authenticatedAt, verifiedEmail: null },
    };
  }

  private async userOfAccount(account: ExternalAccount): Promise<Actor | null> {
    const user = await this.identities.userOf(account);
    if (user === null) return null;
    const { authenticatedAt, verifiedEmail } = account;
    return {
      kind: 'user',
      userId: user.userId,
      authentication: {
        kind: 'identity-token',
        generation: user.generation,
        authenticatedAt,
        verifiedEmail,
      },
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
