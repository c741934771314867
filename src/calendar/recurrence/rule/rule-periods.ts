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
 * The periods of a rule that its INTERVAL keeps, by index; period 0 holds the start. BYSETPOS chooses within one
 * of them, and a window costs only those it touches. A DAILY rule, whose periods are single days, goes by
 * stretches of many instead.
 */
export interface RulePeriods {
  /** The index of the period that holds a day, or of the last before it; negative before the start's. */
  indexOf(day: EpochDay): number;
  firstDayOf(index: number): EpochDay;
  /** Adds the midnights of the days that the rule yields in a period, ascending; may leave out those outside `[low, high]`. */
  addDays(index: number, low: EpochDay, high: EpochDay, into: NumberBuffer): void;
}

/** A stretch long enough to make its own cost vanish, and short enough that little is made in vain. */
const STARTS_IN_STRETCH = 256;

/**
 * The periods of a rule whose series starts on `start`; what the rule leaves open comes from that day.
 * @param timesADay how often a day the rule starts something
 */
export function rulePeriodsOf(rule: RecurrenceRule, start: EpochDay, timesADay: number): RulePeriods {
  if (rule.frequency === 'WEEKLY') return new WeeklyPeriods(rule, start);
  if (rule.frequency === 'MONTHLY') return new MonthlyPeriods(completed(rule, start), start);
  if (rule.frequency === 'YEARLY') return new YearlyPeriods(completed(rule, start), start);
  return isFilteredByMonth(rule)
    ? new FilteredDailyPeriods(start, rule.interval, monthFilterOf(rule))
    : new DailyPeriods(start, rule.interval, Math.ceil(STARTS_IN_STRETCH / Math.max(1, timesADay)));
}

function isFilteredByMonth(rule: RecurrenceRule): boolean {
  return rule.byMonth.length + rule.byMonthDay.length + rule.byDay.length > 0;
}

/** RFC 5545 §3.3.10: what a rule does not say of the day is taken from DTSTART. */
function completed(rule: RecurrenceRule, start: EpochDay): RecurrenceRule {
  const namesDays = rule.byMonthDay.length + rule.byDay.length + rule.byYearDay.length > 0;
  if (namesDays) return rule;
  const { month, day } = civilDateOf(start);
  const isYearlyAlone = rule.frequency === 'YEARLY' && rule.byMonth.length === 0;
  return { ...rule, byMonthDay: [day], byMonth: isYearlyAlone ? [month] : rule.byMonth };
}

class DailyPeriods implements RulePeriods {
  private readonly stretch: number;

  constructor(
    private readonly start: EpochDay,
    private readonly interval: number,
    daysInStretch: number,
  ) {
    this.stretch = interval * daysInStretch;
  }

  indexOf(day: EpochDay): number {
    return Math.floor((day - this.start) / this.stretch);
  }

  firstDayOf(index: number): EpochDay {
    return this.start + index * this.stretch;
  }

  addDays(index: number, low: EpochDay, high: EpochDay, into: NumberBuffer): void {
    const first = this.firstDayOf(index);
    const skipped = Math.max(0, Math.ceil((low - first) / this.interval));
    const last = Math.min(high, first + this.stretch - 1);
    for (let day = first + skipped * this.interval; day <= last; day += this.interval) into.add(day * DAY);
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
