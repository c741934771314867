import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DAY } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { type RefreshTokenRecord, refreshDecision } from '../model/refresh-token.js';
import { tenantOfToken, tokenOfTenant } from '../model/tenant-token.js';
import type { TokenSubject } from '../model/token-subject.js';
import { hashOfToken, randomToken } from '../secrets/random-token.js';
import { GenerationsRepository } from '../store/generations.repository.js';
import { RefreshTokensRepository } from '../store/refresh-tokens.repository.js';

/** Milliseconds: a user who is away for a month logs in again. */
export const SESSION_LIFETIME = 30 * DAY;

/** A user who is logged in, and the token that continues the session. */
export interface LoginSession extends TokenSubject {
  readonly refreshToken: string;
}

/**
 * Keeps users logged in by refresh tokens. A client can exchange each token once. A token that arrives again was stolen:
 * the service ends its family (RFC 9700 §4.14.2).
 *
 * Each change of a session locks first the row of its user, and then the family. So no session begins or continues
 * while another transaction ends it. The tokens of an ended session are removed at once.
 */
@Injectable()
export class SessionsService {
  constructor(
    private readonly tokens: RefreshTokensRepository,
    private readonly generations: GenerationsRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
  ) {}

  /** Begins a session. Null if the user's generation has changed since the user was authenticated. */
  async begin({ userId, generation }: Omit<TokenSubject, 'tenantId'>): Promise<LoginSession | null> {
    return this.unitOfWork.run(async () => {
      if ((await this.generations.locked(userId)) !== generation) return null;
      return this.add({ userId, generation }, randomUUID());
    });
  }

  /** Exchanges the token for the next one of the session, in the tenant of the token. Null if the token is not valid. */
  async renew(refreshToken: string): Promise<LoginSession | null> {
    const hash = hashOfToken(refreshToken);
    return this.withToken(refreshToken, async (token, generation) => {
      const now = this.clock.now();
      const decision = refreshDecision(token, generation, now);
      if (decision === 'revoke') await this.endFamily(token.family);
      if (decision !== 'exchange') return null;
      await this.tokens.markUsed(hash, now);
      return this.add({ userId: token.userId, generation: token.generation }, token.family);
    });
  }

  /** Ends the session of the token, in the tenant of the token. An unknown token has no effect. */
  async end(refreshToken: string): Promise<void> {
    await this.withToken(refreshToken, async ({ family }) => this.endFamily(family));
  }

  /** Ends every session and every access token of the user. */
  async endAll(userId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.generations.raise(userId);
      await this.tokens.removeAllOf(userId);
    });
  }

  /**
   * Runs `work` in the tenant of the token, with the token and its user's generation, and locks both. Null if the token
   * is unknown.
   */
  private async withToken<T>(
    refreshToken: string,
    work: (token: RefreshTokenRecord, generation: number | null) => Promise<T>,
  ): Promise<T | null> {
    const hash = hashOfToken(refreshToken);
    return this.tenant.run(tenantOfToken(refreshToken), async () =>
      this.unitOfWork.run(async () => {
        const userId = await this.tokens.userOf(hash);
        if (userId === null) return null;
        const generation = await this.generations.locked(userId);
        const token = await this.tokens.locked(hash);
        return token && work(token, generation);
      }),
    );
  }

  /** Removes the tokens of the family, also one that an instance of the previous version exchanges at the moment. */
  private async endFamily(family: string): Promise<void> {
    await this.tokens.lockFamily(family);
    await this.tokens.removeFamily(family);
  }

  private async add(
    { userId, generation }: Omit<TokenSubject, 'tenantId'>,
    family: string,
  ): Promise<LoginSession> {
    const { id: tenantId } = this.tenant;
    const refreshToken = tokenOfTenant(tenantId, randomToken());
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + SESSION_LIFETIME);
    await this.tokens.add({
      hash: hashOfToken(refreshToken),
      family,
      userId,
      generation,
      issuedAt,
      expiresAt,
    });
    return { tenantId, userId, generation, refreshToken };
  }
}
