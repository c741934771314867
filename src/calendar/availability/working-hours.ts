import { CalendarError } from '../calendar-error.js';
import type { Interval } from '../intervals/interval.js';
import { isEmpty } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, normalise } from '../intervals/interval-set.js';
import type { CivilTime, Instant, Weekday } from '../time/civil-time.js';
import { DAY, epochDayOfCivil, HOUR, MINUTE, SECOND, weekdayOf } from '../time/civil-time.js';
import type { TimeZone } from '../time/time-zone.js';
import { isoWeekday, isWeekday } from '../weekday.js';
import { SHIFT_ENDS, SHIFT_STARTS } from './shift-times.js';

/**
 * A shift that starts on each of the days. `from` and `to` are milliseconds after midnight of the wall clock: `from` is
 * less than 24 hours, `to` at most 24 hours. If `from` is later than `to`, the shift ends on the next day. `from` and
 * `to` are never equal.
 */
export interface Shift {
  readonly daysOfWeek: readonly Weekday[];
  readonly from: number;
  readonly to: number;
}

/** All shifts of a week, in any order. They may overlap and touch, across midnight too. */
export type WorkingHours = readonly Shift[];

/** A shift as text. Days are 1 (Monday) to 7 (Sunday), and 0 is Sunday too; times are `HH:MM` or `HH:MM:SS`. */
export interface ShiftText {
  readonly daysOfWeek: readonly number[];
  readonly from: string;
  readonly to: string;
}

/**
 * The largest number of shifts: seven for each day of the week, more than any rota has. Each search reads all of them.
 */
export const MAX_SHIFTS = 50;

/**
 * Reads and checks working hours. Returns null without shifts, which means that any time is working time. A shift may
 * end at `24:00`, and the end `00:00` is the same midnight. `from` and `to` must differ, since 09:00 to 09:00 could
 * mean no time or a whole day; a whole day is 00:00 to 24:00.
 *
 * @throws CalendarError `invalid_working_hours`, which names the first wrong shift by its number, from 1
 * @example parseWorkingHours([{ daysOfWeek: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }]);
 */
export function parseWorkingHours(shifts: readonly ShiftText[]): WorkingHours | null {
  if (shifts.length > MAX_SHIFTS) {
    throw new CalendarError(
      'invalid',
      'invalid_working_hours',
      `Working hours take at most ${MAX_SHIFTS} shifts.`,
    );
  }
  return shifts.length === 0 ? null : shifts.map(parseShift);
}

function parseShift({ daysOfWeek, from, to }: ShiftText, at: number): Shift {
  const refuse = (why: string) =>
    new CalendarError('invalid', 'invalid_working_hours', `Shift ${at + 1} of the working hours ${why}.`);
  if (daysOfWeek.length === 0) throw refuse('names no day of the week');
  const weekdays = daysOfWeek.map(isoWeekday);
  if (!weekdays.every(isWeekday)) throw refuse('has a day of the week that is not 1 (Monday) to 7 (Sunday)');
  if (!SHIFT_STARTS.patternWithSeconds.test(from))
    throw refuse(`must start at a time from ${SHIFT_STARTS.first} to ${SHIFT_STARTS.last}:59`);
  if (!SHIFT_ENDS.patternWithSeconds.test(to))
    throw refuse(`must end at a time from ${SHIFT_ENDS.first} to ${SHIFT_ENDS.last}`);
  const shift = { from: parseTimeOfDay(from), to: parseTimeOfDay(to) };
  if (shift.from === shift.to) {
    throw refuse(
      `starts and ends at the same time; the whole day is ${SHIFT_ENDS.first} to ${SHIFT_ENDS.last}`,
    );
  }
  return { ...shift, daysOfWeek: [...new Set(weekdays)] };
}

function parseTimeOfDay(text: string): number {
  const [hour, minute, second = 0] = text.split(':').map(Number);
  return hour * HOUR + minute * MINUTE + second * SECOND;
}

/**
 * Returns the working time within a window. Shifts that overlap or touch are one interval. Returns `[]` for an empty
 * window or one without a shift.
 *
 * A shift lasts from the first instant at which the wall clock of the zone has reached `from` to the first instant at
 * which it has reached `to`. A boundary in a gap of the zone is at the change of the clocks. A boundary that comes
 * twice is at the first pass. A shift across a change of the clocks is shorter or longer by it.
 *
 * @example workingTime([{ daysOfWeek: [1], from: 9 * HOUR, to: 18 * HOUR }], timeZone('Europe/Moscow'), thisWeek);
 */
export function workingTime(hours: WorkingHours, zone: TimeZone, window: Interval): IntervalSet {
  if (isEmpty(window)) return [];
  const dayBefore = epochDayOfCivil(zone.toCivil(window.start)) - 1;
  const dayAfter = epochDayOfCivil(zone.toCivil(window.end)) + 1;
  const shifts: Interval[] = [];
  for (let day = dayBefore; day <= dayAfter; day += 1) {
    const weekday = weekdayOf(day);
    for (const { daysOfWeek, from, to } of hours) {
      if (!daysOfWeek.includes(weekday)) continue;
      const lastDay = from < to ? day : day + 1;
      shifts.push({
        start: firstInstantReading(day * DAY + from, zone),
        end: firstInstantReading(lastDay * DAY + to, zone),
      });
    }
  }
  return clip(normalise(shifts), window);
}

/** Returns the first instant at which the zone's wall clock reads the civil time or a later one. */
function firstInstantReading(civil: CivilTime, zone: TimeZone): Instant {
  const instant = zone.toInstant(civil);
  const skipped = zone.toCivil(instant) - civil;
  if (skipped === 0) return instant;
  return zone.nextTransition(instant - skipped, instant + 1) ?? instant;
}
