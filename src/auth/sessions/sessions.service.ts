import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import type { TokenOwner } from '../secrets/access-tokens.js';
import { hashOfToken, randomToken } from '../secrets/random-token.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import type { RefreshToken } from '../store/refresh-token.entity.js';
import { RefreshTokensRepository } from '../store/refresh-tokens.repository.js';

/** Milliseconds: whoever stays away for a month logs in again. */
const LIFETIME = 30 * 86_400_000;

/** Who is logged in, and the token to stay so. */
export interface Session extends TokenOwner {
  readonly refreshToken: string;
}

/**
 * Keeps users logged in by refresh tokens. Each is good for one exchange; an old one that comes again was stolen,
 * from the user or by the user's side, and ends its whole family (RFC 9700 §4.14.2).
 *
 * Each change of a session locks the row of its user first, and then the family. So no session begins or goes on
 * beside the change that ends it. The tokens of an ended session are removed at once.
 */
@Injectable()
export class SessionsService {
  constructor(
    private readonly tokens: RefreshTokensRepository,
    private readonly generations: GenerationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Null if the generation has ended since the user proved to be the user. */
  async begin({ userId, generation }: TokenOwner): Promise<Session | null> {
    return this.unitOfWork.run(async () => {
      if ((await this.generations.locked(userId)) !== generation) return null;
      return this.add({ userId, generation }, randomUUID());
    });
  }

  /** The session gone on with a new token; null where the token is not, or no longer, good. */
  async renew(refreshToken: string): Promise<Session | null> {
    const hash = hashOfToken(refreshToken);
    return this.withToken(hash, async (token, generation) => {
      const now = this.clock.now();
      if (token.revokedAt || token.expiresAt <= now || token.generation !== generation) return null;
      if (token.usedAt) {
        await this.endFamily(token.family);
        return null;
      }
      await this.tokens.markUsed(hash, now);
      return this.add({ userId: token.userId, generation }, token.family);
    });
  }

  /** Ends the session of the token; one that is not good ends nothing. */
  async end(refreshToken: string): Promise<void> {
    await this.withToken(hashOfToken(refreshToken), async ({ family }) => this.endFamily(family));
  }

  /** Ends every session and every access token of the user. */
  async endAll(userId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.generations.raise(userId);
      await this.tokens.removeAllOf(userId);
    });
  }

  /** Runs `work` with the token and its user's generation, both locked; null where there is no such token. */
  private async withToken<T>(
    hash: string,
    work: (token: RefreshToken, generation: number | null) => Promise<T>,
  ): Promise<T | null> {
    return this.unitOfWork.run(async () => {
      const userId = await this.tokens.userOf(hash);
      if (userId === null) return null;
      const generation = await this.generations.locked(userId);
      const token = await this.tokens.locked(hash);
      return token && work(token, generation);
    });
  }

  /** Removes also the token of an exchange that an instance of the version before has under way. */
  private async endFamily(family: string): Promise<void> {
    await this.tokens.lockFamily(family);
    await this.tokens.removeFamily(family);
  }

  private async add({ userId, generation }: TokenOwner, family: string): Promise<Session> {
    const refreshToken = randomToken();
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + LIFETIME);
    await this.tokens.add({
      hash: hashOfToken(refreshToken),
      family,
      userId,
      generation,
      issuedAt,
      expiresAt,
    });
    return { userId, generation, refreshToken };
  }
}
