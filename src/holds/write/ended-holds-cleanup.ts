import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { DAYS_OF_ENDED_HOLD } from '../model/hold-limits.js';
import { EndedHoldsRepository } from '../store/ended-holds.repository.js';

/**
 * Rows that one statement removes. The statement holds its locks for a short time, and other instances remove other
 * rows.
 */
const BATCH_SIZE = 1_000;

/** Milliseconds. An expired hold takes no time, so its rows may stay for some minutes. */
const CLEANUP_INTERVAL = MINUTE;

/** Removes the rows of holds that have expired. Nothing depends on it. */
@Injectable()
export class EndedHoldsCleanup implements OnModuleDestroy {
  private readonly work = new PeriodicWork(EndedHoldsCleanup.name, CLEANUP_INTERVAL, async () =>
    this.remove(),
  );

  constructor(
    private readonly ended: EndedHoldsRepository,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.work.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.work.stop();
  }

  /** Removes the rows that expired holds take in the calendars, and then all of the old holds, one batch after the other. */
  async remove(): Promise<void> {
    await this.work.inSteps(BATCH_SIZE, async () => this.ended.removeMembers(BATCH_SIZE));
    await this.work.inSteps(BATCH_SIZE, async () => this.ended.removeHolds(DAYS_OF_ENDED_HOLD, BATCH_SIZE));
  }
}
