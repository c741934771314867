import type { CivilTime, Instant, Weekday } from '../../time/civil-time.js';

/** FREQ: the length of the periods of a rule. SECONDLY, MINUTELY and HOURLY are not supported. */
export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/**
 * One value of BYDAY: each such weekday, or with an ordinal the n-th of its month or year. A negative ordinal counts
 * from the end.
 */
export interface RuleWeekday {
  readonly weekday: Weekday;
  readonly ordinal: number | null;
}

/**
 * UNTIL: the last moment at which a rule may yield a start, inclusive, in the form in which it was written. A date is
 * its midnight and includes the whole day.
 */
export type Until =
  | { readonly form: 'date'; readonly value: CivilTime }
  | { readonly form: 'local'; readonly value: CivilTime }
  | { readonly form: 'utc'; readonly value: Instant };

/**
 * A recurrence rule (RFC 5545 §3.3.10) of DAILY or slower, as a plain value. Each list is in ascending order without
 * duplicates, positive numbers before negative ones; an absent part is an empty list. `checkedRule` makes
 * one.
 */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  readonly until: Until | null;
  readonly weekStart: Weekday;
  readonly byMonth: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly RuleWeekday[];
  readonly byHour: readonly number[];
  readonly byMinute: readonly number[];
  readonly bySetPos: readonly number[];
}

/** The parts that a rule names, in any order; an absent part has its default. */
export type RuleParts = Pick<RecurrenceRule, 'frequency'> & Partial<RecurrenceRule>;

/** The ISO 8601 number of Monday, and the default of WKST (RFC 5545 §3.3.10). */
export const MONDAY: Weekday = 1;
