import * as fc from 'fast-check';
import {
  DAY,
  formatBasicCivilDate,
  formatBasicCivilTime,
  HOUR,
} from '../../../src/calendar/time/civil-time.js';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const weekday = fc.constantFrom(...WEEKDAYS);
const listOf = <T>(item: fc.Arbitrary<T>, maxLength = 8) => fc.array(item, { minLength: 1, maxLength });
const signed = (largest: number) =>
  fc.integer({ min: -largest, max: largest }).filter((value) => value !== 0);
const part = (name: string, values: fc.Arbitrary<unknown[]>) =>
  values.map((list) => `${name}=${list.join(',')}`);
const maybe = (arbitrary: fc.Arbitrary<string>, freq = 3) => fc.option(arbitrary, { nil: '', freq });

const byMonth = part('BYMONTH', listOf(fc.integer({ min: 1, max: 12 })));
const byMonthDay = part('BYMONTHDAY', listOf(signed(31)));
const byDay = part('BYDAY', listOf(weekday));
const byDayOfMonth = part(
  'BYDAY',
  listOf(
    fc.oneof(
      weekday,
      fc.tuple(signed(5), weekday).map((pair) => pair.join('')),
    ),
  ),
);
const byDayOfYear = part(
  'BYDAY',
  listOf(
    fc.oneof(
      weekday,
      fc.tuple(signed(53), weekday).map((pair) => pair.join('')),
    ),
  ),
);
const byYearDay = part('BYYEARDAY', listOf(fc.oneof(signed(366), fc.constantFrom(366, -366, 60, -307))));
const byWeekNo = part('BYWEEKNO', listOf(fc.oneof(signed(53), fc.constantFrom(1, -1, 53, -53, 52))));
const bySetPos = part('BYSETPOS', listOf(fc.oneof(signed(3), signed(60)), 3));
const byHour = part('BYHOUR', listOf(fc.constantFrom(0, 1, 2, 3, 9, 23)));
const byMinute = part('BYMINUTE', listOf(fc.constantFrom(0, 15, 30, 45)));

const dayParts: Readonly<Record<string, fc.Arbitrary<string[]>>> = {
  DAILY: fc.tuple(maybe(byMonth, 2), maybe(byMonthDay, 2), maybe(byDay, 2)),
  WEEKLY: fc.tuple(maybe(byMonth, 2), maybe(byDay)),
  MONTHLY: fc.tuple(maybe(byMonth, 2), maybe(byMonthDay), maybe(byDayOfMonth)),
  YEARLY: fc.oneof(
    fc.tuple(maybe(byMonth)),
    fc.tuple(byMonth, maybe(byMonthDay), maybe(byDayOfMonth)),
    fc.tuple(byDayOfYear),
    fc.tuple(byYearDay, maybe(byDayOfYear, 2)),
    fc.tuple(byMonth, byYearDay, maybe(byDayOfMonth, 2)),
    fc.tuple(byWeekNo, byDay, maybe(byMonth, 2), maybe(byYearDay, 2)),
  ),
};

const intervals = fc.oneof(
  { weight: 8, arbitrary: fc.constant(1) },
  { weight: 3, arbitrary: fc.integer({ min: 2, max: 5 }) },
  fc.integer({ min: 6, max: 40 }),
);

/** Rules without an end, of every frequency and mixture of parts that is valid. */
export const endlessRuleText: fc.Arbitrary<string> = fc
  .tuple(
    fc
      .constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')
      .chain((frequency) => fc.tuple(fc.constant(`FREQ=${frequency}`), dayParts[frequency])),
    intervals,
    maybe(weekday.map((day) => `WKST=${day}`)),
    maybe(byHour, 4),
    maybe(byMinute, 4),
    maybe(bySetPos, 3),
  )
  .map(([[frequency, days], interval, ...others]) =>
    withoutIdleBySetPos(
      [frequency, interval === 1 ? '' : `INTERVAL=${interval}`, ...days, ...others]
        .filter((text) => text !== '')
        .join(';'),
    ),
  );

/** BYSETPOS needs another BY part to choose from. */
function withoutIdleBySetPos(text: string): string {
  return /BY(?!SETPOS)/.test(text) ? text : text.replace(/;BYSETPOS=[-\d,]+/, '');
}

/** The rule as an all-day series may have it, without times of day. */
export function withoutTimes(text: string): string {
  return withoutIdleBySetPos(text.replaceAll(/;BY(?:HOUR|MINUTE)=[\d,]+/g, ''));
}

/** The same rules with COUNT, UNTIL in each of its forms, or no end. */
export function ruleTextFor(start: number): fc.Arbitrary<string> {
  const until = fc
    .tuple(
      fc.integer({ min: 0, max: 4_000 }),
      fc.integer({ min: 0, max: 23 }),
      fc.constantFrom('', 'T', 'TZ'),
    )
    .map(([days, hours, form]) => {
      const civil = start + days * DAY + (hours - 12) * HOUR;
      if (form === '') return `UNTIL=${formatBasicCivilDate(civil)}`;
      return `UNTIL=${formatBasicCivilTime(civil)}${form.slice(1)}`;
    });
  const count = fc.integer({ min: 1, max: 400 }).map((value) => `COUNT=${value}`);
  return fc
    .tuple(
      endlessRuleText,
      fc.oneof(
        { weight: 2, arbitrary: fc.constant('') },
        { weight: 1, arbitrary: until },
        { weight: 1, arbitrary: count },
      ),
    )
    .map((parts) => parts.filter((text) => text !== '').join(';'));
}
