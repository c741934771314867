import { civilDateOf, DAY, type EpochDay, epochDayOf, modulo, weekdayOf } from '../../time/civil-time.js';
import type { NumberBuffer } from '../../time/number-buffer.js';
import {
  addMonthDays,
  daysOfMonth,
  lowestBit,
  type MonthFilter,
  monthFilterOf,
  weekdaySetOf,
} from './month-days.js';
import type { RecurrenceRule } from './recurrence-rule.js';
import { filterYearDays, YearDays, type YearFilter, yearFilterOf } from './year-days.js';

/**
 * The periods of a rule that INTERVAL keeps, by index; period 0 contains the start. BYSETPOS selects within one period. A
 * query reads only the periods that its window touches. The periods of a DAILY rule are blocks of many days.
 */
export interface RulePeriods {
  /** The index of the period that contains a day, or of the last period before it; negative before the first. */
  indexOf(day: EpochDay): number;
  firstDayOf(index: number): EpochDay;
  /** Adds the midnights of the days that the rule yields in a period, ascending. May omit days outside `[low, high]`. */
  addDays(index: number, low: EpochDay, high: EpochDay, into: NumberBuffer): void;
}

/** So many make the cost of a block small for each; so few that a query reads little in vain. */
const STARTS_IN_BLOCK = 256;

/**
 * The periods of a rule for a series that starts on `start`. If the rule names no day, the day comes from `start`.
 * @param timesADay the starts of the rule on one day
 * @example rulePeriodsOf(parseRecurrenceRule('FREQ=WEEKLY'), epochDayOf(2022, 9, 6), 1).indexOf(epochDayOf(2022, 9, 13)) // 1
 */
export function rulePeriodsOf(rule: RecurrenceRule, start: EpochDay, timesADay: number): RulePeriods {
  if (rule.frequency === 'WEEKLY') return new WeeklyPeriods(rule, start);
  if (rule.frequency === 'MONTHLY') return new MonthlyPeriods(completed(rule, start), start);
  if (rule.frequency === 'YEARLY') return new YearlyPeriods(completed(rule, start), start);
  return isFilteredByMonth(rule)
    ? new FilteredDailyPeriods(start, rule.interval, monthFilterOf(rule))
    : new DailyPeriods(start, rule.interval, Math.ceil(STARTS_IN_BLOCK / Math.max(1, timesADay)));
}

function isFilteredByMonth(rule: RecurrenceRule): boolean {
  return rule.byMonth.length + rule.byMonthDay.length + rule.byDay.length > 0;
}

/**
 * The rule with the day of DTSTART if the rule is MONTHLY or YEARLY and names no day (RFC 5545 §3.3.10).
 * @example completed(parseRecurrenceRule('FREQ=MONTHLY'), epochDayOf(2022, 9, 6)).byMonthDay // [6]
 */
export function completed(rule: RecurrenceRule, start: EpochDay): RecurrenceRule {
  const namesDays = rule.byMonthDay.length + rule.byDay.length + rule.byYearDay.length > 0;
  if (namesDays) return rule;
  const { month, day } = civilDateOf(start);
  const isYearlyAlone = rule.frequency === 'YEARLY' && rule.byMonth.length === 0;
  return { ...rule, byMonthDay: [day], byMonth: isYearlyAlone ? [month] : rule.byMonth };
}

class DailyPeriods implements RulePeriods {
  private readonly blockLength: number;

  constructor(
    private readonly start: EpochDay,
    private readonly interval: number,
    daysInBlock: number,
  ) {
    this.blockLength = interval * daysInBlock;
  }

  indexOf(day: EpochDay): number {
    return Math.floor((day - this.start) / this.blockLength);
  }

  firstDayOf(index: number): EpochDay {
    return this.start + index * this.blockLength;
  }

  addDays(index: number, low: EpochDay, high: EpochDay, into: NumberBuffer): void {
    const first = this.firstDayOf(index);
    const skipped = Math.max(0, Math.ceil((low - first) / this.interval));
    const last = Math.min(high, first + this.blockLength - 1);
    const start = first + skipped * this.interval;
    const count = Math.floor((last - start) / this.interval) + 1;
    into.addSteps(start * DAY, this.interval * DAY, count);
  }
}

class FilteredDailyPeriods implements RulePeriods {
  private readonly firstMonth: number;

  constructor(
    private readonly start: EpochDay,
    private readonly interval: number,
    private readonly filter: MonthFilter,
  ) {
    this.firstMonth = monthIndexOf(start);
  }

  indexOf(day: EpochDay): number {
    return monthIndexOf(day) - this.firstMonth;
  }

  firstDayOf(index: number): EpochDay {
    return firstDayOfMonth(this.firstMonth + index);
  }

  addDays(index: number, _low: EpochDay, _high: EpochDay, into: NumberBuffer): void {
    const month = this.firstMonth + index;
    const firstDay = firstDayOfMonth(month);
    const days = daysOfMonth(this.filter, yearOf(month), monthOf(month), firstDay);
    for (let rest = days; rest !== 0; rest &= rest - 1) {
      const day = firstDay + lowestBit(rest);
      if (modulo(day - this.start, this.interval) === 0) into.add(day * DAY);
    }
  }
}

class WeeklyPeriods implements RulePeriods {
  private readonly firstWeek: EpochDay;
  private readonly step: number;
  private readonly offsets: readonly number[];
  private readonly months: number;

  constructor(rule: RecurrenceRule, start: EpochDay) {
    this.firstWeek = start - modulo(weekdayOf(start) - rule.weekStart, 7);
    this.step = 7 * rule.interval;
    const weekdays = weekdaySetOf(rule.byDay) || 1 << (weekdayOf(start) - 1);
    this.offsets = [0, 1, 2, 3, 4, 5, 6].filter(
      (offset) => weekdays & (1 << ((rule.weekStart - 1 + offset) % 7)),
    );
    this.months = rule.byMonth.length === 0 ? 0 : monthFilterOf(rule).months;
  }

  indexOf(day: EpochDay): number {
    return Math.floor((day - this.firstWeek) / this.step);
  }

  firstDayOf(index: number): EpochDay {
    return this.firstWeek + index * this.step;
  }

  addDays(index: number, _low: EpochDay, _high: EpochDay, into: NumberBuffer): void {
    const week = this.firstDayOf(index);
    for (const offset of this.offsets) {
      if (this.months === 0 || this.months & (1 << (civilDateOf(week + offset).month - 1)))
        into.add((week + offset) * DAY);
    }
  }
}

class MonthlyPeriods implements RulePeriods {
  private readonly firstMonth: number;
  private readonly interval: number;
  private readonly filter: MonthFilter;

  constructor(rule: RecurrenceRule, start: EpochDay) {
    this.firstMonth = monthIndexOf(start);
    this.interval = rule.interval;
    this.filter = monthFilterOf(rule);
  }

  indexOf(day: EpochDay): number {
    return Math.floor((monthIndexOf(day) - this.firstMonth) / this.interval);
  }

  firstDayOf(index: number): EpochDay {
    return firstDayOfMonth(this.firstMonth + index * this.interval);
  }

  addDays(index: number, _low: EpochDay, _high: EpochDay, into: NumberBuffer): void {
    const month = this.firstMonth + index * this.interval;
    const firstDay = firstDayOfMonth(month);
    addMonthDays(daysOfMonth(this.filter, yearOf(month), monthOf(month), firstDay), firstDay, into);
  }
}

class YearlyPeriods implements RulePeriods {
  private readonly firstYear: number;
  private readonly interval: number;
  private readonly yearFilter: YearFilter | null;
  private readonly monthFilter: MonthFilter;

  constructor(rule: RecurrenceRule, start: EpochDay) {
    this.firstYear = civilDateOf(start).year;
    this.interval = rule.interval;
    this.yearFilter = yearFilterOf(rule);
    const isByDayOfYear = this.yearFilter !== null && this.yearFilter.byDay.length > 0;
    this.monthFilter = monthFilterOf(isByDayOfYear ? { ...rule, byDay: [] } : rule);
  }

  indexOf(day: EpochDay): number {
    return Math.floor((civilDateOf(day).year - this.firstYear) / this.interval);
  }

  firstDayOf(index: number): EpochDay {
    return epochDayOf(this.firstYear + index * this.interval, 1, 1);
  }

  addDays(index: number, low: EpochDay, high: EpochDay, into: NumberBuffer): void {
    const year = this.firstYear + index * this.interval;
    const newYear = epochDayOf(year, 1, 1);
    const days = this.yearFilter && new YearDays();
    for (let month = 1; month <= 12; month += 1) {
      if ((this.monthFilter.months & (1 << (month - 1))) === 0) continue;
      const firstDay = epochDayOf(year, month, 1);
      if (firstDay > high || firstDay + 31 <= low) continue;
      const monthDays = daysOfMonth(this.monthFilter, year, month, firstDay);
      if (days) days.addMonth(monthDays, firstDay - newYear);
      else addMonthDays(monthDays, firstDay, into);
    }
    if (days && this.yearFilter) {
      filterYearDays(days, this.yearFilter, year);
      days.addTo(into, newYear);
    }
  }
}

/** Months counted from January of year 0. */
function monthIndexOf(day: EpochDay): number {
  const { year, month } = civilDateOf(day);
  return year * 12 + month - 1;
}

function yearOf(monthIndex: number): number {
  return Math.floor(monthIndex / 12);
}

function monthOf(monthIndex: number): number {
  return modulo(monthIndex, 12) + 1;
}

function firstDayOfMonth(monthIndex: number): EpochDay {
  return epochDayOf(yearOf(monthIndex), monthOf(monthIndex), 1);
}
