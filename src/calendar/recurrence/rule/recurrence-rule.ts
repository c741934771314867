// Node loads the CommonJS build of rrule, whose names it cannot see: only the default import works.
// oxlint-disable import/default, import/no-named-as-default-member
import rrule, { type Options, type Weekday as RRuleWeekday } from 'rrule';
import type { CivilTime, Instant, Weekday } from '../../time/civil-time.js';
import { validatedRuleText } from './recurrence-rule-syntax.js';

const { RRule, Weekday: WeekdayOption } = rrule;

export type Frequency = 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';

/** Each weekday, or with an ordinal the n-th of its month or year, counted from the end when negative. */
export interface RuleWeekday {
  readonly weekday: Weekday;
  readonly ordinal: number | null;
}

/** The last moment a rule may yield, inclusive, in the form it was written in. */
export type Until =
  | { readonly form: 'date'; readonly value: CivilTime }
  | { readonly form: 'local'; readonly value: CivilTime }
  | { readonly form: 'utc'; readonly value: Instant };

/**
 * A recurrence rule (RFC 5545 §3.3.10) of DAILY or slower, as a plain value. Lists are sorted and free of
 * duplicates, positive numbers before negative ones; an absent part is an empty list. Only
 * `parseRecurrenceRule` makes one, so its ranges and combinations hold.
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

const FREQUENCIES: readonly Frequency[] = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'];
const NONE: readonly number[] = [];
const EVERY_WEEKDAY_ONCE: readonly RuleWeekday[] = [];
const MONDAY = 1;

/**
 * Reads a rule, with or without its `RRULE:`, in any case.
 * @throws CalendarError `invalid_rule`, whose `part` names the part that is unknown, repeated, out of range or in
 * the wrong company
 * @example parseRecurrenceRule('FREQ=WEEKLY;BYDAY=MO,TU,WE').byDay.length // 3
 */
export function parseRecurrenceRule(text: string): RecurrenceRule {
  const valid = validatedRuleText(text);
  const options = RRule.parseString(valid);
  return {
    frequency: FREQUENCIES[options.freq ?? 0],
    interval: options.interval ?? 1,
    count: options.count ?? null,
    until: options.until ? { form: untilForm(valid), value: options.until.getTime() } : null,
    weekStart: weekdayNumber(options.wkst) ?? MONDAY,
    byMonth: sorted(options.bymonth),
    byWeekNo: sorted(options.byweekno),
    byYearDay: sorted(options.byyearday),
    byMonthDay: sorted(options.bymonthday),
    byDay: sortedWeekdays(options.byweekday),
    byHour: sorted(options.byhour),
    byMinute: sorted(options.byminute),
    bySetPos: sorted(options.bysetpos),
  };
}

/**
 * Writes a rule without `RRULE:`, the parts in the order in which RFC 5545 applies them, defaults left out. An
 * ordinal has no `+` (`1TU`), as in the RFC's own examples.
 * @example formatRecurrenceRule(parseRecurrenceRule('BYDAY=+1TU;FREQ=MONTHLY;INTERVAL=1')) // 'FREQ=MONTHLY;BYDAY=1TU'
 */
export function formatRecurrenceRule(rule: RecurrenceRule): string {
  const options: Partial<Options> = {
    freq: FREQUENCIES.indexOf(rule.frequency),
    interval: rule.interval === 1 ? undefined : rule.interval,
    count: rule.count,
    until: rule.until && new Date(rule.until.value),
    wkst: rule.weekStart === MONDAY ? null : rule.weekStart - 1,
    bymonth: [...rule.byMonth],
    byweekno: [...rule.byWeekNo],
    byyearday: [...rule.byYearDay],
    bymonthday: [...rule.byMonthDay],
    byweekday: rule.byDay.map(({ weekday, ordinal }) => new WeekdayOption(weekday - 1, ordinal ?? undefined)),
    byhour: [...rule.byHour],
    byminute: [...rule.byMinute],
    bysetpos: [...rule.bySetPos],
  };
  const text = RRule.optionsToString(options).replace('RRULE:', '').replaceAll('+', '');
  if (rule.until?.form === 'date') return text.replace(/(UNTIL=\d{8})T\d{6}Z/, '$1');
  if (rule.until?.form === 'local') return text.replace(/(UNTIL=\d{8}T\d{6})Z/, '$1');
  return text;
}

function untilForm(text: string): Until['form'] {
  const [, time, utc] = /UNTIL=\d{8}(T\d{6})?(Z)?/.exec(text) ?? [];
  if (utc) return 'utc';
  return time ? 'local' : 'date';
}

function sorted(values: number | number[] | null | undefined): readonly number[] {
  if (values === null || values === undefined) return NONE;
  if (typeof values === 'number') return [values];
  return [...new Set(values)].toSorted(inOrderOfPeriod);
}

function sortedWeekdays(values: Options['byweekday'] | undefined): readonly RuleWeekday[] {
  if (!Array.isArray(values)) return EVERY_WEEKDAY_ONCE;
  const byKey = new Map<number, RuleWeekday>();
  for (const value of values) {
    const weekday = weekdayNumber(value) ?? MONDAY;
    const ordinal = (typeof value === 'object' && value.n) || null;
    byKey.set((ordinal ?? 0) * 7 + weekday, { weekday, ordinal });
  }
  return [...byKey.values()].toSorted(
    (a, b) => inOrderOfPeriod(a.ordinal ?? 0, b.ordinal ?? 0) || a.weekday - b.weekday,
  );
}

function inOrderOfPeriod(a: number, b: number): number {
  return Number(a < 0) - Number(b < 0) || a - b;
}

function weekdayNumber(value: RRuleWeekday | number | string | null | undefined): Weekday | null {
  if (value === null || value === undefined || typeof value === 'string') return null;
  return (typeof value === 'number' ? value : value.weekday) + 1;
}
