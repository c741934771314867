import { CalendarError } from '../../calendar-error.js';
import { FIRST_YEAR, parseCivilTime } from '../../time/civil-time.js';

/** A rule with every part in full use is some 200 characters; twice that is no rule a person needs. */
export const MAX_RULE_LENGTH = 512;

/** Nearly three years of days: a longer step is another event. */
export const MAX_INTERVAL = 999;

/** A round number a person would type fits, and counting it off once costs microseconds. */
export const MAX_COUNT = 1_000;

/** Once an hour; what happens more often is not an appointment. */
export const MAX_TIMES_A_DAY = 24;

type Parts = ReadonlyMap<string, string>;

interface NumberPart {
  readonly smallest: number;
  readonly largest: number;
  readonly signed?: boolean;
  readonly single?: boolean;
}

const NUMBER_PARTS: Readonly<Record<string, NumberPart>> = {
  INTERVAL: { smallest: 1, largest: MAX_INTERVAL, single: true },
  COUNT: { smallest: 1, largest: MAX_COUNT, single: true },
  BYMONTH: { smallest: 1, largest: 12 },
  BYWEEKNO: { smallest: 1, largest: 53, signed: true },
  BYYEARDAY: { smallest: 1, largest: 366, signed: true },
  BYMONTHDAY: { smallest: 1, largest: 31, signed: true },
  BYHOUR: { smallest: 0, largest: 23 },
  BYMINUTE: { smallest: 0, largest: 59 },
  BYSETPOS: { smallest: 1, largest: 366, signed: true },
};

/**
 * The text of a rule, without its name and in upper case, once every part is known, unrepeated, in range and in
 * fit company. Nothing else may reach `rrule`, which loops for ever on some rules that are not valid.
 * @throws CalendarError `invalid_rule`, whose `part` names the part at fault
 * @example validatedRuleText('RRULE:freq=daily') // 'FREQ=DAILY'
 */
export function validatedRuleText(text: string): string {
  if (text.length > MAX_RULE_LENGTH) throw invalid(null, `A rule has at most ${MAX_RULE_LENGTH} characters.`);
  const rule = text.toUpperCase().replace(/^RRULE:/, '');
  const parts = new Map<string, string>();
  for (const part of rule.split(';')) {
    if (part === '')
      throw invalid(
        rule === '' ? 'FREQ' : null,
        'A rule is parts such as FREQ=DAILY, with one ; between two.',
      );
    const equals = part.indexOf('=');
    const name = equals === -1 ? part : part.slice(0, equals);
    if (parts.has(name)) throw invalid(name, `${name} stands there twice.`);
    checkValue(name, part.slice(name.length + 1));
    parts.set(name, part.slice(name.length + 1));
  }
  checkCompany(parts);
  return rule;
}

function checkValue(name: string, value: string): void {
  const numbers = NUMBER_PARTS[name];
  if (numbers) checkNumbers(name, value, numbers);
  else if (name === 'FREQ') checkFrequency(value);
  else if (name === 'BYDAY') checkWeekdays(value);
  else if (name === 'UNTIL') checkUntil(value);
  else if (name !== 'WKST')
    throw invalid(name, `"${name.slice(0, 20)}" is not a part of a rule that is supported here.`);
  else if (!/^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value))
    throw invalid(name, 'WKST must be a weekday such as MO.');
}

function checkNumbers(name: string, value: string, { smallest, largest, signed, single }: NumberPart): void {
  const items = single ? [value] : value.split(',');
  for (const item of items) {
    const size = Math.abs(Number(item));
    const isNumber = (signed ? /^[+-]?\d{1,4}$/ : /^\d{1,4}$/).test(item);
    if (!isNumber || size < smallest || size > largest) {
      const range = `${smallest} to ${largest}${signed ? `, or -${smallest} to -${largest}` : ''}`;
      throw invalid(name, `${name} must be ${range}, not "${item.slice(0, 20)}".`);
    }
  }
}

function checkFrequency(value: string): void {
  if (!/^(?:DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(value)) {
    throw invalid('FREQ', `FREQ must be DAILY, WEEKLY, MONTHLY or YEARLY, not "${value.slice(0, 20)}".`);
  }
}

function checkWeekdays(value: string): void {
  for (const item of value.split(',')) {
    const [, ordinal] = /^([+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/.exec(item) ?? [null, '0'];
    const size = Math.abs(Number(ordinal ?? 1));
    if (size < 1 || size > 53) {
      throw invalid('BYDAY', `BYDAY must be weekdays such as MO, 1TU or -1FR, not "${item.slice(0, 20)}".`);
    }
  }
}

function checkUntil(value: string): void {
  if (!/^\d{8}(?:T\d{6}Z?)?$/.test(value) || Number(value.slice(0, 4)) < FIRST_YEAR) {
    throw invalid(
      'UNTIL',
      'UNTIL must be a date such as 20221231 or a date and time such as 20221231T235959Z.',
    );
  }
  try {
    parseCivilTime(value.replace('Z', ''));
  } catch {
    throw invalid('UNTIL', `UNTIL ${value} is no day or time that exists.`);
  }
}

function checkCompany(parts: Parts): void {
  const frequency = parts.get('FREQ');
  const refuse = (name: string, when: boolean, why: string) => {
    if (when && parts.has(name)) throw invalid(name, why);
  };
  const isIn = (...frequencies: string[]) => frequencies.includes(frequency ?? '');

  if (!frequency) throw invalid('FREQ', 'A rule needs FREQ.');
  refuse('COUNT', parts.has('UNTIL'), 'A rule ends by COUNT or by UNTIL, not by both.');
  refuse('BYWEEKNO', !isIn('YEARLY'), 'BYWEEKNO goes with FREQ=YEARLY alone.');
  refuse('BYWEEKNO', !parts.has('BYDAY'), 'BYWEEKNO needs BYDAY, to say which days of the week.');
  refuse('BYYEARDAY', !isIn('YEARLY'), 'BYYEARDAY goes with FREQ=YEARLY alone.');
  refuse('BYMONTHDAY', isIn('WEEKLY'), 'BYMONTHDAY does not go with FREQ=WEEKLY.');
  refuse('BYMONTHDAY', isIn('YEARLY') && !parts.has('BYMONTH'), 'BYMONTHDAY in FREQ=YEARLY needs BYMONTH.');
  refuse(
    'BYSETPOS',
    ![...parts.keys()].some(isExpandedOver),
    'BYSETPOS needs another BY part to choose from.',
  );
  checkOrdinals(parts, isIn);
  checkTimesADay(parts);
}

function isExpandedOver(name: string): boolean {
  return name.startsWith('BY') && name !== 'BYSETPOS';
}

function checkOrdinals(parts: Parts, isIn: (...frequencies: string[]) => boolean): void {
  const largest = Math.max(0, ...(parts.get('BYDAY')?.match(/\d+/g) ?? []).map(Number));
  if (largest === 0) return;
  if (isIn('DAILY', 'WEEKLY')) {
    throw invalid('BYDAY', 'BYDAY takes numbers such as 1TU in FREQ=MONTHLY and FREQ=YEARLY alone.');
  }
  if (parts.has('BYWEEKNO')) throw invalid('BYDAY', 'BYDAY takes no numbers beside BYWEEKNO.');
  if (largest > 5 && (isIn('MONTHLY') || parts.has('BYMONTH'))) {
    throw invalid('BYDAY', `BYDAY asks for weekday ${largest} of a month; a month has at most five.`);
  }
}

function checkTimesADay(parts: Parts): void {
  const different = (name: string) => new Set(parts.get(name)?.split(',').map(Number) ?? [0]).size;
  if (different('BYHOUR') * different('BYMINUTE') > MAX_TIMES_A_DAY) {
    throw invalid(
      parts.has('BYHOUR') ? 'BYHOUR' : 'BYMINUTE',
      `BYHOUR and BYMINUTE make more than ${MAX_TIMES_A_DAY} times a day.`,
    );
  }
}

function invalid(part: string | null, detail: string): CalendarError {
  return new CalendarError('invalid', 'invalid_rule', detail, part?.slice(0, 20));
}
