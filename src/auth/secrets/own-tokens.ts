import { Injectable } from '@nestjs/common';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { SECOND } from '../../calendar/time/civil-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { SigningKeys } from '../../platform/secrets/signing-keys.js';
import { RecentEntries } from '../../platform/values/recent-entries.js';

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

/**
 * The most verified tokens that an instance keeps: those of the users who are active within some minutes.
 * @public `docs/limits.md` lists it.
 */
export const MAX_VERIFIED_TOKENS = 10_000;

/**
 * Characters. The tokens of the service have some 400. So the kept tokens take 20 MB at the most, a part of it for their
 * claims.
 * @public `docs/limits.md` lists it.
 */
export const MAX_KEPT_TOKEN_LENGTH = 1_000;

/** A token whose signature, type and claims were found valid. */
interface VerifiedToken {
  readonly type: string;
  readonly payload: Readonly<JWTPayload>;
}

/** Signs and verifies the tokens of this installation, which are JSON Web Tokens (RFC 7519). */
@Injectable()
export class OwnTokens {
  /**
   * By the whole text. The keys and the checks never change within a process, so time alone makes such a token invalid.
   * The end of a session is no part of the token: each request reads the user's generation.
   */
  private readonly verified = new RecentEntries<string, VerifiedToken>(MAX_VERIFIED_TOKENS);

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
  async read(type: string, token: string): Promise<Readonly<JWTPayload> | null> {
    const kept = this.verified.get(token);
    if (kept?.type === type && this.isCurrent(kept.payload)) return kept.payload;
    const payload = await this.verify(type, token);
    if (payload !== null && token.length <= MAX_KEPT_TOKEN_LENGTH)
      this.verified.set(token, { type, payload });
    return payload;
  }

  /** The type of a token that was valid before and is kept; null: none. It may have expired since. */
  typeOfKept(token: string): string | null {
    return this.verified.get(token)?.type ?? null;
  }

  nowInSeconds(): number {
    return Math.floor(this.clock.now().getTime() / SECOND);
  }

  /** Whether the times of a token that was valid before let it be valid now, as `jwtVerify` decides it. */
  private isCurrent({ nbf, exp = 0 }: JWTPayload): boolean {
    return nbf === undefined && exp > this.nowInSeconds();
  }

  private async verify(type: string, token: string): Promise<JWTPayload | null> {
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
