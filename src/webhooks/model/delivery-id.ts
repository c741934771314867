import type { DeliveryKey, WebhookDeliveryRecord } from './webhook-delivery-record.js';

const PATTERN = /^msg_([1-9]\d{0,9})_([1-9]\d{0,14})_([\da-z]{1,11})$/;

/** The most characters of an id. */
export const MAX_DELIVERY_ID_LENGTH = 42;

/**
 * The id of a delivery, which is its `webhook-id`: the same for each attempt. The time of the delivery is part of it, since
 * numbers may repeat after the database was restored, and a receiver ignores an id that it knows.
 * @example msg_12_345_m1b2c3d4
 */
export function deliveryIdOf({
  subscriptionId,
  sequence,
  createdAt,
}: Pick<WebhookDeliveryRecord, 'subscriptionId' | 'sequence' | 'createdAt'>): string {
  return `msg_${subscriptionId}_${sequence}_${createdAt.getTime().toString(36)}`;
}

/** The delivery that an id names; null: the text is no id of a delivery. */
export function keyInDeliveryId(id: string): DeliveryKey | null {
  const [, subscriptionId, sequence] = PATTERN.exec(id) ?? [];
  if (subscriptionId === undefined || sequence === undefined) return null;
  return { subscriptionId: Number(subscriptionId), sequence: Number(sequence) };
}
