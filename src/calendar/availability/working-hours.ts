import { CalendarError } from '../calendar-error.js';
import type { Interval } from '../intervals/interval.js';
import { isEmpty } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, gaps, intersect, normalise } from '../intervals/interval-set.js';
import type { EpochDay, Weekday } from '../time/civil-time.js';
import { DAY, epochDayOfCivil, weekdayOf } from '../time/civil-time.js';
import type { TimeZone } from '../time/time-zone.js';
import { isoWeekday, isWeekday } from '../weekday.js';
import type { DateHours } from './hours/date-hours.js';
import { firstInstantReading } from './hours/first-instant.js';
import { type HoursOfDay, type HoursText, parseTimeOfDay } from './hours/hours-of-day.js';
import { SHIFT_ENDS, SHIFT_STARTS } from './hours/shift-times.js';

/** A shift that starts on each of the days of a week. */
export interface Shift extends HoursOfDay {
  readonly daysOfWeek: readonly Weekday[];
}

/**
 * All shifts of a week, and the hours of the dates that have hours of their own, in any order. Shifts may overlap and
 * touch, across midnight too. Each date comes at most once.
 */
export type WorkingHours = readonly (Shift | DateHours)[];

/** A shift as text. Days are 1 (Monday) to 7 (Sunday), and 0 is Sunday too. */
export interface ShiftText extends HoursText {
  readonly daysOfWeek: readonly number[];
}

const WHOLE_DAY: HoursOfDay = { from: 0, to: DAY };

/** The shifts of a person for whom any time is working time. The hours of dates may go with them. */
export const ANY_TIME: readonly Shift[] = [{ daysOfWeek: [1, 2, 3, 4, 5, 6, 7], ...WHOLE_DAY }];

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
export function parseWorkingHours(shifts: readonly ShiftText[]): readonly Shift[] | null {
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

/** Returns whether a row of working hours is a shift of a week, not the hours of a date. */
export function isWeekly(row: Shift | DateHours): row is Shift {
  return 'daysOfWeek' in row;
}

/**
 * Returns the working time within a window. Shifts that overlap or touch are one interval. Returns `[]` for an empty
 * window or one without a shift. The hours of a date replace the shifts that start on the date. A shift that has started
 * on the day before goes on.
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
  const dates = new Map<EpochDay, readonly HoursOfDay[]>();
  for (const row of hours) if (!isWeekly(row)) dates.set(row.date, row.hours);
  const shifts = hours.filter(isWeekly);
  const working: Interval[] = [];
  for (let day = dayBefore; day <= dayAfter; day += 1) {
    const ofDate = dates.get(day);
    if (ofDate === undefined) {
      const weekday = weekdayOf(day);
      for (const shift of shifts)
        if (shift.daysOfWeek.includes(weekday)) working.push(intervalOn(day, shift, zone));
    } else for (const each of ofDate) working.push(intervalOn(day, each, zone));
  }
  return clip(normalise(working), window);
}

function intervalOn(day: EpochDay, { from, to }: HoursOfDay, zone: TimeZone): Interval {
  const lastDay = from < to ? day : day + 1;
  return {
    start: firstInstantReading(day * DAY + from, zone),
    end: firstInstantReading(lastDay * DAY + to, zone),
  };
}

/**
 * Returns the time of a window that is not working time by the hours of dates: the rest of these dates, and the time of
 * the shifts that these hours replace. All other time outside of the working time is outside of the shifts of the week.
 * A date lasts from the first instant at which the wall clock of the zone reaches it to the first instant at which the
 * clock reaches the next date.
 *
 * @param working the working time of the window, as `workingTime` returns it
 * @example outsideDateHours(hours, zone, window, workingTime(hours, zone, window));
 */
export function outsideDateHours(
  hours: WorkingHours,
  zone: TimeZone,
  window: Interval,
  working: IntervalSet,
): IntervalSet {
  const shifts = hours.filter(isWeekly);
  if (shifts.length === hours.length) return [];
  const dates = hours.flatMap((row) => (isWeekly(row) ? [] : [intervalOn(row.date, WHOLE_DAY, zone)]));
  const concerned = normalise(dates.concat(workingTime(shifts, zone, window)));
  return intersect(gaps(working, window), concerned);
}
