import {
  DAY,
  daysInYear,
  type EpochDay,
  epochDayOf,
  modulo,
  type Weekday,
  weekdayOf,
} from '../../time/civil-time.js';
import type { NumberBuffer } from '../../time/number-buffer.js';
import { lowestBit, type MonthDays, nthWeekdayIndex } from './month-days.js';
import type { RecurrenceRule, RuleWeekday } from './recurrence-rule.js';

/** RFC 5545 §3.3.10: week 1 is the first week with at least four days in the year, so it contains 4 January. */
const JANUARY_DAY_IN_WEEK_1 = 4;

/** The parts of a YEARLY rule that limit the days of a whole year; an empty list passes every day. */
export interface YearFilter {
  readonly weekNumbers: readonly number[];
  readonly yearDays: readonly number[];
  /** BYDAY with ordinals that count within the year. */
  readonly byDay: readonly RuleWeekday[];
  readonly weekStart: Weekday;
}

/**
 * A set of days of one year, by their index from 0.
 * @example const days = new YearDays(); days.add(0); // 1 January
 */
export class YearDays {
  private readonly words = new Int32Array(12);

  add(index: number): void {
    this.words[index >> 5] |= 1 << (index & 31);
  }

  /** Adds the days of a month; `firstIndex` is the index of its first day. */
  addMonth(days: MonthDays, firstIndex: number): void {
    const [word, shift] = [firstIndex >> 5, firstIndex & 31];
    this.words[word] |= days << shift;
    if (shift > 0) this.words[word + 1] |= days >>> (32 - shift);
  }

  /** Removes the days that the other set does not have. */
  intersect(other: YearDays): void {
    for (let word = 0; word < this.words.length; word += 1) this.words[word] &= other.words[word];
  }

  /** Adds the midnights of the days to a buffer, ascending; `firstDay` is 1 January. */
  addTo(into: NumberBuffer, firstDay: EpochDay): void {
    for (let word = 0; word < this.words.length; word += 1) {
      for (let rest = this.words[word]; rest !== 0; rest &= rest - 1)
        into.add((firstDay + word * 32 + lowestBit(rest)) * DAY);
    }
  }
}

/**
 * The filter of BYWEEKNO, of BYYEARDAY and, without BYMONTH, of BYDAY with ordinals; null if the rule has none of them.
 * @example yearFilterOf(parseRecurrenceRule('FREQ=YEARLY;BYYEARDAY=100'))?.yearDays // [100]
 */
export function yearFilterOf(rule: RecurrenceRule): YearFilter | null {
  const countsInYear = rule.byMonth.length === 0 && rule.byDay.some(({ ordinal }) => ordinal !== null);
  if (rule.byWeekNo.length === 0 && rule.byYearDay.length === 0 && !countsInYear) return null;
  return {
    weekNumbers: rule.byWeekNo,
    yearDays: rule.byYearDay,
    byDay: countsInYear ? rule.byDay : [],
    weekStart: rule.weekStart,
  };
}

/**
 * Removes from the days of a year those that do not pass the filter.
 * @example filterYearDays(days, filter, 2022)
 */
export function filterYearDays(days: YearDays, filter: YearFilter, year: number): void {
  if (filter.weekNumbers.length > 0) days.intersect(daysOfWeeks(filter.weekNumbers, filter.weekStart, year));
  if (filter.yearDays.length > 0) days.intersect(numberedDays(filter.yearDays, year));
  if (filter.byDay.length > 0) days.intersect(weekdaysOfYear(filter.byDay, year));
}

/** The first and last days of a year may belong to a week of the year before or after, and have its number. */
function daysOfWeeks(weekNumbers: readonly number[], weekStart: Weekday, year: number): YearDays {
  const days = new YearDays();
  const newYear = epochDayOf(year, 1, 1);
  const length = daysInYear(year);
  for (let weekYear = year - 1; weekYear <= year + 1; weekYear += 1) {
    const firstWeek = firstWeekOf(weekYear, weekStart);
    const weeks = (firstWeekOf(weekYear + 1, weekStart) - firstWeek) / 7;
    for (const number of weekNumbers) {
      const week = number > 0 ? number - 1 : weeks + number;
      if (week < 0 || week >= weeks) continue;
      const start = firstWeek + 7 * week - newYear;
      for (let index = Math.max(0, start); index < Math.min(length, start + 7); index += 1) days.add(index);
    }
  }
  return days;
}

function firstWeekOf(year: number, weekStart: Weekday): EpochDay {
  const day = epochDayOf(year, 1, JANUARY_DAY_IN_WEEK_1);
  return day - modulo(weekdayOf(day) - weekStart, 7);
}

function numberedDays(yearDays: readonly number[], year: number): YearDays {
  const days = new YearDays();
  const length = daysInYear(year);
  for (const number of yearDays) {
    const index = number > 0 ? number - 1 : length + number;
    if (index >= 0 && index < length) days.add(index);
  }
  return days;
}

function weekdaysOfYear(byDay: readonly RuleWeekday[], year: number): YearDays {
  const days = new YearDays();
  const length = daysInYear(year);
  const firstWeekday = weekdayOf(epochDayOf(year, 1, 1));
  for (const { weekday, ordinal } of byDay) {
    if (ordinal === null)
      for (let index = (weekday - firstWeekday + 7) % 7; index < length; index += 7) days.add(index);
    else {
      const index = nthWeekdayIndex(weekday, ordinal, firstWeekday, length);
      if (index >= 0 && index < length) days.add(index);
    }
  }
  return days;
}
