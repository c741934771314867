import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { Outbox } from '../../outbox/write/outbox.js';
import { Clock } from '../../platform/clock/clock.js';
import {
  deliveryMessageKey,
  laneOf,
  laneOfOwner,
  type NewWebhookDelivery,
  WEBHOOK_TOPIC,
  type WebhookDeliveryRecord,
} from '../model/webhook-delivery-record.js';
import { WebhookDeliveriesRepository } from '../store/webhook-deliveries.repository.js';

/** Adds deliveries to the subscriptions of the current tenant. */
@Injectable()
export class NewDeliveries {
  constructor(
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Adds deliveries in the running transaction, and numbers those of each subscription in their order. Leaves out those
   * of subscriptions that are disabled or deleted.
   * @returns the added ones
   */
  async add(wanted: readonly NewWebhookDelivery[]): Promise<WebhookDeliveryRecord[]> {
    if (wanted.length === 0) return [];
    const counts = new Map<number, number>();
    for (const { subscriptionId: id } of wanted) counts.set(id, (counts.get(id) ?? 0) + 1);
    const last = await this.deliveries.takeSequences(counts);
    const createdAt = this.clock.now();
    const added: WebhookDeliveryRecord[] = [];
    const ownerOf = new Map([...last].map(([id, { ownerId }]) => [id, ownerId]));
    for (const delivery of wanted) {
      const { subscriptionId: id } = delivery;
      const [end, left] = [last.get(id)?.last, counts.get(id) ?? 0];
      if (end === undefined) continue;
      counts.set(id, left - 1);
      added.push({ ...delivery, sequence: end - left + 1, createdAt });
    }
    if (added.length === 0) return [];
    await this.deliveries.add(added);
    const messages = added.map((delivery) =>
      this.messageOf(delivery, ownerOf.get(delivery.subscriptionId) ?? null),
    );
    await this.outbox.enqueue(WEBHOOK_TOPIC, messages);
    return added;
  }

  private messageOf(delivery: WebhookDeliveryRecord, ownerId: number | null) {
    const { subscriptionId, eventId } = delivery;
    return {
      key: deliveryMessageKey(delivery),
      groupKey: eventId === null ? null : `${subscriptionId} ${eventId}`,
      lane: laneOf(subscriptionId),
      secondLane: laneOfOwner(this.tenant.id, ownerId),
      // The row of the delivery has its data.
      payload: {},
    };
  }
}
