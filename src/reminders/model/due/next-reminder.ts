import { formatCivilTime, type Instant } from '../../../calendar/time/civil-time.js';
import { type AttendeeStatuses, statusAtOccurrence } from '../../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../../scheduling/occurrences/event-occurrence.js';
import { inZoneOfReader } from '../../../scheduling/occurrences/floating-days.js';
import type { OccurrenceFinder } from '../../../scheduling/occurrences/occurrence-finder.js';
import type { Reminder } from '../../../users/model/reminder.js';
import type { DeliveredReminders } from '../delivered-reminders.js';
import type { PlannedEvent, RemindedAttendee } from '../planned-event.js';
import type { PendingReminderRecord } from '../reminder-records.js';
import { remindedOccurrence } from './reminded-occurrence.js';
import { dueOf, LATEST_AFTER_START } from './reminder-due.js';

/** Where the search for the next reminder begins. */
export interface ReminderSearch {
  /** Occurrences that start earlier are left out, but those whose reminder comes after their start and is yet to come. */
  readonly from: Instant;
  /** A reminder that was due earlier is skipped. */
  readonly dueFrom: Instant;
  /** Whether the next occurrence is exempt from `dueFrom`. A late reminder of the next occurrence still fires. */
  readonly lateForNext: boolean;
}

/**
 * Finds the first occurrence for which a reminder has yet to fire; null: there is none. The attendee takes part in the
 * occurrence, its reminder has not been delivered for its present start, and the reminder is due at `dueFrom` or later.
 * The next occurrence is also excepted from `dueFrom` if its reminder was delivered for another start, since the
 * attendee has to learn of the new start.
 */
export function nextReminder(
  event: PlannedEvent,
  attendee: RemindedAttendee,
  reminder: Reminder,
  { from, dueFrom, lateForNext }: ReminderSearch,
  delivered: DeliveredReminders,
  occurrences: OccurrenceFinder,
): PendingReminderRecord | null {
  const ofAttendee = {
    eventId: event.id,
    userId: attendee.userId,
    minutesBefore: reminder.minutesBefore,
    method: reminder.method,
  };
  let isNext = true;
  const own = inZoneOfReader(event, attendee.timeZone);
  const zones = { ofEvent: own.timeZone, ofUser: attendee.timeZone };
  const startsFrom = reminder.minutesBefore < 0 ? from - LATEST_AFTER_START : from;
  for (const occurrence of attended(own, attendee, startsFrom, occurrences)) {
    const { start, end, originalCivilStart } = occurrence;
    const originalStart = formatCivilTime(originalCivilStart);
    const dueAt = new Date(dueOf(reminder, start, zones));
    if (start < from && dueAt.getTime() < from) continue;
    const mayBeLate = isNext && (lateForNext || delivered.hasOccurrence(ofAttendee, originalStart));
    isNext = false;
    if (dueAt.getTime() < dueFrom && !mayBeLate) continue;
    const reminded = delivered
      .originalStartsAt(ofAttendee, dueAt)
      .some(
        (name) =>
          remindedOccurrence(own, name, start, occurrences)?.originalStart === occurrence.originalStart,
      );
    if (reminded) continue;
    return {
      ...ofAttendee,
      originalStart,
      url: reminder.url ?? null,
      startAt: new Date(start),
      endAt: new Date(end),
      dueAt,
      dueFrom: new Date(dueFrom),
    };
  }
  return null;
}

/**
 * Decides whether an attendee is reminded of an occurrence: the occurrence takes place, and the attendee has not
 * declined it. Unlike busy time, the decision depends neither on `showAs` nor on how pending invitations count: a user
 * may want a reminder of an event that does not make the user busy.
 */
export function takesPartIn(
  { status }: Pick<PlannedEvent, 'status'>,
  attendee: AttendeeStatuses,
): (occurrence: EventOccurrence) => boolean {
  const statusAt = statusAtOccurrence(attendee);
  return (occurrence) =>
    status === 'confirmed' && !occurrence.override?.cancelled && statusAt(occurrence) !== 'declined';
}

/** The occurrences from an instant on that the attendee takes part in, by start. */
function* attended(
  event: PlannedEvent,
  attendee: RemindedAttendee,
  from: Instant,
  occurrences: OccurrenceFinder,
): Generator<EventOccurrence, void, undefined> {
  if (event.status === 'cancelled') return;
  const takesPart = takesPartIn(event, attendee);
  for (const occurrence of candidates(event, attendee, from, occurrences))
    if (takesPart(occurrence)) yield occurrence;
}

/** The occurrences to search. If the series is declined, only those with an answer, so that the search ends. */
function candidates(
  event: PlannedEvent,
  { status, answers }: RemindedAttendee,
  from: Instant,
  occurrences: OccurrenceFinder,
): Iterable<EventOccurrence> {
  if (status !== 'declined') return occurrences.startingFrom(event, from);
  return answers
    .flatMap(({ originalStart }) => occurrences.withKey(event, originalStart) ?? [])
    .filter(({ start }) => start >= from)
    .toSorted((a, b) => a.start - b.start);
}
