import { CalendarError } from '../calendar-error.js';

/** A point on the time line: milliseconds since 1970-01-01T00:00:00Z, negative before it. */
export type Instant = number;

/**
 * The reading of a wall clock, without a zone: the milliseconds of the `Instant` with the same reading in UTC. The
 * civil time of a date is its midnight. If a zone sets its clocks back, two instants have the same reading; the later
 * one has half a millisecond more, `SECOND_PASS`.
 */
export type CivilTime = number;

/** Like `fold` of Python's PEP 495. Half a millisecond is exact in a double, and no other civil time has a fraction. */
export const SECOND_PASS = 0.5;

/** A date as the number of days since 1970-01-01, which is day 0. */
export type EpochDay = number;

/** ISO 8601 weekday: 1 is Monday, 7 is Sunday. */
export type Weekday = number;

/** A date of the proleptic Gregorian calendar. */
export interface CivilDate {
  readonly year: number;
  /** 1 (January) to 12 (December). */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** A second in milliseconds. */
export const SECOND = 1_000;

/** A minute in milliseconds. */
export const MINUTE = 60 * SECOND;

/** An hour in milliseconds. */
export const HOUR = 60 * MINUTE;

/** 24 hours in milliseconds. A day in a time zone is shorter or longer if the clocks change. */
export const DAY = 24 * HOUR;

/** The first year of the calendar. Before 1900, most zones had local mean time, which no calendar needs. */
export const FIRST_YEAR = 1900;

/** The last year of the calendar, after all plans. A search in an endless series stops at its last day. */
export const LAST_YEAR = 2999;

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const EPOCH_DAY_OF_YEAR_0 = -719_528;

/**
 * Returns whether a year has a 29 February (proleptic Gregorian).
 * @example isLeapYear(2000) // true; isLeapYear(1900) // false
 * @public Unit tests use it.
 */
export function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/**
 * Returns the number of days in a month. `month` is 1 to 12.
 * @example daysInMonth(2024, 2) // 29
 */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : DAYS_IN_MONTH[month - 1];
}

/**
 * Returns the number of days in a year: 365 or 366.
 * @example daysInYear(2023) // 365
 */
export function daysInYear(year: number): number {
  return isLeapYear(year) ? 366 : 365;
}

/**
 * Returns the epoch day of a date. `month` is 1 to 12. `day` counts from the first of the month and may be zero,
 * negative or after its end.
 * @example epochDayOf(1970, 1, 2) // 1
 */
export function epochDayOf(year: number, month: number, day: number): EpochDay {
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const leapDayOfYear = month > 2 && isLeapYear(year) ? 1 : 0;
  return (
    EPOCH_DAY_OF_YEAR_0 +
    366 +
    before * 365 +
    leapDays +
    DAYS_BEFORE_MONTH[month - 1] +
    leapDayOfYear +
    day -
    1
  );
}

/**
 * Returns the date of an epoch day, by Howard Hinnant's `civil_from_days` (years that begin in March).
 * @example civilDateOf(1) // { year: 1970, month: 1, day: 2 }
 */
export function civilDateOf(epochDay: EpochDay): CivilDate {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/**
 * Returns the ISO weekday of an epoch day.
 * @example weekdayOf(0) // 4, a Thursday
 */
export function weekdayOf(epochDay: EpochDay): Weekday {
  return modulo(epochDay + 3, 7) + 1;
}

/**
 * Returns the epoch day that contains a civil time; a midnight is in the day that it starts.
 * @example epochDayOfCivil(parseCivilTime('1970-01-02T23:59:59')) // 1
 */
export function epochDayOfCivil(civil: CivilTime): EpochDay {
  return Math.floor(civil / DAY);
}

/**
 * Returns the milliseconds since midnight of a civil time: from 0 to less than `DAY`.
 * @example timeOfDay(parseCivilTime('2022-09-06T01:00:00')) // 3_600_000
 */
export function timeOfDay(civil: CivilTime): number {
  return civil - epochDayOfCivil(civil) * DAY;
}

/**
 * Returns the civil time of a date and a time of day. Nothing is checked: larger values carry over, except `month`.
 * @example civilTimeOf(2022, 9, 6, 17, 16, 47) // of 2022-09-06T17:16:47
 */
export function civilTimeOf(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): CivilTime {
  return epochDayOf(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND;
}

const CIVIL_TIME =
  /^(\d{4})(?:-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}):(\d{2}))?|(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2}))?)$/;

/**
 * Reads a civil time in extended or basic ISO 8601 form, to the second; a date without a time is its midnight. The
 * basic form is DATE or DATE-TIME of iCalendar (RFC 5545 §3.3.4 and §3.3.5).
 * @throws CalendarError `invalid_civil_time` for offsets and `Z`, fractions, leap seconds, hour 24, and dates that do not
 * exist in the years 0001 to 9999
 * @example parseCivilTime('2022-09-06T17:16:47') === parseCivilTime('20220906T171647')
 */
export function parseCivilTime(text: string): CivilTime {
  const match = CIVIL_TIME.exec(text);
  if (match) {
    const [, year, ...rest] = match.map(Number);
    const [month, day, hour, minute, second] = match[2] === undefined ? rest.slice(5) : rest;
    const isDate = year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
    if (isDate && !(hour > 23 || minute > 59 || second > 59))
      return civilTimeOf(year, month, day, hour || 0, minute || 0, second || 0);
  }
  throw new CalendarError(
    'invalid',
    'invalid_civil_time',
    `"${text.slice(0, 40)}" is not a date or a local date and time such as 2022-09-06T17:16:47.`,
  );
}

/**
 * Writes a civil time in extended ISO 8601 form, to the second. The text does not contain the pass.
 * @example formatCivilTime(0) // '1970-01-01T00:00:00'
 */
export function formatCivilTime(civil: CivilTime): string {
  const time = timeOfDay(civil);
  return `${formatCivilDate(civil)}T${two(time / HOUR)}:${two((time / MINUTE) % 60)}:${two((time / SECOND) % 60)}`;
}

/**
 * Writes the date of a civil time in extended ISO 8601 form.
 * @example formatCivilDate(0) // '1970-01-01'
 */
export function formatCivilDate(civil: CivilTime): string {
  const { year, month, day } = civilDateOf(epochDayOfCivil(civil));
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
}

/**
 * Writes a civil time in the basic form of iCalendar's DATE-TIME (RFC 5545 §3.3.5), without `Z`.
 * @example formatBasicCivilTime(0) // '19700101T000000'
 */
export function formatBasicCivilTime(civil: CivilTime): string {
  return formatCivilTime(civil).replaceAll('-', '').replaceAll(':', '');
}

/**
 * Writes the date of a civil time in the basic form of iCalendar's DATE (RFC 5545 §3.3.4).
 * @example formatBasicCivilDate(0) // '19700101'
 */
export function formatBasicCivilDate(civil: CivilTime): string {
  return formatCivilDate(civil).replaceAll('-', '');
}

/**
 * Returns whether a civil time means the second pass of an hour that the clocks repeat.
 * @example isSecondPass(parseCivilTime('2026-10-25T02:30:00') + SECOND_PASS) // true
 */
export function isSecondPass(civil: CivilTime): boolean {
  return civil !== Math.floor(civil);
}

/**
 * Returns a civil time without its pass: the reading of the clocks.
 * @example wallClock(civil + SECOND_PASS) === civil // true
 */
export function wallClock(civil: CivilTime): CivilTime {
  return Math.floor(civil);
}

/**
 * Returns the remainder of a division by a positive divisor; never negative.
 * @example modulo(-1, 7) // 6
 */
export function modulo(value: number, divisor: number): number {
  return value - Math.floor(value / divisor) * divisor;
}

function two(value: number): string {
  const whole = Math.floor(value);
  return whole < 10 ? `0${whole}` : String(whole);
}
