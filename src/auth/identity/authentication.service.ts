import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import { InvalidToken, UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { type AccessToken, AccessTokens, ISSUER } from '../secrets/access-tokens.js';
import { type ExternalAccount, OidcTokens } from '../secrets/oidc-tokens.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import { ExternalIdentitiesService } from './external-identities.service.js';

/** The header's form, RFC 6750 §2.1. */
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;

interface AuthorizationHeaders {
  readonly authorization?: string;
}

/** A token that is signed and has not run out. */
type VerifiedToken =
  | { readonly kind: 'access-token'; readonly read: AccessToken }
  | { readonly kind: 'identity-token'; readonly account: ExternalAccount };

/** Finds out who calls. */
@Injectable()
export class AuthenticationService {
  /** By the headers of a request, which are one object for as long as it lasts. */
  private readonly tokens = new WeakMap<AuthorizationHeaders, Promise<VerifiedToken | null>>();

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
  async actorOf(headers: AuthorizationHeaders): Promise<Actor> {
    if (headers.authorization === undefined) {
      if (this.configuration.authMode === 'optional') return ANONYMOUS;
      throw new UnauthenticatedError('token_required', 'This call needs a token.');
    }
    const token = await this.verified(headers);
    const actor = token && (await this.userOf(token));
    if (actor === null) throw new InvalidToken();
    return actor;
  }

  /**
   * A name for whom the token in the header was issued to; null without a token that is signed and has not run out. It
   * asks no database: whether the service accepts the token is for `actorOf` to tell. The tokens of an ended generation
   * have a name of their own, so that a client with such a token uses up no requests of the user.
   */
  async claimedCaller(headers: AuthorizationHeaders): Promise<string | null> {
    // The keys of a provider that does not answer are no fault of the caller.
    const token = await this.verified(headers).catch(() => null);
    if (token === null) return null;
    return token.kind === 'access-token'
      ? `user ${token.read.userId} ${token.read.generation}`
      : `account ${token.account.issuer} ${token.account.subject}`;
  }

  /** Checks the token of a request once, however many ask. */
  private async verified(headers: AuthorizationHeaders): Promise<VerifiedToken | null> {
    const known = this.tokens.get(headers);
    if (known) return known;
    const token = BEARER.exec(headers.authorization ?? '')?.[1];
    const verified = token === undefined ? Promise.resolve(null) : this.verify(token);
    this.tokens.set(headers, verified);
    return verified;
  }

  /** What a token says of its issuer only chooses who checks it. */
  private async verify(token: string): Promise<VerifiedToken | null> {
    const issuer = claimedIssuer(token);
    if (issuer === ISSUER) {
      const read = await this.accessTokens.read(token);
      return read && { kind: 'access-token', read };
    }
    if (!this.oidcTokens.accepts(issuer)) return null;
    const account = await this.oidcTokens.accountOf(token);
    return account && { kind: 'identity-token', account };
  }

  private async userOf(token: VerifiedToken): Promise<Actor | null> {
    return token.kind === 'access-token'
      ? this.userOfAccessToken(token.read)
      : this.userOfAccount(token.account);
  }

  private async userOfAccessToken(read: AccessToken): Promise<Actor | null> {
    const { userId, generation, authenticatedAt } = read;
    if ((await this.generations.of(userId)) !== generation) return null;
    return {
      kind: 'user',
      userId,
      authentication: { kind: 'access-token', generation, authenticatedAt, verifiedEmail: null },
    };
  }

  private async userOfAccount(account: ExternalAccount): Promise<Actor | null> {
    const owner = await this.identities.userOf(account);
    if (owner === null) return null;
    const { authenticatedAt, verifiedEmail } = account;
    return {
      kind: 'user',
      userId: owner.userId,
      authentication: {
        kind: 'identity-token',
        generation: owner.generation,
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
