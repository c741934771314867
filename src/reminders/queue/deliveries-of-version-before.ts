import { Injectable } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { DeliveriesOfVersionBeforeRepository } from '../store/deliveries-of-version-before.repository.js';
import { ReminderQueue } from './reminder-queue.js';

/**
 * Gives the deliveries that the version before has queued to the outbox, each when its next attempt is due: those from
 * before the upgrade, and those of an instance that still runs. An instance of the version before and this one share
 * these deliveries, as two instances of that version do. The next version removes this class.
 */
@Injectable()
export class DeliveriesOfVersionBefore {
  constructor(
    private readonly deliveries: DeliveriesOfVersionBeforeRepository,
    private readonly queue: ReminderQueue,
    private readonly clock: Clock,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Takes over the due deliveries. @returns their number */
  async takeDue(stopping: () => boolean = () => false): Promise<number> {
    for (let total = 0; ; ) {
      let taken = 0;
      for (const tenantId of await this.deliveries.tenantsWithDue(this.clock.now())) {
        if (stopping()) return total;
        taken += await this.tenant.run(tenantId, async () => this.takeDueOfTenant());
      }
      if (taken === 0) return total;
      total += taken;
    }
  }

  /** When the next delivery is due; null: none is queued. */
  async nextDueAt(): Promise<Instant | null> {
    return (await this.deliveries.nextDueAt())?.getTime() ?? null;
  }

  private async takeDueOfTenant(): Promise<number> {
    return this.unitOfWork.run(async () => {
      const due = await this.deliveries.takeDue(this.clock.now());
      await this.queue.add(due);
      return due.length;
    });
  }
}
