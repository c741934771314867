import { formatCivilTime, type Instant, MINUTE } from '../../calendar/civil-time.js';
import type { EventOccurrence, OccurrencesService } from '../../scheduling/occurrences.service.js';
import type { Reminder } from '../../users/reminder.js';
import { reminderKeyText } from '../reminder-key.js';
import type { PendingRow } from './pending-reminders.repository.js';
import type { PlannedEvent, RemindedAttendee } from './planned-events.repository.js';

/**
 * What a reminder is due for next: the first occurrence that starts at `from` or later, is attended, and has not
 * been reminded of; null where there is none.
 * @param delivered the texts of the keys that are done, those of the past left out or not
 */
export function nextReminder(
  event: PlannedEvent,
  attendee: RemindedAttendee,
  reminder: Reminder,
  from: Instant,
  delivered: ReadonlySet<string>,
  occurrences: OccurrencesService,
): PendingRow | null {
  const ofAttendee = {
    eventId: event.id,
    userId: attendee.userId,
    minutesBefore: reminder.minutes_before,
    method: reminder.method,
  };
  for (const { start, end, originalCivilStart } of attended(event, attendee, from, occurrences)) {
    const key = { ...ofAttendee, originalStart: formatCivilTime(originalCivilStart) };
    if (delivered.has(reminderKeyText(key))) continue;
    return {
      ...key,
      url: reminder.url ?? null,
      startAt: new Date(start),
      endAt: new Date(end),
      dueAt: new Date(start - reminder.minutes_before * MINUTE),
    };
  }
  return null;
}

/** Whether an attendee is to be reminded of an occurrence: it takes place, and the attendee has not declined it. */
export function takesPart(
  event: PlannedEvent,
  { status, answers }: RemindedAttendee,
  { originalCivilStart, override }: EventOccurrence,
): boolean {
  if (event.status === 'cancelled' || override?.cancelled) return false;
  const key = formatCivilTime(originalCivilStart);
  return (answers.find(({ originalStart }) => originalStart === key)?.status ?? status) !== 'declined';
}

/** The occurrences from an instant on that the attendee takes part in, by start. */
function* attended(
  event: PlannedEvent,
  attendee: RemindedAttendee,
  from: Instant,
  occurrences: OccurrencesService,
): Generator<EventOccurrence, void, undefined> {
  if (event.status === 'cancelled') return;
  for (const occurrence of candidates(event, attendee, from, occurrences)) {
    if (takesPart(event, attendee, occurrence)) yield occurrence;
  }
}

/** Where the whole series is declined, only those answered apart: an endless one would be searched without end. */
function candidates(
  event: PlannedEvent,
  { status, answers }: RemindedAttendee,
  from: Instant,
  occurrences: OccurrencesService,
): Iterable<EventOccurrence> {
  if (status !== 'declined') return occurrences.startingFrom(event, from);
  return answers
    .flatMap(({ originalStart }) => occurrences.withKey(event, originalStart) ?? [])
    .filter(({ start }) => start >= from)
    .toSorted((a, b) => a.start - b.start);
}
