import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { SECOND } from '../../calendar/time/civil-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';

export const TOKEN_ISSUER = 'calendar-backend';
/** @public Unit tests use it. */
export const TOKEN_AUDIENCE = 'calendar-api';
const ALGORITHM = 'HS256';

/** A token to sign. */
interface NewToken {
  /** Distinguishes tokens of one sort from the others that the same key signs (RFC 9068 §2.1). */
  readonly type: string;
  readonly userId: number;
  readonly claims: Readonly<Record<string, unknown>>;
  /** Seconds. */
  readonly lifetime: number;
}

/** Signs and verifies the tokens of this installation, which are JSON Web Tokens (RFC 7519). */
@Injectable()
export class OwnTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  async sign({ type, userId, claims, lifetime }: NewToken): Promise<string> {
    const now = this.nowInSeconds();
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: ALGORITHM, typ: type })
      .setIssuer(TOKEN_ISSUER)
      .setAudience(TOKEN_AUDIENCE)
      .setSubject(String(userId))
      .setIssuedAt(now)
      .setExpirationTime(now + lifetime)
      .sign(this.keys.all[0]);
  }

  /** The claims of the token; null if no key of the installation signed it, if it is of another type or has expired. */
  async read(type: string, token: string): Promise<JWTPayload | null> {
    for (const key of this.keys.all) {
      try {
        return (await jwtVerify(token, key, this.expectations(type))).payload;
      } catch (error) {
        if (!(error instanceof errors.JOSEError)) throw error;
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) return null;
      }
    }
    return null;
  }

  nowInSeconds(): number {
    return Math.floor(this.clock.now().getTime() / SECOND);
  }

  private expectations(type: string) {
    return {
      algorithms: [ALGORITHM],
      typ: type,
      issuer: TOKEN_ISSUER,
      audience: TOKEN_AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp'],
      currentDate: this.clock.now(),
    };
  }
}
