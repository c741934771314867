import { HOUR, MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import type { NewMessage, OutboxMessage } from '../../outbox/model/outbox-message.js';
import type { TopicLimits } from '../../outbox/model/outbox-topic.js';
import type { DeliveryRecord, NewDelivery } from './reminder-records.js';

/**
 * The most requests to webhooks at a time: each waits for the network, and holds a socket but no database connection.
 * @public `docs/limits.md` lists it.
 */
export const MAX_WEBHOOKS_AT_ONCE = 40;

/**
 * The most emails at a time, counted apart from webhooks: a mail server accepts few connections and may be slow.
 * @public `docs/limits.md` lists it.
 */
export const MAX_EMAILS_AT_ONCE = 10;

/**
 * The most deliveries of one user at a time: only the slow webhooks of twenty users delay those of another user.
 * @public `docs/limits.md` lists it.
 */
export const MAX_AT_ONCE_OF_USER = 2;

/**
 * The most deliveries to one host at a time: users must not be able to flood a server by this service.
 * @public `docs/limits.md` lists it.
 */
export const MAX_AT_ONCE_TO_HOST = 2;

/** Longer than an attempt can take, so that no other instance sends the same delivery meanwhile. */
export const LEASE_MS = MINUTE;

/** Five attempts in 21 minutes: a later reminder is of no use. */
export const RETRY_DELAYS_MS = [15 * SECOND, MINUTE, 4 * MINUTE, 16 * MINUTE];

/** Ended messages are kept for a look at what went wrong. The record of the delivery stays longer. */
export const KEPT_MS = HOUR;

/** The methods that the outbox sends, and the topics of their messages. */
export const TOPICS = { email: 'reminders by email', webhook: 'reminders by webhook' } as const;

type SentMethod = keyof typeof TOPICS;

export const LIMITS: Readonly<Record<SentMethod, TopicLimits>> = {
  email: {
    atOnce: MAX_EMAILS_AT_ONCE,
    atOnceOfLane: MAX_AT_ONCE_OF_USER,
    atOnceOfSecondLane: MAX_AT_ONCE_OF_USER,
    run: 1,
  },
  webhook: {
    atOnce: MAX_WEBHOOKS_AT_ONCE,
    atOnceOfLane: MAX_AT_ONCE_TO_HOST,
    atOnceOfSecondLane: MAX_AT_ONCE_OF_USER,
    run: 1,
  },
};

/** What identifies a queued delivery, also after a split has given its occurrence to another event. */
export interface DeliveryReference {
  readonly notificationId: string;
  /** When the delivery was queued. */
  readonly recordedAt: Date;
}

/** The key of the message for a queued delivery. */
export function messageKeyOf({ notificationId, recordedAt }: DeliveryReference): string {
  return `${notificationId} ${recordedAt.toISOString()}`;
}

/**
 * The message in the outbox for a queued delivery. It refers to the delivery, and holds no data of the user. The slow
 * webhooks of a host are found in one lane, however many users have them.
 */
export function queuedMessage(delivery: NewDelivery & Partial<DeliveryRecord>): NewMessage {
  const { notificationId, recordedAt, userId, url, attempts = 0 } = delivery;
  const ofUser = `reminders of user ${userId}`;
  return {
    key: messageKeyOf(delivery),
    groupKey: null,
    ...(url === null
      ? { lane: ofUser, secondLane: null }
      : { lane: `reminders to ${hostOf(url)}`, secondLane: ofUser }),
    payload: { notificationId, recordedAt },
    attempts,
  };
}

export function referenceOf({ payload }: OutboxMessage): DeliveryReference {
  const { notificationId, recordedAt } = payload as { notificationId: string; recordedAt: string };
  return { notificationId, recordedAt: new Date(recordedAt) };
}

/** The host that a webhook calls, without the port and without the dot at the end of a whole name. */
function hostOf(url: string): string {
  return new URL(url).hostname.replace(/\.$/, '');
}
