import type { SubscribedType } from './webhook-type.js';

/** Enough for the programs of one person; each change costs one delivery for each subscription. */
export const MAX_SUBSCRIPTIONS_OF_USER = 20;

/** Subscriptions that the tenant itself owns. Those of its users do not count. */
export const MAX_SUBSCRIPTIONS_OF_TENANT = 100;

export const SUBSCRIPTION_STATUSES = ['active', 'disabled'] as const;
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number];

/**
 * Why a subscription is disabled:
 * - `requested`: a request disabled it
 * - `gone`: the receiver responded with 410
 * - `failing`: attempts failed for `FAILING_PERIOD`, and none succeeded
 * - `calendar_deleted`: the calendar of the subscription is deleted. Its pending deliveries are sent all the same, and no
 *   request enables it again
 */
export const DISABLED_REASONS = ['requested', 'gone', 'failing', 'calendar_deleted'] as const;
export type DisabledReason = (typeof DISABLED_REASONS)[number];

/** The owner of a subscription, who decides which changes it gets and what they show; `userId` null: the tenant. */
export interface SubscriptionScope {
  readonly userId: number | null;
  /** The calendar of the user whose changes the subscription gets, which may be deleted; null: all calendars. */
  readonly calendarId: number | null;
}

export interface SubscriptionRecord extends SubscriptionScope {
  readonly id: number;
  readonly url: string;
  readonly types: readonly SubscribedType[];
  readonly status: SubscriptionStatus;
  readonly disabledReason: DisabledReason | null;
  /** The first failed attempt since the last success; null: the last attempt succeeded, or there was none. */
  readonly failingSince: Date | null;
  /** Until when the previous secret signs too; null: it signs no more, or there is none. */
  readonly previousSecretEndsAt: Date | null;
  /** The API key that made the subscription; null: none did. The subscription outlives the key. */
  readonly createdByKeyId: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Whether the service sends the deliveries of a subscription. */
export function isSent({
  status,
  disabledReason,
}: Pick<SubscriptionRecord, 'status' | 'disabledReason'>): boolean {
  return status === 'active' || disabledReason === 'calendar_deleted';
}

/** A subscription with its new secret, which only this result shows. */
export interface SubscriptionWithSecret {
  readonly record: SubscriptionRecord;
  readonly secret: string;
}

/** Asks for a subscription. At most one of `userId` and `calendarId` is there; neither: the tenant's. */
export interface NewSubscription {
  readonly url: string;
  readonly types: readonly SubscribedType[];
  readonly userId?: number;
  readonly calendarId?: number;
}
