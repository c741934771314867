import { DAY, HOUR, type Instant, MINUTE } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import type { EventTimesRecord } from '../../../scheduling/occurrences/series-record.js';
import type { Reminder } from '../../../users/model/reminder.js';

/**
 * Those of a user's reminders that apply to an event. A reminder at a time of a day is of all-day events only. If an all-day
 * event has such reminders, the others do not apply: they are meant for events with times.
 */
export function appliedReminders(
  { allDay }: Pick<EventTimesRecord, 'allDay'>,
  reminders: readonly Reminder[],
): readonly Reminder[] {
  if (!reminders.some(({ byDay }) => byDay)) return reminders;
  return reminders.filter(({ byDay }) => (byDay ?? false) === allDay);
}

/**
 * How long after its occurrence has started a reminder is due at the latest: a day of the user, whose zone may be a day behind
 * that of the event.
 */
export const LATEST_AFTER_START = 2 * DAY + 3 * HOUR;

/** The days of an event, and the user of a reminder of it. */
interface Zones {
  /** The zone of the event's days. */
  readonly ofEvent: string;
  readonly ofUser: string;
}

/** When a reminder of an occurrence is due. @param start the start of the occurrence */
export function dueOf(reminder: Reminder, start: Instant, zones: Zones): Instant {
  const before = reminder.minutesBefore * MINUTE;
  if (!reminder.byDay) return start - before;
  return timeZone(zones.ofUser).toInstant(dayOf(timeZone(zones.ofEvent).toCivil(start)) - before);
}

/** The start of the occurrence of which a reminder was due: the inverse of `dueOf`. */
export function startOfDue(reminder: Reminder, dueAt: Instant, zones: Zones): Instant {
  const before = reminder.minutesBefore * MINUTE;
  if (!reminder.byDay) return dueAt + before;
  return timeZone(zones.ofEvent).toInstant(dayOf(timeZone(zones.ofUser).toCivil(dueAt) + before));
}

/** Whole minutes from one instant to another. */
export function minutesBetween(from: Date, to: Date): number {
  return Math.round((to.getTime() - from.getTime()) / MINUTE);
}

/** Midnight of a civil time. A day may begin later than at midnight, and a time that a clock skips is an hour later. */
function dayOf(civil: number): number {
  return Math.floor(civil / DAY) * DAY;
}
