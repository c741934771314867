import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { DAY, HOUR } from '../../calendar/civil-time.js';
import { Clock } from '../../common/clock.js';
import { DeliveriesRepository } from './deliveries.repository.js';

/**
 * How long a delivery is kept after it was settled. Longer than the longest reminder (`MAX_REMINDER_MINUTES`, 28 days):
 * an occurrence whose delivery is forgotten has begun, so that it is not reminded of again.
 */
export const DELIVERY_LIFETIME = 30 * DAY;

/** Rows that one statement removes: its locks are short, and instances that do the same share the work. */
export const REMOVED_AT_ONCE = 1_000;

const SWEEP_INTERVAL = HOUR;

/** Removes old deliveries, in each instance. A delivery that is still queued stays until it is settled. */
@Injectable()
export class OldDeliveries implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(OldDeliveries.name);
  private timer: NodeJS.Timeout | undefined;
  private sweep: Promise<void> | null = null;
  private stopping = false;

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    // A sweep that takes longer than the interval is not joined by another.
    const sweep = () => {
      this.sweep ??= this.remove()
        .catch((error: unknown) => this.logger.warn(error))
        .finally(() => {
          this.sweep = null;
        });
    };
    this.timer = setInterval(sweep, SWEEP_INTERVAL).unref();
    sweep();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping = true;
    clearInterval(this.timer);
    await this.sweep;
  }

  /** Removes the deliveries that are old by now, some rows at a time. */
  async remove(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DELIVERY_LIFETIME);
    while (
      !this.stopping &&
      (await this.deliveries.removeSettled(before, REMOVED_AT_ONCE)) === REMOVED_AT_ONCE
    );
  }
}
