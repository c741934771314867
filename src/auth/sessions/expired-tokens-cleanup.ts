import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { MailedTokensRepository } from '../store/mailed-tokens.repository.js';
import { RefreshTokensRepository } from '../store/refresh-tokens.repository.js';

/**
 * Rows that one statement removes. The statement holds its locks for a short time, and other instances remove other
 * rows.
 * @public `docs/limits.md` lists it.
 */
export const CLEANUP_BATCH_SIZE = 1_000;

/** Milliseconds. No client can use an expired token, so the row may stay for some minutes. */
const CLEANUP_INTERVAL = 10 * MINUTE;

/**
 * Removes expired refresh tokens and mailed tokens. A used refresh token stays until it expires, since it reveals a
 * theft if it arrives again.
 */
@Injectable()
export class ExpiredTokensCleanup implements OnModuleDestroy {
  private readonly work = new PeriodicWork(ExpiredTokensCleanup.name, CLEANUP_INTERVAL, async () =>
    this.remove(),
  );

  constructor(
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly mailedTokens: MailedTokensRepository,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.work.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.work.stop();
  }

  /** Removes all expired tokens, one batch after the other. */
  async remove(): Promise<void> {
    const now = this.clock.now();
    for (const tokens of [this.refreshTokens, this.mailedTokens])
      await this.work.inSteps(CLEANUP_BATCH_SIZE, async () => tokens.removeExpired(now, CLEANUP_BATCH_SIZE));
  }
}
