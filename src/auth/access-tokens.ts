import { createSecretKey, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { Clock } from '../common/clock.js';
import { MAX_ID } from '../common/fields/integer-field.js';

/** Seconds. A token cannot be called back, so it soon ends by itself. */
export const ACCESS_TOKEN_LIFETIME = 15 * 60;

export const ISSUER = 'calendar-backend';
export const AUDIENCE = 'calendar-api';
const ALGORITHM = 'HS256';

/** Tells access tokens from other tokens signed by the same key (RFC 9068 §2.1). */
const TYPE = 'at+jwt';

/** The keys of the secrets that are in force: the first signs, each verifies. */
export class SigningKeys {
  readonly all: readonly [KeyObject, ...KeyObject[]];

  constructor(secrets: readonly string[]) {
    const [first, ...others] = secrets.map((secret) => createSecretKey(Buffer.from(secret)));
    this.all = [first, ...others];
  }
}

/** Makes and checks the tokens by which users prove who they are (RFC 7519). */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  async issue(userId: number): Promise<string> {
    const now = Math.floor(this.clock.now().getTime() / 1000);
    return new SignJWT()
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject(String(userId))
      .setIssuedAt(now)
      .setExpirationTime(now + ACCESS_TOKEN_LIFETIME)
      .sign(this.keys.all[0]);
  }

  /** The user of a token that one of our keys signed and that is in force; else null. */
  async userOf(token: string): Promise<number | null> {
    for (const key of this.keys.all) {
      try {
        return subjectOf((await jwtVerify(token, key, this.expectations())).payload);
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

function subjectOf({ sub }: JWTPayload): number | null {
  const id = Number(sub);
  return Number.isInteger(id) && id >= 1 && id <= MAX_ID ? id : null;
}
