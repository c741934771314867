import type { FieldError } from '../../../errors/domain-error.js';
import { DAY, type EpochDay, epochDayOfCivil } from '../../time/civil-time.js';
import { parseWhen } from '../../time/when.js';
import { type HoursOfDay, type HoursText, parseTimeOfDay } from './hours-of-day.js';
import { SHIFT_ENDS, SHIFT_STARTS, type ShiftTimes } from './shift-times.js';

/**
 * The hours of one date. They replace the shifts of a week that start on the date. A shift that has started on the day
 * before goes on. If `hours` is empty, no hours start on the date.
 */
export interface DateHours {
  readonly date: EpochDay;
  readonly hours: readonly HoursOfDay[];
}

/** The hours of a date as text. The date is `YYYY-MM-DD`. */
export interface DateHoursText {
  readonly date: string;
  readonly intervals: readonly HoursText[];
}

/** The largest number of dates with hours of their own: each day of a year, and a month more. Each search reads all of them. */
export const MAX_DATE_HOURS = 400;

/** The largest number of intervals of one date: more than a day of consultations has. */
export const MAX_INTERVALS_OF_DATE = 10;

/**
 * Reads the hours of dates that have no fault.
 *
 * @example parseDateHours([{ date: '2026-12-24', intervals: [{ from: '09:00', to: '12:00' }] }]);
 */
export function parseDateHours(dates: readonly DateHoursText[]): DateHours[] {
  return dates.map(({ date, intervals }) => ({
    date: epochDayOf(date) ?? Number.NaN,
    hours: intervals.map(parseHours),
  }));
}

/**
 * Returns the faults of the hours of dates; `[]` if there are none. Each date has to be a real one of the years 1900 to
 * 2999, and to come once. The intervals of a date must not overlap, and may touch. The fields are paths within the
 * list, such as `0.intervals.1.to`. The field `''` is the list.
 *
 * @example dateHoursFaults([{ date: '2026-02-30', intervals: [] }]); // [{ field: '0.date', message: … }]
 */
export function dateHoursFaults(dates: readonly DateHoursText[]): FieldError[] {
  if (dates.length > MAX_DATE_HOURS) return [{ field: '', message: `must hold at most ${MAX_DATE_HOURS}` }];
  const known = new Set<string>();
  return dates.flatMap(({ date, intervals }, index) => {
    const fault = dateFault(date, known);
    known.add(date);
    return [
      ...(fault === null ? [] : [{ field: `${index}.date`, message: fault }]),
      ...intervalFaults(intervals).map(({ field, message }) => ({
        field: `${index}.intervals${field}`,
        message,
      })),
    ];
  });
}

function dateFault(date: string, known: ReadonlySet<string>): string | null {
  if (epochDayOf(date) === null) return 'must be a real date such as 2022-09-06, in the years 1900 to 2999';
  return known.has(date) ? 'must not name a date twice' : null;
}

function intervalFaults(intervals: readonly HoursText[]): FieldError[] {
  if (intervals.length > MAX_INTERVALS_OF_DATE)
    return [{ field: '', message: `must hold at most ${MAX_INTERVALS_OF_DATE}` }];
  const known: HoursOfDay[] = [];
  return intervals.flatMap((text, index) => {
    const fault = hoursFault(text, known);
    if (fault !== null) return [{ ...fault, field: `.${index}.${fault.field}` }];
    known.push(parseHours(text));
    return [];
  });
}

function hoursFault(text: HoursText, known: readonly HoursOfDay[]): FieldError | null {
  if (!SHIFT_STARTS.patternWithSeconds.test(text.from))
    return { field: 'from', message: outOf(SHIFT_STARTS) };
  if (!SHIFT_ENDS.patternWithSeconds.test(text.to)) return { field: 'to', message: outOf(SHIFT_ENDS) };
  const hours = parseHours(text);
  if (hours.from === hours.to) {
    const wholeDay = `the whole day is ${SHIFT_ENDS.first} to ${SHIFT_ENDS.last}`;
    return { field: 'to', message: `must differ from the start; ${wholeDay}` };
  }
  return known.some((other) => hours.from < endOf(other) && other.from < endOf(hours))
    ? { field: 'from', message: 'must not overlap another interval of the date' }
    : null;
}

function outOf({ first, last }: ShiftTimes): string {
  return `must be a time of day from ${first} to ${last}`;
}

/** Milliseconds after the midnight at which the date starts. */
function endOf({ from, to }: HoursOfDay): number {
  return from < to ? to : to + DAY;
}

function parseHours({ from, to }: HoursText): HoursOfDay {
  return { from: parseTimeOfDay(from), to: parseTimeOfDay(to) };
}

function epochDayOf(text: string): EpochDay | null {
  const when = parseWhen(text);
  return when?.kind === 'date' ? epochDayOfCivil(when.civil) : null;
}
