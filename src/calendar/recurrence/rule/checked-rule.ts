import { CalendarError } from '../../calendar-error.js';
import { civilTimeOf, DAY, FIRST_YEAR, SECOND } from '../../time/civil-time.js';
import { isWeekday } from '../../weekday.js';
import { MONDAY, type RecurrenceRule, type RuleParts, type RuleWeekday } from './recurrence-rule.js';
import {
  LAST_HOUR_OF_DAY,
  LAST_MINUTE_OF_HOUR,
  LAST_YEAR_OF_UNTIL,
  MAX_COUNT,
  MAX_DAYS_IN_MONTH,
  MAX_DAYS_IN_YEAR,
  MAX_INTERVAL,
  MAX_TIMES_A_DAY,
  MAX_WEEKDAYS_IN_MONTH,
  MAX_WEEKS_IN_YEAR,
  MONTHS_IN_YEAR,
} from './rule-limits.js';

/** A part of a rule that is a number or a list of numbers; a signed one also counts from the end. */
interface NumberPart {
  readonly smallest: number;
  readonly largest: number;
  readonly signed?: boolean;
  readonly values: (rule: RecurrenceRule) => readonly number[];
}

const NUMBER_PARTS: Readonly<Record<string, NumberPart>> = {
  INTERVAL: { smallest: 1, largest: MAX_INTERVAL, values: ({ interval }) => [interval] },
  COUNT: { smallest: 1, largest: MAX_COUNT, values: ({ count }) => (count === null ? [] : [count]) },
  BYMONTH: { smallest: 1, largest: MONTHS_IN_YEAR, values: ({ byMonth }) => byMonth },
  BYWEEKNO: { smallest: 1, largest: MAX_WEEKS_IN_YEAR, signed: true, values: ({ byWeekNo }) => byWeekNo },
  BYYEARDAY: { smallest: 1, largest: MAX_DAYS_IN_YEAR, signed: true, values: ({ byYearDay }) => byYearDay },
  BYMONTHDAY: {
    smallest: 1,
    largest: MAX_DAYS_IN_MONTH,
    signed: true,
    values: ({ byMonthDay }) => byMonthDay,
  },
  BYHOUR: { smallest: 0, largest: LAST_HOUR_OF_DAY, values: ({ byHour }) => byHour },
  BYMINUTE: { smallest: 0, largest: LAST_MINUTE_OF_HOUR, values: ({ byMinute }) => byMinute },
  BYSETPOS: { smallest: 1, largest: MAX_DAYS_IN_YEAR, signed: true, values: ({ bySetPos }) => bySetPos },
};

/** Made once: each compiled series checks its rule. */
const CHECKED_PARTS = Object.entries(NUMBER_PARTS);

const FIRST_UNTIL = civilTimeOf(FIRST_YEAR, 1, 1);
const LAST_UNTIL = civilTimeOf(LAST_YEAR_OF_UNTIL + 1, 1, 1) - SECOND;

/**
 * The rule of some parts: sorts the lists, fills in the defaults and checks all values.
 * @throws CalendarError `invalid_rule`, whose `part` names the part that is out of range or does not go with the others
 * @example checkedRule({ frequency: 'WEEKLY', byDay: [{ weekday: 1, ordinal: null }] }) // FREQ=WEEKLY;BYDAY=MO
 */
export function checkedRule(parts: RuleParts): RecurrenceRule {
  const rule: RecurrenceRule = {
    frequency: parts.frequency,
    interval: parts.interval ?? 1,
    count: parts.count ?? null,
    until: parts.until ?? null,
    weekStart: parts.weekStart ?? MONDAY,
    byMonth: sorted(parts.byMonth),
    byWeekNo: sorted(parts.byWeekNo),
    byYearDay: sorted(parts.byYearDay),
    byMonthDay: sorted(parts.byMonthDay),
    byDay: sortedWeekdays(parts.byDay),
    byHour: sorted(parts.byHour),
    byMinute: sorted(parts.byMinute),
    bySetPos: sorted(parts.bySetPos),
  };
  checkRule(rule);
  return rule;
}

/**
 * The error of a number that a part does not take.
 * @example outOfRange('BYMONTH', '13').detail // 'BYMONTH must be 1 to 12, not "13".'
 */
export function outOfRange(name: string, value: string): CalendarError {
  const { smallest, largest, signed } = NUMBER_PARTS[name];
  const range = `${smallest} to ${largest}${signed ? `, or -${smallest} to -${largest}` : ''}`;
  return invalidRule(name, `${name} must be ${range}, not "${value.slice(0, 20)}".`);
}

/**
 * The error of a rule; `part` is the part at fault, or null if it is no single one.
 * @example throw invalidRule('FREQ', 'A rule needs FREQ.')
 */
export function invalidRule(part: string | null, detail: string): CalendarError {
  return new CalendarError('invalid', 'invalid_rule', detail, part?.slice(0, 20));
}

/** RFC 5545 §3.3.10: each value in its range, and no parts that do not go together. */
function checkRule(rule: RecurrenceRule): void {
  for (const [name, part] of CHECKED_PARTS)
    for (const value of part.values(rule)) if (!isInRange(value, part)) throw outOfRange(name, String(value));
  checkWeekdays(rule);
  checkUntil(rule);
  checkCompany(rule);
  checkOrdinals(rule);
  checkTimesADay(rule);
}

function isInRange(value: number, { smallest, largest, signed }: Omit<NumberPart, 'values'>): boolean {
  const size = signed ? Math.abs(value) : value;
  return Number.isInteger(value) && size >= smallest && size <= largest;
}

function hasValidOrdinal({ ordinal }: RuleWeekday): boolean {
  return ordinal === null || isInRange(ordinal, { smallest: 1, largest: MAX_WEEKS_IN_YEAR, signed: true });
}

function checkWeekdays({ byDay, weekStart }: RecurrenceRule): void {
  if (!isWeekday(weekStart) || !byDay.every(({ weekday }) => isWeekday(weekday)))
    throw invalidRule('BYDAY', 'A weekday must be 1 (Monday) to 7 (Sunday).');
  if (!byDay.every(hasValidOrdinal)) {
    throw invalidRule(
      'BYDAY',
      `BYDAY must be weekdays such as MO, 1TU or -1FR, numbered 1 to ${MAX_WEEKS_IN_YEAR}.`,
    );
  }
}

function checkUntil({ until }: RecurrenceRule): void {
  if (until === null) return;
  const unit = until.form === 'date' ? DAY : SECOND;
  if (!(until.value >= FIRST_UNTIL && until.value <= LAST_UNTIL && until.value % unit === 0)) {
    throw invalidRule(
      'UNTIL',
      `UNTIL must be a whole second in the years ${FIRST_YEAR} to ${LAST_YEAR_OF_UNTIL}.`,
    );
  }
}

/** RFC 5545 §3.3.10 forbids some of these combinations; this calendar refuses others, which no two programs read alike. */
function checkCompany(rule: RecurrenceRule): void {
  const { frequency, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, byHour, byMinute, bySetPos } = rule;
  const isYearly = frequency === 'YEARLY';
  const hasWeekNo = byWeekNo.length > 0;
  const hasMonthDay = byMonthDay.length > 0;
  const others = [byMonth, byWeekNo, byYearDay, byMonthDay, byDay, byHour, byMinute];
  refuse(
    'COUNT',
    rule.count !== null && rule.until !== null,
    'A rule ends by COUNT or by UNTIL, not by both.',
  );
  refuse('BYWEEKNO', hasWeekNo && !isYearly, 'BYWEEKNO goes with FREQ=YEARLY alone.');
  refuse(
    'BYWEEKNO',
    hasWeekNo && byDay.length === 0,
    'BYWEEKNO needs BYDAY, which names the days of the week.',
  );
  refuse('BYYEARDAY', byYearDay.length > 0 && !isYearly, 'BYYEARDAY goes with FREQ=YEARLY alone.');
  refuse('BYMONTHDAY', hasMonthDay && frequency === 'WEEKLY', 'BYMONTHDAY does not go with FREQ=WEEKLY.');
  refuse(
    'BYMONTHDAY',
    hasMonthDay && isYearly && byMonth.length === 0,
    'BYMONTHDAY in FREQ=YEARLY needs BYMONTH.',
  );
  refuse(
    'BYSETPOS',
    bySetPos.length > 0 && others.every((part) => part.length === 0),
    'BYSETPOS needs another BY part to choose from.',
  );
}

function refuse(part: string, when: boolean, why: string): void {
  if (when) throw invalidRule(part, why);
}

function checkOrdinals({ frequency, byDay, byMonth, byWeekNo }: RecurrenceRule): void {
  const largest = Math.max(0, ...byDay.map(({ ordinal }) => Math.abs(ordinal ?? 0)));
  if (largest === 0) return;
  if (frequency === 'DAILY' || frequency === 'WEEKLY')
    throw invalidRule('BYDAY', 'BYDAY takes numbers such as 1TU in FREQ=MONTHLY and FREQ=YEARLY alone.');
  if (byWeekNo.length > 0) throw invalidRule('BYDAY', 'BYDAY takes no numbers beside BYWEEKNO.');
  const countsInMonth = frequency === 'MONTHLY' || byMonth.length > 0;
  if (countsInMonth && largest > MAX_WEEKDAYS_IN_MONTH) {
    throw invalidRule(
      'BYDAY',
      `BYDAY has weekday ${largest} of a month; a month has at most ${MAX_WEEKDAYS_IN_MONTH}.`,
    );
  }
}

function checkTimesADay({ byHour, byMinute }: RecurrenceRule): void {
  if (Math.max(1, byHour.length) * Math.max(1, byMinute.length) > MAX_TIMES_A_DAY) {
    const part = byHour.length > 0 ? 'BYHOUR' : 'BYMINUTE';
    throw invalidRule(part, `BYHOUR and BYMINUTE make more than ${MAX_TIMES_A_DAY} times a day.`);
  }
}

const NONE: readonly never[] = [];

function sorted(values: readonly number[] = NONE): readonly number[] {
  return values.length < 2 ? values : [...new Set(values)].toSorted(inOrderOfPeriod);
}

function sortedWeekdays(values: readonly RuleWeekday[] = []): readonly RuleWeekday[] {
  if (values.length < 2) return values;
  const byKey = new Map(values.map((day) => [(day.ordinal ?? 0) * 7 + day.weekday, day]));
  return [...byKey.values()].toSorted(
    (a, b) => inOrderOfPeriod(a.ordinal ?? 0, b.ordinal ?? 0) || a.weekday - b.weekday,
  );
}

/** Negative numbers count from the end of the period, so they follow the positive ones. */
function inOrderOfPeriod(a: number, b: number): number {
  return Number(a < 0) - Number(b < 0) || a - b;
}
