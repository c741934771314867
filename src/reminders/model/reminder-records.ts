import type { ReminderKey } from './reminder-key.js';

/** A reminder of an attendee, and the occurrence that it is due for next. */
export interface PendingReminderRecord extends ReminderKey {
  /** The URL that a webhook calls; null for the other methods. */
  readonly url: string | null;
  /** When the occurrence takes place, an override included. */
  readonly startAt: Date;
  readonly endAt: Date;
  /**
   * Since when the reminder is planned. A reminder of a later occurrence that was due before is skipped: the attendee
   * wanted none at that time.
   */
  readonly dueFrom: Date;
}

/**
 * `queued`: the outbox sends it over the network. `fired`: sent. `missed`: its occurrence was over when an instance could have
 * fired it. `failed`: the last attempt failed. `withdrawn`: when the reminder was to be sent, the attendee no
 * longer wanted it, or the service must not mail it.
 */
export type DeliveryStatus = 'queued' | 'fired' | 'missed' | 'failed' | 'withdrawn';

/** A reminder that came due for an occurrence, and the state of its delivery. */
export interface DeliveryRecord extends ReminderKey {
  readonly notificationId: string;
  readonly status: DeliveryStatus;
  readonly url: string | null;
  /** When the delivery got its status. */
  readonly recordedAt: Date;
  readonly attempts: number;
}

/** A delivery before its first attempt. */
export type NewDelivery = Omit<DeliveryRecord, 'attempts'>;
