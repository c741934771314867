import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { RefreshTokensRepository } from './refresh-tokens.repository.js';

/** Milliseconds: whoever stays away for a month logs in again. */
const LIFETIME = 30 * 86_400_000;

const TOKEN_BYTES = 32;

/** Who is logged in, and the token to stay so. */
export interface Session {
  readonly userId: number;
  readonly refreshToken: string;
}

/**
 * Keeps users logged in by refresh tokens. Each is good for one exchange; an old one that comes again was stolen,
 * from the user or by the user's side, and ends its whole family (RFC 9700 §4.14.2).
 */
@Injectable()
export class SessionsService {
  constructor(
    private readonly tokens: RefreshTokensRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async begin(userId: number): Promise<Session> {
    await this.tokens.removeExpired(userId, this.clock.now());
    return this.add(userId, randomUUID());
  }

  /** The session gone on with a new token; null where the token is not, or no longer, good. */
  async renew(refreshToken: string): Promise<Session | null> {
    const hash = hashOf(refreshToken);
    return this.unitOfWork.run(async () => {
      const token = await this.tokens.locked(hash);
      const now = this.clock.now();
      if (!token || token.revokedAt || token.expiresAt <= now) return null;
      if (token.usedAt) {
        await this.tokens.revokeFamily(token.family, now);
        return null;
      }
      await this.tokens.markUsed(hash, now);
      return this.add(token.userId, token.family);
    });
  }

  /** Ends the session of the token; one that is not good ends nothing. */
  async end(refreshToken: string): Promise<void> {
    await this.unitOfWork.run(async () => {
      const token = await this.tokens.locked(hashOf(refreshToken));
      if (token) await this.tokens.revokeFamily(token.family, this.clock.now());
    });
  }

  /** Ends every session of the user. */
  async endAll(userId: number): Promise<void> {
    await this.tokens.revokeAllOf(userId, this.clock.now());
  }

  private async add(userId: number, family: string): Promise<Session> {
    const refreshToken = randomBytes(TOKEN_BYTES).toString('base64url');
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + LIFETIME);
    await this.tokens.add({ hash: hashOf(refreshToken), family, userId, generation: 0, issuedAt, expiresAt });
    return { userId, refreshToken };
  }
}

/** A random token of 256 bits needs no slow hash. */
function hashOf(refreshToken: string): string {
  return createHash('sha256').update(refreshToken).digest('base64url');
}
