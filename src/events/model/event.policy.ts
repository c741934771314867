import { type Actor, isUser } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';
import type { ProductData } from '../../platform/values/product-data.js';
import type { EventTimesRecord } from '../../scheduling/occurrences/series-record.js';
import type { EventRecord, OverrideRecord, PartialEventRecord } from './event-record.js';

/** The part of an event that a viewer sees: its details, or its times alone. */
export type EventView =
  | DetailedEventView
  | (Viewed & { readonly details: false; readonly event: EventTimesRecord<OverrideRecord> });

export type DetailedEventView = Viewed & {
  readonly details: true;
  readonly event: PartialEventRecord;
  /** What the product keeps with the event; null: the viewer does not see it. */
  readonly productData: ProductData | null;
};

interface Viewed {
  /** The id of the viewer; null: a request without a token. */
  readonly viewerId: number | null;
  /** Whether the whole event is cancelled. */
  readonly cancelled: boolean;
  /** The zone of the organizer, in which a caller that is no user has floating days. */
  readonly organizerTimeZone: string;
}

/** Only the organizer may create an event. */
export function mayCreateEventOf(actor: Actor, organizer: Subject): Decision {
  return mayActFor(actor, organizer);
}

/** Only the organizer may change or delete an event. */
export function mayChangeEvent(actor: Actor, { attendees: [organizer] }: EventRecord): Decision {
  return mayActFor(actor, { id: organizer.userId, protected: organizer.protected });
}

/**
 * Only attendees and keys see the details of a private event, attendees also after a decline. A request without a token never counts as an
 * attendee, not even if the organizer has no password.
 */
export function seesDetails(actor: Actor, event: PartialEventRecord): boolean {
  return actor.kind === 'key' || event.visibility === 'public' || attends(actor, event);
}

/**
 * Only the organizer and keys see the external id and the metadata of an event; a request without a token sees those of
 * an organizer who has no password, for whom it may act.
 * @public Unit tests use it.
 * @public Unit tests use it.
 */
export function seesProductData(
  actor: Actor,
  { organizerId, attendees }: Pick<PartialEventRecord, 'organizerId' | 'attendees'>,
): boolean {
  const organizer = attendees.find(({ userId }) => userId === organizerId);
  return mayActFor(actor, { id: organizerId, protected: organizer?.protected ?? true }) === 'allow';
}

export function attends(actor: Actor, { attendees }: PartialEventRecord): boolean {
  return attendees.some(({ userId }) => isUser(actor, userId));
}

/** The users whom an attendee sees because of this event: the organizer, and attendees who have accepted. */
export function seenThrough(actor: Actor, event: PartialEventRecord): number[] {
  if (!attends(actor, event)) return [];
  return event.attendees
    .filter(({ status }) => status === 'organizer' || status === 'accepted')
    .map(({ userId }) => userId);
}

export function eventSeenBy(actor: Actor, event: PartialEventRecord): EventView {
  const viewed = {
    viewerId: actor.kind === 'user' ? actor.userId : null,
    cancelled: event.status === 'cancelled',
    organizerTimeZone:
      event.attendees.find(({ userId }) => userId === event.organizerId)?.timeZone ?? event.timeZone,
  };
  return seesDetails(actor, event)
    ? { details: true, event, ...viewed, productData: productDataSeenBy(actor, event) }
    : { details: false, event, ...viewed };
}

/** What a product keeps with an event, as an actor sees it; null: the actor does not see it. */
export function productDataSeenBy(actor: Actor, event: PartialEventRecord): ProductData | null {
  return seesProductData(actor, event) ? event : null;
}
