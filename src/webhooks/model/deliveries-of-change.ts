import type { LoggedChange } from '../../changes/model/logged-change.js';
import { type ChangeAction, describeChange } from '../../events/model/changes/described-change.js';
import type { ChangedEvent } from '../../events/model/changes/event-change-record.js';
import type { EventRecord } from '../../events/model/event-record.js';
import { shows } from './snapshot.js';
import type { SubscriptionScope } from './subscription-record.js';
import type { NewWebhookDelivery } from './webhook-delivery-record.js';
import type { SubscribedType } from './webhook-type.js';

/** A subscription that gets deliveries of changes. */
export interface ActiveSubscription extends SubscriptionScope {
  readonly tenantId: number;
  readonly id: number;
  readonly types: readonly SubscribedType[];
  /** The snapshot in which it became active. It gets no change that the snapshot shows. */
  readonly activeFrom: string;
}

const TYPE_OF_ACTION = {
  created: 'event.created',
  updated: 'event.updated',
  answered: 'invite.answered',
  deleted: 'event.deleted',
} as const satisfies Record<ChangeAction, SubscribedType>;

/** The types that a change of each kind in the log may have. */
const TYPES_OF_KIND = {
  created: ['event.created'],
  updated: ['event.updated', 'invite.answered'],
  deleted: ['event.deleted'],
} as const satisfies Record<LoggedChange['kind'], readonly SubscribedType[]>;

/** Those of the subscriptions that may get a change, as far as the log tells without the event. */
export function candidatesFor(
  { kind, xid }: Pick<LoggedChange, 'kind' | 'xid'>,
  subscriptions: readonly ActiveSubscription[],
): ActiveSubscription[] {
  return subscriptions.filter(
    ({ types, activeFrom }) =>
      TYPES_OF_KIND[kind].some((type) => types.includes(type)) && !shows(activeFrom, xid),
  );
}

/** Whether the event itself decides which of the candidates get the change. */
export function needsEvent(
  { kind }: Pick<LoggedChange, 'kind'>,
  candidates: readonly ActiveSubscription[],
): boolean {
  return candidates.length > 0 && (kind === 'updated' || candidates.some(({ userId }) => userId !== null));
}

/**
 * The deliveries of a change to its candidates.
 * @param changed the event before and after the change; null: `needsEvent` is false
 */
export function deliveriesOfChange(
  { eventId, sequence, kind }: Pick<LoggedChange, 'eventId' | 'sequence' | 'kind'>,
  changed: Pick<ChangedEvent, 'before' | 'after'> | null,
  candidates: readonly ActiveSubscription[],
): NewWebhookDelivery[] {
  const type = TYPE_OF_ACTION[changed ? describeChange(changed.before, changed.after).action : kind];
  return candidates
    .filter((subscription) => subscription.types.includes(type) && isConcerned(subscription, changed))
    .map(({ id }) => ({ subscriptionId: id, type, eventId, changeSequence: sequence, details: null }));
}

/** Whether the event has, or has lost by the change, an entry in the list that the subscription is about. */
function isConcerned(
  { userId, calendarId }: SubscriptionScope,
  changed: Pick<ChangedEvent, 'before' | 'after'> | null,
): boolean {
  if (userId === null) return true;
  const hasEntry = (event: EventRecord | null | undefined): boolean =>
    event?.attendees.some(
      (attendee) => attendee.userId === userId && (calendarId === null || attendee.calendarId === calendarId),
    ) ?? false;
  return hasEntry(changed?.before) || hasEntry(changed?.after);
}

/** The delivery that tells a receiver to synchronise. */
export function enabledAfterGap(subscriptionId: number): NewWebhookDelivery {
  return {
    subscriptionId,
    type: 'webhook.enabled',
    eventId: null,
    changeSequence: null,
    details: { missed: true },
  };
}
