import type { CachedOwner } from '../../../scheduling/cache/calendar-entry-reader.js';
import type { AttendeeRecord } from '../../model/event-record.js';
import type { NewEventWithAttendees } from '../batch/new-events.repository.js';

/** A new event of which each attendee is a user whose calendar is in memory. */
export interface KnownEvent {
  readonly records: NewEventWithAttendees;
  /** The attendees, the organizer too, by user. */
  readonly owners: ReadonlyMap<number, CachedOwner>;
}

/** A row of an attendee that is not saved yet. */
export type NewAttendeeRow = Pick<AttendeeRecord, 'userId' | 'status' | 'role' | 'comment' | 'calendarId'>;

/** The attendees, the organizer first. Each has the event in the primary calendar. */
export function attendeesOf({ records: { event, attendees }, owners }: KnownEvent): NewAttendeeRow[] {
  const calendarOf = (userId: number): number | null => owners.get(userId)?.primary?.id ?? null;
  const { organizerId: userId } = event;
  const calendarId = calendarOf(userId);
  return [
    { userId, status: 'organizer', role: 'required', comment: null, calendarId },
    ...attendees.map((attendee) => ({
      userId: attendee.userId,
      status: attendee.status,
      role: attendee.role ?? 'required',
      comment: attendee.comment,
      calendarId: calendarOf(attendee.userId),
    })),
  ];
}
