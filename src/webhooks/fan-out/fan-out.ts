import { Injectable } from '@nestjs/common';
import { ChangeLog } from '../../changes/log/change-log.js';
import type { LoggedChange } from '../../changes/model/logged-change.js';
import { byTenant } from '../../database/by-tenant.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { ChangedEventsService } from '../../events/read/changes/changed-events.service.js';
import { Clock } from '../../platform/clock/clock.js';
import {
  type ActiveSubscription,
  candidatesFor,
  deliveriesOfChange,
  enabledAfterGap,
  needsEvent,
} from '../model/deliveries-of-change.js';
import type { NewWebhookDelivery } from '../model/webhook-delivery-record.js';
import { type EndedSubscription, FanOutRepository } from '../store/fan-out.repository.js';
import { SubscriptionsRepository } from '../store/subscriptions.repository.js';
import { NewDeliveries } from '../write/new-deliveries.js';

/** Changes of one transaction: bounds its length, and the events in memory. */
const CHANGES_AT_ONCE = 500;

/**
 * Makes the deliveries of changes. The cursor moves in the transaction that adds the deliveries, so each change has its
 * deliveries exactly once. One instance at a time does it: the lock of the cursor ends with its transaction.
 */
@Injectable()
export class FanOut {
  constructor(
    private readonly repository: FanOutRepository,
    private readonly log: ChangeLog,
    private readonly events: ChangedEventsService,
    private readonly deliveries: NewDeliveries,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the deliveries of the next changes.
   * @param endsSubscriptions whether to disable the subscriptions to deleted calendars that have all their deliveries
   * @returns `idle`: no subscription is active; `more`: the log has more changes
   */
  async step(endsSubscriptions: boolean): Promise<'idle' | 'more' | 'done'> {
    // Without a subscription, no statement locks or writes anything.
    if (!(await this.repository.isAnyActive())) return 'idle';
    return this.unitOfWork.run(async () => {
      const locked = await this.repository.tryLock();
      if (locked === null) return 'done';
      // Read before the changes: all changes of the events of a calendar commit before its row goes.
      const ended = endsSubscriptions ? await this.repository.activeOfDeletedCalendars() : [];
      const { changes, cursor, more, missed } = await this.log.since(locked.cursor, CHANGES_AT_ONCE);
      if (missed) await this.restart();
      // Read after the changes: a subscription that a change must reach has committed before the change.
      else if (changes.length > 0) await this.addFor(changes);
      if (cursor !== locked.cursor && (changes.length > 0 || missed || more || locked.cursor === null))
        await this.repository.moveTo(cursor);
      if (!more) await this.disable(ended);
      return more ? 'more' : 'done';
    });
  }

  private async addFor(changes: readonly LoggedChange[]): Promise<void> {
    const ofTenants = byTenant(changes, ({ tenantId }) => tenantId);
    const active = byTenant(
      await this.repository.activeOf([...ofTenants.keys()]),
      ({ tenantId }) => tenantId,
    );
    for (const [tenantId, subscriptions] of active) {
      const own = ofTenants.get(tenantId) ?? [];
      await this.tenant.run(tenantId, async () => this.addOfTenant(own, subscriptions));
    }
  }

  private async addOfTenant(
    changes: readonly LoggedChange[],
    subscriptions: readonly ActiveSubscription[],
  ): Promise<void> {
    const wanted = changes.map((change) => ({ change, candidates: candidatesFor(change, subscriptions) }));
    const changed = await this.events.ofChanges(
      wanted.filter(({ change, candidates }) => needsEvent(change, candidates)).map(({ change }) => change),
    );
    const found = wanted.flatMap(({ change, candidates }): NewWebhookDelivery[] => {
      const event = changed.get(change.sequence) ?? null;
      // Without the event, the log has lost the change.
      if (candidates.length === 0 || (event === null && needsEvent(change, candidates))) return [];
      return deliveriesOfChange(change, event, candidates);
    });
    await this.deliveries.add(found);
  }

  private async disable(ended: readonly EndedSubscription[]): Promise<void> {
    const now = this.clock.now();
    for (const { tenantId, id } of ended)
      await this.tenant.run(tenantId, async () => this.subscriptions.disable(id, 'calendar_deleted', now));
  }

  /** After changes that the log cannot give, each receiver has to synchronise. */
  private async restart(): Promise<void> {
    const restarted = byTenant(await this.repository.restartAll(), ({ tenantId }) => tenantId);
    for (const [tenantId, subscriptions] of restarted) {
      const deliveries = subscriptions.map(({ id }) => enabledAfterGap(id));
      await this.tenant.run(tenantId, async () => this.deliveries.add(deliveries));
    }
  }
}
