import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { MAX_ID } from '../../http/fields/integer-field.js';
import { Clock } from '../../platform/clock/clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';

/** Seconds. A logout does not end an access token, so it soon ends by itself. */
export const ACCESS_TOKEN_LIFETIME = 15 * 60;

export const ISSUER = 'calendar-backend';
export const AUDIENCE = 'calendar-api';
const ALGORITHM = 'HS256';

/** Tells access tokens from other tokens signed by the same key (RFC 9068 §2.1). */
const TYPE = 'at+jwt';

/** The claim that ends a token with the generation of its user. Tokens of the version before have none: 0. */
const GENERATION = 'gen';

/** Whom a token is issued to. */
export interface TokenOwner {
  readonly userId: number;
  readonly generation: number;
}

/** What an access token says. */
export interface AccessToken extends TokenOwner {
  /** Null for a token of a refresh. */
  readonly authenticatedAt: Date | null;
}

/** Makes and checks the tokens by which users prove who they are (RFC 7519). */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @param login whether the token comes of a login: such a token tells when that was */
  async issue({ userId, generation }: TokenOwner, login: boolean): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT({ [GENERATION]: generation, ...(login && { auth_time: now }) })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(String(userId))
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_LIFETIME)
      .sign(this.keys.all[0]);
  }

  /**
   * What a token says that one of our keys signed and that has not run out; else null. The caller compares the
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
      issuer: ISSUER,
      audience: AUDIENCE,
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
    authenticatedAt: typeof authTime === 'number' ? new Date(authTime * 1000) : null,
  };
}
