import { DAY, daysInMonth, type EpochDay, weekdayOf } from '../../time/civil-time.js';
import type { NumberBuffer } from '../../time/number-buffer.js';
import type { RecurrenceRule, RuleWeekday } from './recurrence-rule.js';

/** A set of days of one month: bit `d - 1` stands for day `d`. */
export type MonthDays = number;

/** A set of weekdays: bit 0 Monday … bit 6 Sunday. */
export type WeekdaySet = number;

/** The parts of a rule that a day's own month decides. */
export interface MonthFilter {
  /** Bit `m - 1` stands for month `m`. */
  readonly months: number;
  /** Empty: every day. */
  readonly monthDays: readonly number[];
  /** Every such weekday; with no ordinals either, every day. */
  readonly weekdays: WeekdaySet;
  readonly ordinals: readonly RuleWeekday[];
}

const ALL_MONTHS = 0xfff;
const ALL_DAYS: MonthDays = 0x7fff_ffff;

/** Multiplied by a set of seven bits, repeats it every seven bits. */
const EVERY_WEEK = 0x1020_4081;

/** The filter of BYMONTH, BYMONTHDAY and BYDAY; ordinals count within the month. */
export function monthFilterOf(rule: Pick<RecurrenceRule, 'byMonth' | 'byMonthDay' | 'byDay'>): MonthFilter {
  return {
    months: rule.byMonth.length === 0 ? ALL_MONTHS : bits(rule.byMonth),
    monthDays: rule.byMonthDay,
    weekdays: weekdaySetOf(rule.byDay),
    ordinals: rule.byDay.filter(({ ordinal }) => ordinal !== null),
  };
}

/** The weekdays of BYDAY that have no ordinal. */
export function weekdaySetOf(byDay: readonly RuleWeekday[]): WeekdaySet {
  return bits(byDay.filter(({ ordinal }) => ordinal === null).map(({ weekday }) => weekday));
}

/** The days of a month that a filter lets through; `firstDay` is the month's first. */
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

/** Adds the midnights of a month's set of days to a run, ascending. */
export function addMonthDays(days: MonthDays, firstDay: EpochDay, into: NumberBuffer): void {
  for (let rest = days; rest !== 0; rest &= rest - 1) into.add((firstDay + lowestBit(rest)) * DAY);
}

/** The position of the lowest bit that is set; `value` is not zero. */
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
 * Where, from 0, the n-th weekday of a span of days lies (n negative: from its end); outside the span when it has
 * no n-th.
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
