import { DAY, daysInMonth, type EpochDay, weekdayOf } from '../../time/civil-time.js';
import type { NumberBuffer } from '../../time/number-buffer.js';
import type { RecurrenceRule, RuleWeekday } from './recurrence-rule.js';

/** A set of days of one month, as bits: bit `d - 1` is day `d`. */
export type MonthDays = number;

/** A set of weekdays, as bits: bit 0 is Monday, bit 6 is Sunday. */
export type WeekdaySet = number;

/** The parts of a rule that limit the days of one month. */
export interface MonthFilter {
  /** As bits: bit `m - 1` is month `m`. */
  readonly months: number;
  /** BYMONTHDAY, negative from the end of the month; empty: every day. */
  readonly monthDays: readonly number[];
  /** BYDAY without ordinals; with no ordinals either, every day. */
  readonly weekdays: WeekdaySet;
  readonly ordinals: readonly RuleWeekday[];
}

const ALL_MONTHS = 0xfff;
const ALL_DAYS: MonthDays = 0x7fff_ffff;

/** A set of seven bits times this number is the set repeated every seven bits. */
const EVERY_WEEK = 0x1020_4081;

/**
 * The filter of BYMONTH, BYMONTHDAY and BYDAY. Ordinals count within the month.
 * @example monthFilterOf(parseRecurrenceRule('FREQ=MONTHLY;BYDAY=1TU')).ordinals // [{ weekday: 2, ordinal: 1 }]
 */
export function monthFilterOf(rule: Pick<RecurrenceRule, 'byMonth' | 'byMonthDay' | 'byDay'>): MonthFilter {
  return {
    months: rule.byMonth.length === 0 ? ALL_MONTHS : bits(rule.byMonth),
    monthDays: rule.byMonthDay,
    weekdays: weekdaySetOf(rule.byDay),
    ordinals: rule.byDay.filter(({ ordinal }) => ordinal !== null),
  };
}

/**
 * The weekdays of BYDAY without an ordinal, as a set.
 * @example weekdaySetOf([{ weekday: 3, ordinal: null }]) // 0b100
 */
export function weekdaySetOf(byDay: readonly RuleWeekday[]): WeekdaySet {
  return bits(byDay.filter(({ ordinal }) => ordinal === null).map(({ weekday }) => weekday));
}

/**
 * The days of a month that pass a filter. `firstDay` is the first day of the month.
 * @example daysOfMonth(filter, 2022, 9, epochDayOf(2022, 9, 1))
 */
export function daysOfMonth(filter: MonthFilter, year: number, month: number, firstDay: EpochDay): MonthDays {
  if ((filter.months & (1 << (month - 1))) === 0) return 0;
  const length = daysInMonth(year, month);
  let days = ALL_DAYS >>> (31 - length);
  if (filter.monthDays.length > 0) days &= numberedDays(filter.monthDays, length);
  if (filter.weekdays !== 0 || filter.ordinals.length > 0) {
    const firstWeekday = weekdayOf(firstDay);
    days &= everyWeekday(filter.weekdays, firstWeekday) | nthWeekdays(filter.ordinals, firstWeekday, length);
  }
  return days;
}

/**
 * Adds the midnights of a set of days to a buffer, ascending. `firstDay` is the first day of the month.
 * @example addMonthDays(0b101, epochDayOf(2022, 9, 1), midnights) // 1 and 3 September
 */
export function addMonthDays(days: MonthDays, firstDay: EpochDay, into: NumberBuffer): void {
  for (let rest = days; rest !== 0; rest &= rest - 1) into.add((firstDay + lowestBit(rest)) * DAY);
}

/**
 * The index of the lowest bit of a number that is not zero.
 * @example lowestBit(0b100) // 2
 */
export function lowestBit(value: number): number {
  return 31 - Math.clz32(value & -value);
}

function numberedDays(monthDays: readonly number[], length: number): MonthDays {
  let days = 0;
  for (const number of monthDays) {
    const index = number > 0 ? number - 1 : length + number;
    if (index >= 0 && index < length) days |= 1 << index;
  }
  return days;
}

function everyWeekday(weekdays: WeekdaySet, firstWeekday: number): MonthDays {
  const fromFirst = ((weekdays | (weekdays << 7)) >> (firstWeekday - 1)) & 0x7f;
  return Math.imul(fromFirst, EVERY_WEEK);
}

function nthWeekdays(ordinals: readonly RuleWeekday[], firstWeekday: number, length: number): MonthDays {
  let days = 0;
  for (const { weekday, ordinal } of ordinals) {
    const index = nthWeekdayIndex(weekday, ordinal ?? 1, firstWeekday, length);
    if (index >= 0 && index < length) days |= 1 << index;
  }
  return days;
}

/**
 * The index, from 0, of the n-th such weekday in a period of `length` days that starts on `firstWeekday`. A negative
 * ordinal counts from the end of the period. If the period has no n-th one, the index is below 0 or at least `length`.
 * @example nthWeekdayIndex(2, 1, 4, 30) // 5: the first Tuesday of a month that starts on a Thursday
 */
export function nthWeekdayIndex(
  weekday: number,
  ordinal: number,
  firstWeekday: number,
  length: number,
): number {
  const first = (weekday - firstWeekday + 7) % 7;
  if (ordinal > 0) return first + 7 * (ordinal - 1);
  const last = first + 7 * Math.floor((length - 1 - first) / 7);
  return last + 7 * (ordinal + 1);
}

function bits(numbersFromOne: readonly number[]): number {
  let set = 0;
  for (const number of numbersFromOne) set |= 1 << (number - 1);
  return set;
}
