import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type Instant, MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { FanOut } from './fan-out.js';

/** Milliseconds after which the loop finds changes of other instances. */
const POLL_MS = SECOND;

/** Milliseconds after which the loop finds calendars that other instances have deleted. */
const CALENDARS_POLL_MS = MINUTE;

/** Makes the deliveries of changes while the process runs: at once for changes of this instance. */
@Injectable()
export class FanOutLoop implements OnModuleDestroy {
  private readonly logger = new Logger(FanOutLoop.name);
  private readonly loop: WorkLoop;
  /** Whether no subscription was active at the last look, so that changes need no look of their own. */
  private idle = false;
  /** When the loop next disables the subscriptions to deleted calendars. */
  private calendarsDueAt: Instant = -Infinity;

  constructor(
    private readonly fanOut: FanOut,
    private readonly unitOfWork: UnitOfWork,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
    feed: ChangeFeed,
    opening: DatabaseOpening,
  ) {
    const failed = (error: unknown) =>
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
    this.loop = new WorkLoop({ run: async (stopping) => this.run(stopping), failed }, clock);
    feed.onLogGrown(() => this.wake());
    feed.subscribe({
      calendarDeleted: async () =>
        this.unitOfWork.afterCommit(() => {
          this.calendarsDueAt = -Infinity;
          this.wake();
        }),
    });
    opening.onOpen(() => {
      if (this.configuration.webhookDispatch) this.loop.start();
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  private wake(): void {
    if (!this.idle) this.loop.wakeBy(this.clock.now().getTime());
  }

  private async run(stopping: () => boolean): Promise<Instant> {
    const now = this.clock.now().getTime();
    const endsSubscriptions = now >= this.calendarsDueAt;
    if (endsSubscriptions) this.calendarsDueAt = now + CALENDARS_POLL_MS;
    for (let state = 'more'; state === 'more' && !stopping(); ) {
      state = await this.fanOut.step(endsSubscriptions);
      this.idle = state === 'idle';
    }
    return this.clock.now().getTime() + POLL_MS;
  }
}
