import { weekdaySetOf } from '../../recurrence/rule/month-days.js';
import type { RecurrenceRule } from '../../recurrence/rule/recurrence-rule.js';
import { MONTHS_IN_YEAR } from '../../recurrence/rule/rule-limits.js';
import { completed } from '../../recurrence/rule/rule-periods.js';
import type { RuleStarts } from '../../recurrence/rule/rule-starts.js';
import {
  civilDateOf,
  type EpochDay,
  epochDayOfCivil,
  modulo,
  type Weekday,
  weekdayOf,
} from '../../time/civil-time.js';
import { EVERY_MONTH_DAY, type MonthDaysOfYear, monthDaysOfYear } from './month-days-of-year.js';

/** Days of the Gregorian cycle of 400 years. It is whole weeks, so each date has its weekday again. */
const DAYS_OF_CYCLE = 146_097;

const YEARS_OF_CYCLE = 400;
const MONTHS_OF_CYCLE = YEARS_OF_CYCLE * MONTHS_IN_YEAR;

/** Numbers that leave one of the remainders when divided by the modulus. */
export interface Residues {
  readonly modulus: number;
  /** From 0 to below the modulus, ascending. */
  readonly values: readonly number[];
}

const ALL: Residues = { modulus: 1, values: [0] };

/**
 * What the parts of a rule tell of its days without an expansion. Each of `days`, `months` and `monthDays` has all days of
 * the rule, and may have others.
 */
export interface DayPattern {
  /** Epoch days. */
  readonly days: Residues;
  /** Months since January of year 0. */
  readonly months: Residues;
  readonly monthDays: MonthDaysOfYear;
  /** Whether the days of the rule are exactly `days`, from its start on. */
  readonly isExact: boolean;
  /** The days after which the days of the rule repeat. */
  readonly period: number;
}

/**
 * The pattern of a rule.
 * @example dayPatternOf(new RuleStarts(parseRecurrenceRule('FREQ=WEEKLY;INTERVAL=2'), start)).days.modulus // 14
 */
export function dayPatternOf(ruleStarts: RuleStarts): DayPattern {
  const start = epochDayOfCivil(ruleStarts.start);
  const isInMonths = ruleStarts.rule.frequency === 'MONTHLY' || ruleStarts.rule.frequency === 'YEARLY';
  const rule = isInMonths ? completed(ruleStarts.rule, start) : ruleStarts.rule;
  const days = residuesOfDays(rule, start);
  const namesMonths = rule.byMonth.length + rule.byMonthDay.length > 0;
  const isExact = !isInMonths && !namesMonths && !ruleStarts.isChosen;
  return {
    days,
    months: residuesOfMonths(rule, start),
    monthDays: isInMonths || namesMonths ? monthDaysOfYear(rule, ruleStarts.times.length) : EVERY_MONTH_DAY,
    isExact,
    period: isInMonths || namesMonths ? periodOf(rule) : days.modulus,
  };
}

/**
 * The largest number that divides both.
 * @example greatestDivisor(12, 18) // 6
 */
export function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

/**
 * The smallest number that both divide.
 * @example leastMultiple(4, 6) // 12
 */
export function leastMultiple(a: number, b: number): number {
  return (a / greatestDivisor(a, b)) * b;
}

function residuesOfDays(rule: RecurrenceRule, start: EpochDay): Residues {
  const { frequency, interval, weekStart, byDay } = rule;
  const weekdays = new Set(byDay.map(({ weekday }) => weekday));
  if (frequency === 'WEEKLY') {
    const chosen = weekdaySetOf(byDay) || 1 << (weekdayOf(start) - 1);
    const week = start - modulo(weekdayOf(start) - weekStart, 7);
    const days = [0, 1, 2, 3, 4, 5, 6].filter((offset) => chosen & (1 << (weekdayOf(week + offset) - 1)));
    return residues(
      7 * interval,
      days.map((offset) => week + offset),
    );
  }
  if (frequency !== 'DAILY') return weekdays.size === 0 ? ALL : residues(7, [...weekdays].map(firstSuchDay));
  if (weekdays.size === 0) return residues(interval, [start]);
  const modulus = leastMultiple(interval, 7);
  const days = Array.from({ length: modulus / interval }, (_, index) => start + index * interval);
  return residues(
    modulus,
    days.filter((day) => weekdays.has(weekdayOf(day))),
  );
}

function firstSuchDay(weekday: Weekday): EpochDay {
  return modulo(weekday - weekdayOf(0), 7);
}

function residuesOfMonths(rule: RecurrenceRule, start: EpochDay): Residues {
  const { frequency, interval, byMonth } = rule;
  const { year, month } = civilDateOf(start);
  const first = year * MONTHS_IN_YEAR;
  if (frequency === 'MONTHLY' && byMonth.length === 0) return residues(interval, [first + month - 1]);
  if (byMonth.length === 0) return ALL;
  const modulus = frequency === 'YEARLY' ? MONTHS_IN_YEAR * interval : MONTHS_IN_YEAR;
  return residues(
    modulus,
    byMonth.map((each) => first + each - 1),
  );
}

function periodOf({ frequency, interval }: RecurrenceRule): number {
  if (frequency === 'DAILY') return leastMultiple(interval, DAYS_OF_CYCLE);
  if (frequency === 'WEEKLY') return leastMultiple(7 * interval, DAYS_OF_CYCLE);
  const periods = frequency === 'MONTHLY' ? MONTHS_OF_CYCLE : YEARS_OF_CYCLE;
  return (leastMultiple(interval, periods) / periods) * DAYS_OF_CYCLE;
}

function residues(modulus: number, numbers: readonly number[]): Residues {
  const values = new Set(numbers.map((number) => modulo(number, modulus)));
  return { modulus, values: [...values].toSorted((a, b) => a - b) };
}
