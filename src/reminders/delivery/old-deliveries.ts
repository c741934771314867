import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DAY, HOUR } from '../../calendar/time/civil-time.js';
import { byTenant } from '../../database/by-tenant.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { DeliveriesRepository } from '../store/deliveries.repository.js';

/**
 * How long a settled delivery is kept. Longer than the longest reminder (`MAX_REMINDER_MINUTES`, 28 days):
 * an occurrence whose delivery is removed has begun, so that its reminder does not fire again.
 * @public `docs/limits.md` lists it.
 */
export const DELIVERY_LIFETIME_MS = 30 * DAY;

/**
 * Rows that one statement removes: its locks are short, and instances that do the same share the work.
 * @public Unit tests use it.
 */
export const REMOVED_AT_ONCE = 1_000;

const SWEEP_INTERVAL_MS = HOUR;

/** Removes old deliveries, in each instance. A delivery that is still queued stays until it is settled. */
@Injectable()
export class OldDeliveries implements OnModuleDestroy {
  private readonly sweeps = new PeriodicWork(OldDeliveries.name, SWEEP_INTERVAL_MS, async () =>
    this.remove(),
  );

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.sweeps.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  /** Removes the deliveries of all tenants that are old by now, some rows at a time. */
  async remove(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - DELIVERY_LIFETIME_MS);
    for (let found = REMOVED_AT_ONCE; found === REMOVED_AT_ONCE && !this.sweeps.stopping; ) {
      const old = await this.deliveries.settledBefore(before, REMOVED_AT_ONCE);
      let removed = 0;
      for (const [tenantId, keys] of byTenant(old, (delivery) => delivery.tenantId))
        removed += await this.tenant.run(tenantId, async () => this.deliveries.removeSettled(keys));
      // Another instance is removing the rest.
      if (removed === 0) return;
      found = old.length;
    }
  }
}
