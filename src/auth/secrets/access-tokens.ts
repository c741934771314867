import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import type { TokenSubject } from '../model/token-subject.js';

/** Seconds. A logout does not end an access token, so the token expires soon. */
export const ACCESS_TOKEN_LIFETIME = (15 * MINUTE) / SECOND;

export const TOKEN_ISSUER = 'calendar-backend';
/** @public Unit tests use it. */
export const TOKEN_AUDIENCE = 'calendar-api';
const ALGORITHM = 'HS256';

/** Distinguishes access tokens from other tokens that the same key signed (RFC 9068 §2.1). */
const TYPE = 'at+jwt';

/** The claim with the generation of the user. A token of the previous version has none, which stands for 0. */
const GENERATION = 'gen';

/** The claims of an access token. */
export interface AccessToken extends TokenSubject {
  /** When the user logged in; null for a token that a refresh issued. */
  readonly authenticatedAt: Date | null;
}

/** Issues and verifies access tokens, which are JSON Web Tokens (RFC 7519). */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @param isLogin whether to issue it for a login, with the present time as `auth_time`, or for a refresh, without */
  async issue({ userId, generation }: TokenSubject, isLogin: boolean): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / SECOND);
    return new SignJWT({ [GENERATION]: generation, ...(isLogin && { auth_time: now }) })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setSubject(String(userId))
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_LIFETIME)
      .sign(this.keys.all[0]);
  }

  /**
   * The claims of the token; null if no key of the installation signed it or if it has expired. The caller compares the
   * generation with the user's.
   */
  async read(token: string): Promise<AccessToken | null> {
    for (const key of this.keys.all) {
      try {
        return accessToken((await jwtVerify(token, key, this.expectations())).payload);
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) return null;
      }
    }
    return null;
  }

  private expectations() {
    return {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp'],
      currentDate: this.clock.now(),
    };
  }
}

function accessToken({
  sub,
  auth_time: authTime,
  [GENERATION]: generation = 0,
}: JWTPayload): AccessToken | null {
  const userId = Number(sub);
  if (!Number.isInteger(userId) || userId < 1 || userId > MAX_ID || !Number.isInteger(generation))
    return null;
  return {
    userId,
    generation: generation as number,
    authenticatedAt: typeof authTime === 'number' ? new Date(authTime * SECOND) : null,
  };
}
