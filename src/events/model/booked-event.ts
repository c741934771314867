import type { ParticipationStatus } from '../../calendar/availability/free-busy.js';
import type { CivilTime, Instant } from '../../calendar/time/civil-time.js';
import type { BookableEvent } from '../../scheduling/booking/bookable-event.js';
import type { Conflict } from '../../scheduling/booking/conflicts/conflict.js';
import type { DetailedEventView, EventView } from './event.policy.js';
import type { AttendeeRecord, EventRecord, PartialEventRecord, RecordedOccurrence } from './event-record.js';
import type { RoomWarning } from './room-warning.js';

/** A conflict with those of the events behind it whose details the caller may see. */
export interface ExplainedConflict extends Conflict {
  readonly events: readonly Pick<EventRecord, 'id' | 'title'>[];
}

/** The conflicts of a saved event. */
export interface ExplainedConflicts {
  readonly conflicts: readonly ExplainedConflict[];
  /** The instant up to which the service has looked for conflicts; null: they are those of all occurrences. */
  readonly conflictsCheckedUntil: Instant | null;
}

/** No conflicts of an event are searched for, not even of its first occurrence. */
export function notSearched({ startAt }: Pick<EventRecord, 'startAt'>): ExplainedConflicts {
  return { conflicts: [], conflictsCheckedUntil: startAt.getTime() };
}

/** The result of the booking of an event's time. */
export interface BookedTime extends ExplainedConflicts {
  /** The civil original starts of the occurrences that the request left out; null: its policy leaves out none. */
  readonly skipped: readonly CivilTime[] | null;
  /** The rooms that are too small. */
  readonly warnings: readonly RoomWarning[];
}

/** The view of an event, with the result of its booking and nothing else of `booked`. */
export function withBookedTime<View>(view: View, booked: BookedTime): BookedTime & { readonly view: View } {
  const { conflicts, conflictsCheckedUntil, skipped, warnings } = booked;
  return { view, conflicts, conflictsCheckedUntil, skipped, warnings };
}

/** A saved event as the caller may see it. */
export interface BookedEventView extends BookedTime {
  readonly view: EventView;
  /** Empty if the caller does not see the details of the event. */
  readonly warnings: readonly RoomWarning[];
}

/** A created event as its creator sees it. */
export interface CreatedEventView extends BookedEventView {
  readonly view: DetailedEventView;
}

/** A changed occurrence of an event, with the conflicts of the time that the change books. */
export interface BookedOccurrenceView extends BookedEventView {
  readonly occurrence: RecordedOccurrence;
}

/** The event as scheduling sees it. */
export function toAttendedEvent(event: EventRecord): BookableEvent {
  return attendedBy(event, event.attendees);
}

/** The event as it concerns one of its attendees. */
export function toEventOfAttendee(event: PartialEventRecord, userId: number): BookableEvent {
  return attendedBy(
    event,
    event.attendees.filter((attendee) => attendee.userId === userId),
  );
}

/** The event as if the attendees had declined what they have not answered: the event, or single occurrences. */
export function withoutUnansweredTime(event: BookableEvent): BookableEvent {
  return {
    ...event,
    attendees: event.attendees.map((attendee) => ({
      ...answered(attendee),
      answers: attendee.answers.map(answered),
    })),
  };
}

function answered<T extends { readonly status: ParticipationStatus }>(one: T): T {
  return one.status === 'needs_action' ? { ...one, status: 'declined' as const } : one;
}

function attendedBy(event: PartialEventRecord, attendees: readonly AttendeeRecord[]): BookableEvent {
  return {
    ...event,
    attendees: attendees.map(({ userId, calendarId, status, timeZone }) => ({
      userId,
      calendarId,
      timeZone,
      status,
      answers: event.answers.filter((answer) => answer.userId === userId),
    })),
  };
}
