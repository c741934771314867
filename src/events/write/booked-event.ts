import type { Conflict } from '../../scheduling/booking/conflicts.service.js';
import type { AttendedEvent } from '../../scheduling/calendars/attended-event.js';
import type { DetailedEventView, EventView } from '../model/event.policy.js';
import type { EventRecord } from '../model/event-record.js';

/** An event that was changed. */
export interface ChangedEvent {
  readonly event: EventRecord;
  /** The conflicts that were found when its time was booked; null: the change takes no time that it did not take. */
  readonly booked: readonly Conflict[] | null;
}

/** A conflict, and of the events behind it those whose details the caller may see. */
export interface ExplainedConflict extends Conflict {
  readonly events: readonly Pick<EventRecord, 'id' | 'title'>[];
}

/** A saved event as the caller may see it. */
export interface BookedEventView {
  readonly view: EventView;
  readonly conflicts: readonly ExplainedConflict[];
}

/** A created event as its creator sees it. */
export interface CreatedEventView extends BookedEventView {
  readonly view: DetailedEventView;
}

/** An event as scheduling sees it. */
export function attended(event: EventRecord): AttendedEvent {
  const attendees = event.attendees.map(({ userId, status }) => ({
    userId,
    status,
    answers: event.answers.filter((answer) => answer.userId === userId),
  }));
  return { ...event, attendees };
}

/** The event as it concerns one of those who attend it. */
export function attendedBy(event: EventRecord, userId: number): AttendedEvent {
  const all = attended(event);
  return { ...all, attendees: all.attendees.filter((attendee) => attendee.userId === userId) };
}
