// Node.js loads the CommonJS build of rrule and does not see its named exports: only the default import works.
// oxlint-disable import/default, import/no-named-as-default-member
import rrule, { type Options, type Weekday as RRuleWeekday } from 'rrule';
import { FIRST_YEAR, parseCivilTime, type Weekday } from '../../time/civil-time.js';
import { checkedRule, invalidRule, outOfRange } from './checked-rule.js';
import {
  type Frequency,
  MONDAY,
  type RecurrenceRule,
  type RuleWeekday,
  type Until,
} from './recurrence-rule.js';
import { MAX_RULE_LENGTH } from './rule-limits.js';

const { RRule, Weekday: WeekdayOption } = rrule;

const FREQUENCIES: readonly Frequency[] = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'];

const NUMBER = /^\d{1,4}$/;
const NUMBERS = /^\d{1,4}(?:,\d{1,4})*$/;
const SIGNED_NUMBERS = /^[+-]?\d{1,4}(?:,[+-]?\d{1,4})*$/;

const WEEKDAY = '(?:MO|TU|WE|TH|FR|SA|SU)';
const RULE_WEEKDAY = new RegExp(`^(?:[+-]?(?:0?[1-9]|[1-9]\\d))?${WEEKDAY}$`);

/** Checks the form of the value of each part. `rrule` reads only texts that pass, since it accepts invalid ones. */
const PARTS: Readonly<Record<string, (value: string, name: string) => void>> = {
  FREQ: (value) => {
    if ((FREQUENCIES as readonly string[]).includes(value)) return;
    throw invalidRule('FREQ', `FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, not "${value.slice(0, 20)}".`);
  },
  WKST: (value) => {
    if (!new RegExp(`^${WEEKDAY}$`).test(value))
      throw invalidRule('WKST', 'WKST must be a weekday such as MO.');
  },
  BYDAY: (value) => {
    const wrong = value.split(',').find((item) => !RULE_WEEKDAY.test(item));
    if (wrong === undefined) return;
    throw invalidRule(
      'BYDAY',
      `BYDAY must be weekdays such as MO, 1TU or -1FR, not "${wrong.slice(0, 20)}".`,
    );
  },
  UNTIL: checkUntilForm,
  INTERVAL: numbersIn(NUMBER),
  COUNT: numbersIn(NUMBER),
  BYMONTH: numbersIn(NUMBERS),
  BYWEEKNO: numbersIn(SIGNED_NUMBERS),
  BYYEARDAY: numbersIn(SIGNED_NUMBERS),
  BYMONTHDAY: numbersIn(SIGNED_NUMBERS),
  BYHOUR: numbersIn(NUMBERS),
  BYMINUTE: numbersIn(NUMBERS),
  BYSETPOS: numbersIn(SIGNED_NUMBERS),
};

/**
 * Reads a rule, with or without its `RRULE:`, in any case. The parts may come in any order.
 * @throws CalendarError `invalid_rule`, whose `part` names the part that is unknown, repeated, out of range or does not
 * go with the others
 * @example parseRecurrenceRule('FREQ=WEEKLY;BYDAY=MO,TU,WE').byDay.length // 3
 */
export function parseRecurrenceRule(text: string): RecurrenceRule {
  if (text.length > MAX_RULE_LENGTH)
    throw invalidRule(null, `A rule has at most ${MAX_RULE_LENGTH} characters.`);
  const upper = text.toUpperCase().replace(/^RRULE:/, '');
  const until = checkForm(upper).get('UNTIL');
  const options = RRule.parseString(upper);
  return checkedRule({
    frequency: FREQUENCIES[options.freq ?? 0],
    interval: options.interval,
    count: options.count,
    until:
      until === undefined || !options.until
        ? null
        : { form: untilForm(until), value: options.until.getTime() },
    weekStart: weekdayNumber(options.wkst) ?? MONDAY,
    byMonth: listOf(options.bymonth),
    byWeekNo: listOf(options.byweekno),
    byYearDay: listOf(options.byyearday),
    byMonthDay: listOf(options.bymonthday),
    byDay: weekdaysOf(options.byweekday),
    byHour: listOf(options.byhour),
    byMinute: listOf(options.byminute),
    bySetPos: listOf(options.bysetpos),
  });
}

/**
 * Writes a rule without `RRULE:`, the parts in the order in which RFC 5545 applies them, defaults left out. An ordinal
 * has no `+` (`1TU`), as in the RFC's own examples. The inverse of `parseRecurrenceRule`.
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

/** The values of the parts by name. Refuses unknown and repeated parts, and values that do not have their form. */
function checkForm(rule: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const part of rule.split(';')) {
    if (part === '') {
      throw invalidRule(
        rule === '' ? 'FREQ' : null,
        'A rule is parts such as FREQ=DAILY, with one ; between two.',
      );
    }
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    if (values.has(name)) throw invalidRule(name, `${name} appears twice.`);
    if (!Object.hasOwn(PARTS, name))
      throw invalidRule(name, `"${name.slice(0, 20)}" is not a part of a rule that is supported here.`);
    const value = part.slice(name.length + 1);
    PARTS[name](value, name);
    values.set(name, value);
  }
  if (!values.has('FREQ')) throw invalidRule('FREQ', 'A rule needs FREQ.');
  return values;
}

function numbersIn(form: RegExp): (value: string, name: string) => void {
  return (value, name) => {
    if (form.test(value)) return;
    const wrong = value.split(',').find((item) => !form.test(item)) ?? value;
    throw outOfRange(name, wrong);
  };
}

function checkUntilForm(value: string): void {
  if (!/^\d{8}(?:T\d{6}Z?)?$/.test(value) || Number(value.slice(0, 4)) < FIRST_YEAR) {
    throw invalidRule(
      'UNTIL',
      'UNTIL must be a date such as 20221231 or a date and time such as 20221231T235959Z.',
    );
  }
  try {
    parseCivilTime(value.replace('Z', ''));
  } catch {
    throw invalidRule('UNTIL', `The date or time of UNTIL, ${value}, does not exist.`);
  }
}

function untilForm(value: string): Until['form'] {
  if (value.endsWith('Z')) return 'utc';
  return value.includes('T') ? 'local' : 'date';
}

function listOf(values: number | number[] | null | undefined): number[] {
  if (values === null || values === undefined) return [];
  return Array.isArray(values) ? values : [values];
}

function weekdaysOf(values: Options['byweekday'] | undefined): RuleWeekday[] {
  if (!Array.isArray(values)) return [];
  return values.map((value) => ({
    weekday: weekdayNumber(value) ?? MONDAY,
    ordinal: (typeof value === 'object' && value.n) || null,
  }));
}

function weekdayNumber(value: RRuleWeekday | number | string | null | undefined): Weekday | null {
  if (value === null || value === undefined || typeof value === 'string') return null;
  return (typeof value === 'number' ? value : value.weekday) + 1;
}
