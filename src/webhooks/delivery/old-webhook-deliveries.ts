import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { HOUR } from '../../calendar/time/civil-time.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { WEBHOOK_DELIVERY_LIFETIME_MS } from '../model/webhook-delivery-record.js';
import { WebhookDeliveriesRepository } from '../store/webhook-deliveries.repository.js';

/** Rows that one statement removes: its locks are short, and instances that do the same share the work. */
const REMOVED_AT_ONCE = 1_000;

const SWEEP_INTERVAL_MS = HOUR;

/** Removes old deliveries, and those of deleted subscriptions, in each instance. */
@Injectable()
export class OldWebhookDeliveries implements OnModuleDestroy {
  private readonly sweeps = new PeriodicWork(OldWebhookDeliveries.name, SWEEP_INTERVAL_MS, async () =>
    this.remove(),
  );

  constructor(
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.sweeps.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  async remove(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - WEBHOOK_DELIVERY_LIFETIME_MS);
    await this.sweeps.inSteps(REMOVED_AT_ONCE, async () =>
      this.deliveries.removeOld(before, REMOVED_AT_ONCE),
    );
    await this.sweeps.inSteps(REMOVED_AT_ONCE, async () => this.deliveries.removeOrphans(REMOVED_AT_ONCE));
  }
}
