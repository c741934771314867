import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { MailedTokensRepository } from '../store/mailed-tokens.repository.js';
import { RefreshTokensRepository } from '../store/refresh-tokens.repository.js';

/** Rows that one statement removes: its locks are short, and instances that do the same take turns. */
export const REMOVED_AT_ONCE = 1_000;

/** Milliseconds. A token that has run out harms nobody, so it may stay for some minutes. */
const SWEEP_INTERVAL = 10 * 60_000;

/**
 * Removes the tokens of sessions that have run out. Those of a session that was ended are removed by what ended it.
 * A used token stays for its lifetime, since it tells a theft when it comes again.
 */
@Injectable()
export class EndedSessions implements OnModuleDestroy {
  private readonly sweeps = new PeriodicWork(EndedSessions.name, SWEEP_INTERVAL, async () => this.remove());

  constructor(
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly mailedTokens: MailedTokensRepository,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.sweeps.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  /** Removes all that has run out by now, some rows at a time. */
  async remove(): Promise<void> {
    const now = this.clock.now();
    for (const tokens of [this.refreshTokens, this.mailedTokens]) {
      while (!this.sweeps.stopping && (await tokens.removeExpired(now, REMOVED_AT_ONCE)) === REMOVED_AT_ONCE);
    }
  }
}
