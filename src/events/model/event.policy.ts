import { type Actor, isUser } from '../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../access/decision.js';
import type { EventTimesRow } from '../../scheduling/occurrences/series-row.js';
import type { EventRecord, OverrideRecord } from './event-record.js';

/** What somebody sees of an event: all of it, or nothing but when it is. */
export type EventView =
  | DetailedEventView
  | (Viewed & { readonly details: false; readonly event: EventTimesRow<OverrideRecord> });

export type DetailedEventView = Viewed & { readonly details: true; readonly event: EventRecord };

interface Viewed {
  /** Who sees it; null: nobody in particular. */
  readonly viewerId: number | null;
  /** Whether all of it is cancelled. */
  readonly cancelled: boolean;
}

/** An event is created by its organizer. */
export function mayCreateEventOf(actor: Actor, organizer: Subject): Decision {
  return mayActFor(actor, organizer);
}

/** An event is changed and deleted by its organizer. */
export function mayChangeEvent(actor: Actor, { attendees: [organizer] }: EventRecord): Decision {
  return mayActFor(actor, { id: organizer.userId, protected: organizer.protected });
}

/**
 * The details of a private event are seen by those who attend it, declined or not. Nobody in particular attends
 * nothing, not even what is organized by a user without a password.
 */
export function seesDetails(actor: Actor, event: EventRecord): boolean {
  return event.visibility === 'public' || attends(actor, event);
}

export function attends(actor: Actor, { attendees }: EventRecord): boolean {
  return attendees.some(({ userId }) => isUser(actor, userId));
}

/** The users whom an attendee sees by this event alone: those who organize it or have accepted it. */
export function seenThrough(actor: Actor, event: EventRecord): number[] {
  if (!attends(actor, event)) return [];
  return event.attendees
    .filter(({ status }) => status === 'organizer' || status === 'accepted')
    .map(({ userId }) => userId);
}

export function eventSeenBy(actor: Actor, event: EventRecord): EventView {
  const viewed = {
    viewerId: actor.kind === 'user' ? actor.userId : null,
    cancelled: event.status === 'cancelled',
  };
  return seesDetails(actor, event)
    ? { details: true, event, ...viewed }
    : { details: false, event, ...viewed };
}
