import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import type { LeasedSubscription } from '../model/subscription-record.js';
import { DueSubscriptionsRepository } from '../store/due-subscriptions.repository.js';
import { CalendarFetch } from './calendar-fetch.js';
import { FETCH_LEASE_MS } from './fetched-calendar.js';

/**
 * Calendars that an instance fetches at a time. Each may have a file of `MAX_SUBSCRIBED_BYTES` in memory.
 * @public `docs/limits.md` lists it.
 */
export const MAX_FETCHES_AT_ONCE = 6;

/**
 * Those of one tenant among them, so that slow or large calendars of one tenant delay no other one.
 * @public `docs/limits.md` lists it.
 */
export const MAX_FETCHES_OF_TENANT = 3;

/** Fetches due calendars of all tenants while the process runs. At its end, the loop waits for the fetches under way. */
@Injectable()
export class FetchLoop implements OnModuleDestroy {
  private readonly logger = new Logger(FetchLoop.name);
  private readonly loop: WorkLoop;
  private readonly running = new Map<Promise<void>, LeasedSubscription>();

  constructor(
    private readonly due: DueSubscriptionsRepository,
    private readonly fetches: CalendarFetch,
    private readonly clock: Clock,
    opening: DatabaseOpening,
    { calendarFetch }: Configuration,
  ) {
    const failed = (error: unknown) => this.logger.error(error);
    this.loop = new WorkLoop({ run: async (stopping) => this.startDue(stopping), failed }, clock);
    opening.onOpen(() => {
      if (calendarFetch) this.loop.start();
    });
  }

  /** Looks for due subscriptions at once. */
  wake(): void {
    this.loop.wakeBy(this.clock.now().getTime());
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
    await Promise.all(this.running.keys());
  }

  /** @returns when the next subscription is due; null: the end of a fetch wakes the loop, or nothing is due */
  private async startDue(stopping: () => boolean): Promise<Instant | null> {
    const free = MAX_FETCHES_AT_ONCE - this.running.size;
    if (free === 0 || stopping()) return null;
    const now = this.clock.now();
    const until = new Date(now.getTime() + FETCH_LEASE_MS);
    const ofTenants = this.runningOfTenants();
    const leases = await this.due.lease(now, until, free, ofTenants, MAX_FETCHES_OF_TENANT);
    for (const lease of leases) this.begin(lease);
    if (leases.length === free) return null;
    const full = [...this.runningOfTenants()].filter(([, count]) => count >= MAX_FETCHES_OF_TENANT);
    return (await this.due.nextDueAt(full.map(([tenantId]) => tenantId)))?.getTime() ?? null;
  }

  private begin(lease: LeasedSubscription): void {
    const fetch = this.fetches
      .run(lease)
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => {
        this.running.delete(fetch);
        this.wake();
      });
    this.running.set(fetch, lease);
  }

  /** The number of fetches under way, by tenant. */
  private runningOfTenants(): ReadonlyMap<number, number> {
    const counts = new Map<number, number>();
    for (const { tenantId } of this.running.values()) counts.set(tenantId, (counts.get(tenantId) ?? 0) + 1);
    return counts;
  }
}
