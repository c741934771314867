import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HOUR } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { OutboxQueueRepository } from '../store/outbox-queue.repository.js';
import { OutboxWorkers } from './outbox-workers.js';

/** Rows that one statement removes: its locks are short, and instances that do the same share the work. */
const REMOVED_AT_ONCE = 1_000;

const SWEEP_INTERVAL_MS = HOUR;

/** Removes old messages, in each instance. A message that is still pending stays. */
@Injectable()
export class EndedMessages implements OnModuleDestroy {
  private readonly sweeps = new PeriodicWork(EndedMessages.name, SWEEP_INTERVAL_MS, async () =>
    this.remove(),
  );

  constructor(
    private readonly workers: OutboxWorkers,
    private readonly queue: OutboxQueueRepository,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.sweeps.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  /** Removes the messages of all tenants that are old by now, some rows at a time. */
  async remove(): Promise<void> {
    for (const { name, keptMs } of this.workers.topics) {
      const before = new Date(this.clock.now().getTime() - keptMs);
      await this.sweeps.inSteps(REMOVED_AT_ONCE, async () =>
        this.queue.removeEnded(name, before, REMOVED_AT_ONCE),
      );
    }
  }
}
