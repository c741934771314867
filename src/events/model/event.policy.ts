import { type Actor, isUser } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';
import { type CalendarAccess, mayWriteIn } from '../../calendars/model/grants/calendar-access.js';
import type { ProductData } from '../../platform/values/product-data.js';
import type { EventTimesRecord } from '../../scheduling/occurrences/series-record.js';
import type { EventRecord, OverrideRecord, PartialEventRecord } from './event-record.js';
import { shownStatus } from './event-words.js';

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

/** The organizer may create an event, and a writer of the calendar that gets it. */
export function mayCreateEventOf(
  actor: Actor,
  organizer: Subject,
  access: CalendarAccess,
  isPrivate: boolean,
): Decision {
  return mayWriteIn(access, isPrivate) ? 'allow' : mayActFor(actor, organizer);
}

/**
 * The organizer may change or delete an event, and a writer of the calendar in which the organizer has it.
 * @param access the access of the actor to that calendar
 * @param isPrivate whether the event is private before or after the change
 */
export function mayChangeEvent(
  actor: Actor,
  { attendees, organizerId }: EventRecord,
  access: CalendarAccess,
  isPrivate: boolean,
): Decision {
  const owner = attendees.find(({ userId }) => userId === organizerId);
  const decision = mayActFor(actor, { id: organizerId, protected: owner?.protected ?? true });
  return mayWriteIn(access, isPrivate) ? 'allow' : decision;
}

/** Why a writer of a calendar may not write an event in it; null: the caller is no writer, or may. */
export function whyNotWritten(access: CalendarAccess, isPrivate: boolean): string | null {
  return isPrivate && mayWriteIn(access, false)
    ? 'A writer needs a grant that shows private events to write a private event.'
    : null;
}

/** The calendar in which the organizer has an event; null: none, or its attendee was not read. */
export function organizersCalendarOf({
  organizerId,
  attendees,
}: Pick<PartialEventRecord, 'organizerId' | 'attendees'>): number | null {
  return attendees.find(({ userId }) => userId === organizerId)?.calendarId ?? null;
}

/** The calendar in which a user has an event; null: none. */
export function calendarOfAttendee(
  { attendees }: Pick<PartialEventRecord, 'attendees'>,
  userId: number,
): number | null {
  return attendees.find((attendee) => attendee.userId === userId)?.calendarId ?? null;
}

/**
 * Only the organizer and keys see the external id and the metadata of an event; a request without a token sees those of
 * an organizer who has no password, for whom it may act.
 */
export function seesProductData(
  actor: Actor,
  { organizerId, attendees }: Pick<PartialEventRecord, 'organizerId' | 'attendees'>,
): boolean {
  const organizer = attendees.find(({ userId }) => userId === organizerId);
  return mayActFor(actor, { id: organizerId, protected: organizer?.protected ?? true }) === 'allow';
}

/** The addresses of guests are for the organizer, attendees and keys. */
export function seesGuestAddresses(actor: Actor, event: PartialEventRecord): boolean {
  return attends(actor, event) || seesProductData(actor, event);
}

export function attends(actor: Actor, { attendees }: PartialEventRecord): boolean {
  return attendees.some(({ userId }) => isUser(actor, userId));
}

/** The users whom an attendee sees because of this event: the organizer, and attendees who have accepted. */
export function seenThrough(actor: Actor, event: PartialEventRecord): number[] {
  if (!attends(actor, event)) return [];
  return event.attendees
    .filter((attendee) => attendee.status === 'organizer' || shownStatus(attendee) === 'accepted')
    .map(({ userId }) => userId);
}

/**
 * The view of an actor who attends the event or sees it through calendars.
 * @param details whether the actor sees all of the event, and not its times alone
 */
export function eventSeenBy(actor: Actor, event: PartialEventRecord, details: boolean): EventView {
  const viewed = {
    viewerId: actor.kind === 'user' ? actor.userId : null,
    cancelled: event.status === 'cancelled',
    organizerTimeZone:
      event.attendees.find(({ userId }) => userId === event.organizerId)?.timeZone ?? event.timeZone,
  };
  return details
    ? { details: true, event, ...viewed, productData: productDataSeenBy(actor, event) }
    : { details: false, event, ...viewed };
}

/** What a product keeps with an event, as an actor sees it; null: the actor does not see it. */
export function productDataSeenBy(actor: Actor, event: PartialEventRecord): ProductData | null {
  return seesProductData(actor, event) ? event : null;
}
