import type { ReminderTime } from '../reminder.js';

const MINUTES_OF_DAY = 1_440;

/**
 * Minutes of the clocks from a time of a day to the midnight at which the first day of an event begins; negative after this
 * midnight.
 *
 * @example minutesBeforeDay({ daysBefore: 1, at: '09:00' }) // 900
 */
export function minutesBeforeDay({ daysBefore, at }: ReminderTime): number {
  const [hours, minutes] = at.split(':').map(Number);
  return daysBefore * MINUTES_OF_DAY - (hours * 60 + minutes);
}

/** The inverse of `minutesBeforeDay`. */
export function reminderTimeOf(minutesBefore: number): ReminderTime {
  const daysBefore = Math.max(0, Math.ceil(minutesBefore / MINUTES_OF_DAY));
  const minutes = daysBefore * MINUTES_OF_DAY - minutesBefore;
  return { daysBefore, at: `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}` };
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
