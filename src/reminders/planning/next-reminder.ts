import {
  type CivilTime,
  formatCivilTime,
  type Instant,
  MINUTE,
  parseCivilTime,
} from '../../calendar/civil-time.js';
import { timeZone } from '../../calendar/time-zone.js';
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

/** The occurrences from an instant on that the attendee has not declined, by start. */
function* attended(
  event: PlannedEvent,
  { status, answers }: RemindedAttendee,
  from: Instant,
  occurrences: OccurrencesService,
): Generator<EventOccurrence, void, undefined> {
  if (event.status === 'cancelled') return;
  const answerTo = new Map(answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]));
  if (status === 'declined') {
    // An endless series would be searched without end for what this attendee still takes part in.
    const kept = [...answerTo].filter(([, answer]) => answer !== 'declined').map(([start]) => start);
    yield* named(event, kept, occurrences).filter(({ start }) => start >= from);
    return;
  }
  for (const occurrence of occurrences.startingFrom(event, from)) {
    if (answerTo.get(occurrence.originalCivilStart) !== 'declined') yield occurrence;
  }
}

/** The occurrences of these original starts that take place, by start. */
function named(
  event: PlannedEvent,
  originalStarts: readonly CivilTime[],
  occurrences: OccurrencesService,
): EventOccurrence[] {
  const zone = timeZone(event.timeZone);
  return originalStarts
    .flatMap((civil) => occurrences.at(event, zone.toInstant(civil)) ?? [])
    .filter(({ override }) => !override?.cancelled)
    .toSorted((a, b) => a.start - b.start);
}
