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
  const organizer = {
    userId: event.organizerId,
    status: 'organizer',
    role: 'required',
    comment: null,
  } as const;
  const invited = attendees.map(({ userId, status, role = 'required', comment }) => ({
    userId,
    status,
    role,
    comment,
  }));
  return [organizer, ...invited].map((attendee) => ({
    ...attendee,
    calendarId: owners.get(attendee.userId)?.primary?.id ?? null,
  }));
}
