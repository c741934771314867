import { DAY } from '../../calendar/time/civil-time.js';
import type { MessageState } from '../../outbox/model/outbox-message.js';
import type { WebhookType } from './webhook-type.js';

/** The topic of deliveries in the outbox. */
export const WEBHOOK_TOPIC = 'webhook';

/**
 * How long a delivery is kept.
 * @public `docs/limits.md` lists it.
 */
export const WEBHOOK_DELIVERY_LIFETIME_MS = 30 * DAY;

/** Names one delivery: the subscription, and its number there, from 1. */
export interface DeliveryKey {
  readonly subscriptionId: number;
  readonly sequence: number;
}

/** A delivery to add. */
export interface NewWebhookDelivery {
  readonly subscriptionId: number;
  readonly type: WebhookType;
  /** Null: the delivery is about no event. Deliveries about one event are sent in their order. */
  readonly eventId: number | null;
  /** The change in the log; null: the delivery is about no change. */
  readonly changeSequence: number | null;
  /** What the body has that neither the event nor the log gives; null: nothing. */
  readonly details: Readonly<Record<string, unknown>> | null;
}

export interface WebhookDeliveryRecord extends DeliveryKey, NewWebhookDelivery {
  readonly createdAt: Date;
}

/** A delivery, and how far it is. */
export interface DeliveryView {
  readonly delivery: WebhookDeliveryRecord;
  readonly state: MessageState;
}

/** The key of a delivery in the outbox. */
export function deliveryMessageKey({ subscriptionId, sequence }: DeliveryKey): string {
  return `${subscriptionId} ${sequence}`;
}

export function keyOfMessage(key: string): DeliveryKey {
  const [subscriptionId = NaN, sequence = NaN] = key.split(' ').map(Number);
  return { subscriptionId, sequence };
}

/** The lane of a subscription in the outbox, so that its receiver delays no other one. */
export function laneOf(subscriptionId: number): string {
  return `webhook subscription ${subscriptionId}`;
}

/** @param ownerId null: the tenant */
export function laneOfOwner(tenantId: number, ownerId: number | null): string {
  return ownerId === null ? `webhooks of tenant ${tenantId}` : `webhooks of user ${ownerId}`;
}
