import { Injectable } from '@nestjs/common';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ACT_AS_USER } from '../../access/access.decorator.js';
import { type Actor, ANONYMOUS, type CallerKey } from '../../access/actor.js';
import { requireScopes } from '../../access/key-access.js';
import { isApiKeyText } from '../../api-keys/model/api-key-text.js';
import { ApiKeyCallersService } from '../../api-keys/read/api-key-callers.service.js';
import { CurrentTenant, DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { invalidInput, notFound } from '../../errors/domain-error.js';
import { InvalidToken, UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import type { ExternalAccount } from '../model/external-account.js';
import type { TokenSubject } from '../model/token-subject.js';
import { type AccessToken, AccessTokens } from '../secrets/access-tokens.js';
import { EXCHANGED_TOKEN_TYPE, type ExchangedToken, ExchangedTokens } from '../secrets/exchanged-tokens.js';
import { OidcTokens } from '../secrets/oidc-tokens.js';
import { OwnTokens, TOKEN_ISSUER } from '../secrets/own-tokens.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import { actAsUserOf, type CallerHeaders } from './act-as-user.js';
import { ActedAsUsers } from './acted-as-users.js';
import { type ClaimedCaller, claimedAccount, claimedUser, UNKNOWN_CALLER } from './claimed-caller.js';
import { ExternalIdentitiesService } from './external-identities.service.js';

/** The syntax of the header, RFC 6750 §2.1. */
const BEARER = /^bearer +([\w\-.~+/]+=*)$/i;

/** A token with a valid signature that has not expired. */
type VerifiedToken =
  | { readonly kind: 'access-token'; readonly claims: AccessToken }
  | { readonly kind: 'exchanged-token'; readonly claims: ExchangedToken }
  | { readonly kind: 'identity-token'; readonly account: ExternalAccount };

/** Identifies the callers of requests. */
@Injectable()
export class AuthenticationService {
  /** By the headers of a request, which are one object during the request. */
  private readonly tokens = new WeakMap<CallerHeaders, Promise<VerifiedToken | null>>();
  private readonly actedAs = new ActedAsUsers();

  constructor(
    private readonly configuration: Configuration,
    private readonly accessTokens: AccessTokens,
    private readonly exchangedTokens: ExchangedTokens,
    private readonly ownTokens: OwnTokens,
    private readonly oidcTokens: OidcTokens,
    private readonly identities: ExternalIdentitiesService,
    private readonly generations: GenerationsRepository,
    private readonly apiKeys: ApiKeyCallersService,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * The caller, by the headers Authorization and Act-As-User. An invalid token is refused, even if the request needs
   * no token.
   * @throws {UnauthenticatedError} @throws {DomainError} for a wrong use of Act-As-User: invalid, scope_missing, not-found
   */
  async actorOf(headers: CallerHeaders): Promise<Actor> {
    if (headers.authorization === undefined) {
      if (this.configuration.authMode === 'optional' && actAsUserOf(headers) === null) return ANONYMOUS;
      throw new UnauthenticatedError('token_required', 'The request needs a token.');
    }
    const text = tokenOf(headers);
    if (text !== null && isApiKeyText(text)) return this.actorOfKey(text, headers);
    const token = await this.verified(headers);
    const actor = token && (await this.userOf(token));
    if (actor === null) throw new InvalidToken();
    if (actAsUserOf(headers) !== null)
      throw invalidInput({ field: ACT_AS_USER, message: 'needs an API key' });
    return actor;
  }

  /** Whether the request has an API key, a token that a key exchanged, or the header of a key, valid or not. */
  namesKey(headers: CallerHeaders): boolean {
    if (headers['act-as-user'] !== undefined) return true;
    const text = tokenOf(headers);
    return text !== null && (isApiKeyText(text) || this.typeOf(text) === EXCHANGED_TOKEN_TYPE);
  }

  /** Whether the request has an API key that was valid at its last request here. Does not query the database. */
  hasKnownKey(headers: CallerHeaders): boolean {
    const text = tokenOf(headers);
    return text !== null && isApiKeyText(text) && this.apiKeys.knownKey(text) !== null;
  }

  private async actorOfKey(text: string, headers: CallerHeaders): Promise<Actor> {
    const key = await this.apiKeys.withText(text);
    if (key === null) throw new InvalidToken();
    const userId = actAsUserOf(headers);
    if (userId === null) return { kind: 'key', key };
    requireScopes(key, ['act_as']);
    const { tenantId } = key;
    const generation = await this.generationOf({ tenantId, userId });
    this.actedAs.learn({ tenantId, userId }, generation);
    if (generation === null) throw notFound('user', userId);
    return delegated({ tenantId, userId, generation }, key, 'delegated');
  }

  /**
   * The caller of the request as far as this instance knows it without a query. `actorOf` may still refuse the caller.
   * A promise only for a token.
   */
  claimedCaller(headers: CallerHeaders): ClaimedCaller | Promise<ClaimedCaller> {
    const text = tokenOf(headers);
    if (text === null) return UNKNOWN_CALLER;
    if (!isApiKeyText(text)) return this.claimedCallerOfToken(headers);
    const key = this.apiKeys.knownKey(text);
    return key === null ? UNKNOWN_CALLER : { keyId: key.id, user: this.actedAs.claimed(key, headers) };
  }

  private async claimedCallerOfToken(headers: CallerHeaders): Promise<ClaimedCaller> {
    // If the provider does not deliver its keys, the caller is unknown too.
    const token = await this.verified(headers).catch(() => null);
    if (token === null) return UNKNOWN_CALLER;
    if (token.kind === 'identity-token') return { keyId: null, user: claimedAccount(token.account) };
    return {
      keyId: token.kind === 'exchanged-token' ? token.claims.keyId : null,
      user: claimedUser(token.claims),
    };
  }

  /** Verifies the token of a request once. */
  private async verified(headers: CallerHeaders): Promise<VerifiedToken | null> {
    const cached = this.tokens.get(headers);
    if (cached) return cached;
    const token = tokenOf(headers);
    const verified = token === null ? Promise.resolve(null) : this.verify(token);
    this.tokens.set(headers, verified);
    return verified;
  }

  /** The unverified issuer of the token selects the verifier. A token that is kept is one of this service. */
  private async verify(token: string): Promise<VerifiedToken | null> {
    const issuer = this.ownTokens.typeOfKept(token) === null ? claimedIssuer(token) : TOKEN_ISSUER;
    if (issuer === TOKEN_ISSUER) {
      if (this.typeOf(token) === EXCHANGED_TOKEN_TYPE) {
        const claims = await this.exchangedTokens.read(token);
        return claims && { kind: 'exchanged-token', claims };
      }
      const claims = await this.accessTokens.read(token);
      return claims && { kind: 'access-token', claims };
    }
    if (!this.oidcTokens.accepts(issuer)) return null;
    const account = await this.oidcTokens.accountOf(token);
    return account && { kind: 'identity-token', account };
  }

  /** The type that the token claims. */
  private typeOf(token: string): string | undefined {
    return this.ownTokens.typeOfKept(token) ?? claimedType(token);
  }

  private async userOf(token: VerifiedToken): Promise<Actor | null> {
    if (token.kind === 'access-token') return this.userOfAccessToken(token.claims);
    if (token.kind === 'exchanged-token') return this.userOfExchangedToken(token.claims);
    return this.userOfAccount(token.account);
  }

  /** An exchanged token ends with its key and with the user's generation. */
  private async userOfExchangedToken(token: ExchangedToken): Promise<Actor | null> {
    const key = await this.apiKeys.withId(token.tenantId, token.keyId);
    if (key === null || (await this.generationOf(token)) !== token.generation) return null;
    const scopes = new Set(token.scopes.filter((scope) => key.scopes.has(scope)));
    return delegated(token, { ...key, scopes }, 'exchanged-token');
  }

  private async userOfAccessToken({
    tenantId,
    userId,
    generation,
    authenticatedAt,
  }: AccessToken): Promise<Actor | null> {
    if ((await this.generationOf({ tenantId, userId })) !== generation) return null;
    return {
      kind: 'user',
      tenantId,
      userId,
      authentication: { kind: 'access-token', generation, authenticatedAt, verifiedEmail: null },
    };
  }

  private async generationOf({
    tenantId,
    userId,
  }: Pick<TokenSubject, 'tenantId' | 'userId'>): Promise<number | null> {
    return this.tenant.run(tenantId, async () => this.generations.of(userId));
  }

  private async userOfAccount(account: ExternalAccount): Promise<Actor | null> {
    // OpenID identities belong to the default tenant.
    const user = await this.tenant.run(DEFAULT_TENANT_ID, async () => this.identities.userOf(account));
    if (user === null) return null;
    const { authenticatedAt, verifiedEmail } = account;
    return {
      kind: 'user',
      tenantId: user.tenantId,
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

function delegated(
  { tenantId, userId, generation }: TokenSubject,
  key: CallerKey,
  kind: 'delegated' | 'exchanged-token',
): Actor {
  const authentication = { kind, generation, authenticatedAt: null, verifiedEmail: null };
  return { kind: 'user', tenantId, userId, key, authentication };
}

function tokenOf({ authorization }: CallerHeaders): string | null {
  return BEARER.exec(authorization ?? '')?.[1] ?? null;
}

function claimedType(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).typ;
  } catch {
    return undefined;
  }
}

function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
