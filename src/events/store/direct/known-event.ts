import type { BookableEvent } from '../../../scheduling/booking/bookable-event.js';
import type { CachedOwner } from '../../../scheduling/cache/calendar-entry-reader.js';
import type { PlannedReminder } from '../../model/attendance/planned-reminder.js';
import type { NewAttendee } from '../../model/commands.js';
import type { AttendeeRecord, EventFields } from '../../model/event-record.js';
import { eventTimesFrom } from '../time-columns.js';

/** A new event of which each attendee is a user whose calendar is in memory. */
export interface KnownEvent {
  readonly event: EventFields;
  /** Without the organizer, in the order of invitation. */
  readonly attendees: readonly NewAttendee[];
  /** The attendees, the organizer too, by user. */
  readonly owners: ReadonlyMap<number, CachedOwner>;
  /** Whether the event opens invitations whose number is limited. */
  readonly isLimited: boolean;
  readonly reminders: readonly PlannedReminder[];
}

/** A row of an attendee that is not saved yet. */
export type NewAttendeeRow = Pick<AttendeeRecord, 'userId' | 'status' | 'role' | 'comment' | 'calendarId'>;

/** The attendees, the organizer first. Each has the event in the primary calendar. */
export function attendeesOf({
  event,
  attendees,
  owners,
}: Pick<KnownEvent, 'event' | 'attendees' | 'owners'>): NewAttendeeRow[] {
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

/** An event that is not saved yet, as scheduling sees it. */
export function bookableEvent(
  known: Pick<KnownEvent, 'event' | 'attendees' | 'owners'>,
): BookableEvent & EventFields {
  const { event, owners } = known;
  return {
    ...event,
    ...eventTimesFrom(endsOf(event.span), event),
    id: 0,
    overrides: [],
    attendees: attendeesOf(known).map(({ userId, status, calendarId }) => ({
      userId,
      status,
      calendarId,
      timeZone: owners.get(userId)?.timeZone ?? event.timeZone,
      answers: [],
    })),
  };
}

/** The ends of a range literal of PostgreSQL. */
export function endsOf(span: string): { readonly startAt: string; readonly endAt: string | null } {
  const [startAt, endAt] = span.slice(1, -1).split(',');
  return { startAt, endAt: endAt === '' ? null : endAt };
}
