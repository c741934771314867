import { Injectable } from '@nestjs/common';
import {
  createRemoteJWKSet,
  customFetch,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { SECOND } from '../../calendar/time/civil-time.js';
import { DependencyUnavailable } from '../../errors/service-unavailable.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { type OidcProvider } from '../../platform/configuration/sections/access-configuration.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { tracedFetch } from '../../platform/tracing/trace-call.js';
import type { ExternalAccount } from '../model/external-account.js';
import { PROVIDER_CLOCK_TOLERANCE } from '../model/recent-authentication.js';

/**
 * The types of tokens that authenticate a user: an ID token, and an access token (RFC 9068). Providers sign tokens of
 * other types with the same keys, such as logout tokens (`logout+jwt`) and security events (`secevent+jwt`).
 */
const TOKEN_TYPES = new Set([undefined, 'jwt', 'at+jwt']);

/** Asymmetric algorithms: only the provider has the private key. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

const DISCOVERY_TIMEOUT_MS = 5_000;

/** The provider does not deliver its keys at the moment, so the token is neither valid nor invalid. */
class ProviderUnavailable extends Error {}

/** Verifies tokens of the configured OpenID Connect provider with the keys that it publishes. */
@Injectable()
export class OidcTokens {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  accepts(issuer: string | undefined): boolean {
    return issuer !== undefined && issuer === this.configuration.oidc?.issuer;
  }

  /**
   * The account of the token; null if the provider did not sign it for the configured audience, or if it has expired.
   * @throws {DependencyUnavailable} if the provider does not deliver its keys
   */
  async accountOf(token: string): Promise<ExternalAccount | null> {
    const { oidc } = this.configuration;
    if (oidc === null) return null;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, this.keysOf(oidc), {
        algorithms: ALGORITHMS,
        issuer: oidc.issuer,
        audience: oidc.audience,
        requiredClaims: ['sub', 'iat', 'exp'],
        clockTolerance: PROVIDER_CLOCK_TOLERANCE / SECOND,
        currentDate: this.clock.now(),
      });
      return isUserToken(protectedHeader.typ, payload) ? accountOf(oidc.issuer, payload) : null;
    } catch (error) {
      if (error instanceof errors.JOSEError) return null;
      if (!(error instanceof ProviderUnavailable)) throw error;
      throw new DependencyUnavailable('The OpenID Connect provider does not answer.', { cause: error });
    }
  }

  private keysOf(oidc: OidcProvider): JWTVerifyGetKey {
    return async (header, token) => {
      try {
        this.keys ??= discoverKeys(oidc.issuer);
        const keys = await this.keys;
        return await keys(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys)
          throw error;
        this.keys = null;
        throw new ProviderUnavailable('No keys', { cause: error });
      }
    };
  }
}

/** Finds the provider's published keys (OpenID Connect Discovery 1.0 §4). */
async function discoverKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const response = await tracedFetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
    signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS),
  });
  const metadata = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (metadata.issuer !== issuer || typeof metadata.jwks_uri !== 'string')
    throw new Error(`${issuer} publishes no configuration of its own.`);
  return createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: tracedFetch });
}

/** A logout token without a type still has `events` (OpenID Connect Back-Channel Logout 1.0 §2.4, RFC 8417). */
function isUserToken(type: string | undefined, { events }: JWTPayload): boolean {
  return TOKEN_TYPES.has(type?.toLowerCase().replace(/^application\//, '')) && events === undefined;
}

function accountOf(issuer: string, payload: JWTPayload): ExternalAccount | null {
  const { sub, email, email_verified: verified, name, iat = 0, auth_time: authTime } = payload;
  if (!sub) return null;
  return {
    issuer,
    subject: sub,
    verifiedEmail: typeof email === 'string' && verified === true ? normalisedEmail(email) : null,
    name: typeof name === 'string' ? name : null,
    authenticatedAt: new Date(Math.min(iat, typeof authTime === 'number' ? authTime : iat) * SECOND),
  };
}
