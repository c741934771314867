import { describe, expect, test } from '@jest/globals';
import { type SeriesText, seriesOf } from '../../../test/support/core/series.js';
import { compileSeries } from '../recurrence/series/event-series.js';
import { parseCivilTime } from '../time/civil-time.js';
import { formatInstant } from '../time/instant.js';
import type { BusySeries } from './compared/busy-series.js';
import { ComparisonBudget, comparisonResult } from './compared/comparison-budget.js';
import { conflictingOccurrences } from './conflicting-occurrences.js';
import { haveNoEnd } from './endless-conflicts.js';
import { conflictsWithItself } from './self-conflicts.js';
import { timeInCommon } from './time-in-common.js';

const busy = (text: SeriesText): BusySeries => ({ series: compileSeries(seriesOf(text)) });

const FROM = Date.parse('2026-01-01T00:00:00Z');

function starts(event: SeriesText, others: readonly SeriesText[], limit = 1, units?: number) {
  const calendar = { single: [], series: others.map(busy) };
  const choice = { from: FROM, limit, budget: new ComparisonBudget(units) };
  const { occurrences, checkedUntil } = comparisonResult(
    conflictingOccurrences(busy(event), calendar, choice),
  );
  const found = occurrences.map(({ start }) => formatInstant(start));
  return checkedUntil === null ? found : [...found, 'budget spent'];
}

const berlin = { timeZone: 'Europe/Berlin' };

describe('the first conflict of an event', () => {
  test.each<[string, SeriesText, SeriesText, string[]]>([
    [
      'a Friday series from 2034 and an event of 2040',
      { start: '2034-01-06T09:00:00', rule: 'FREQ=WEEKLY' },
      { start: '2040-06-15T09:30:00' },
      ['2040-06-15T09:00:00Z'],
    ],
    [
      'Mondays from 2037 and leap days',
      { start: '2037-01-05T09:00:00', rule: 'FREQ=WEEKLY' },
      { start: '2028-02-29T09:30:00', rule: 'FREQ=YEARLY' },
      ['2044-02-29T09:00:00Z'],
    ],
    [
      'leap days and Mondays',
      { start: '2028-02-29T09:30:00', rule: 'FREQ=YEARLY' },
      { start: '2037-01-05T09:00:00', rule: 'FREQ=WEEKLY' },
      ['2044-02-29T09:30:00Z'],
    ],
    [
      'hours that touch each other',
      { start: '2026-01-01T09:00:00', rule: 'FREQ=DAILY', ...berlin },
      { start: '2026-01-01T10:00:00', rule: 'FREQ=DAILY', ...berlin },
      [],
    ],
    [
      'nights that touch each other until the clocks change',
      { start: '2026-01-01T23:00:00', rule: 'FREQ=DAILY', length: { seconds: 5 * 3_600 }, ...berlin },
      { start: '2026-01-02T04:00:00', rule: 'FREQ=DAILY', ...berlin },
      ['2026-03-28T22:00:00Z'],
    ],
    [
      'zones that change their clocks on different days',
      { start: '2026-01-01T15:00:00', rule: 'FREQ=DAILY', ...berlin },
      { start: '2026-01-01T10:00:00', rule: 'FREQ=DAILY', timeZone: 'America/New_York' },
      ['2026-03-08T14:00:00Z'],
    ],
  ])('%s', (_, event, other, expected) => {
    expect(starts(event, [other])).toEqual(expected);
  });
});

const mondays = { start: '2037-01-05T09:00:00', rule: 'FREQ=WEEKLY' };
const leapDays = { start: '2028-02-29T09:30:00', rule: 'FREQ=YEARLY' };
const firstMondays = {
  start: '2026-01-05T09:00:00',
  rule: 'FREQ=MONTHLY;BYMONTHDAY=1,2;BYDAY=MO,TU;BYSETPOS=1',
};
const secondMondays = { ...firstMondays, rule: 'FREQ=MONTHLY;BYMONTHDAY=1,2;BYDAY=MO,TU;BYSETPOS=3' };

describe('all conflicts of an event', () => {
  test('come by start, with those of overrides, and without deleted occurrences', () => {
    const event = {
      start: '2026-01-05T09:00:00',
      rule: 'FREQ=WEEKLY;COUNT=4',
      exdates: ['2026-01-12T09:00:00'],
      overrides: [
        {
          originalStart: parseCivilTime('2026-01-19T09:00:00'),
          cancelled: false,
          start: parseCivilTime('2026-01-20T12:00:00'),
        },
      ],
    };
    const others = [mondaysOf(2026), { start: '2026-01-20T12:30:00' }];
    expect(starts(event, others, 10)).toEqual([
      '2026-01-05T09:00:00Z',
      '2026-01-20T12:00:00Z',
      '2026-01-26T09:00:00Z',
    ]);
  });

  test('are those of the days of the user', () => {
    const day = { start: '2026-06-01', rule: 'FREQ=WEEKLY', allDay: true };
    const evening = { start: '2026-06-01T23:30:00', timeZone: 'Asia/Tokyo' };
    expect(starts({ ...day, timeZone: 'Asia/Tokyo' }, [evening], 5)).toEqual(['2026-05-31T15:00:00Z']);
    expect(starts({ ...day, timeZone: 'America/New_York' }, [evening], 5)).toEqual(['2026-06-01T04:00:00Z']);
    expect(starts({ ...day, timeZone: 'Pacific/Kiritimati' }, [evening], 5)).toEqual([]);
  });

  test('leave out occurrences that the user declined, and events without a length', () => {
    const answered = { ...busy(mondaysOf(2026)), apart: new Set([parseCivilTime('2026-01-05T09:00:00')]) };
    const choice = { from: FROM, limit: 1, budget: new ComparisonBudget() };
    const first = (calendar: BusySeries, event: BusySeries) =>
      comparisonResult(
        conflictingOccurrences(event, { single: [], series: [calendar] }, choice),
      ).occurrences.map(({ start }) => formatInstant(start));
    expect(first(answered, busy(mondaysOf(2026)))).toEqual(['2026-01-12T09:00:00Z']);
    expect(first({ ...answered, takesTime: false }, busy(mondaysOf(2026)))).toEqual(['2026-01-05T09:00:00Z']);
    expect(first(busy({ ...mondaysOf(2026), length: { seconds: 0 } }), busy(mondaysOf(2026)))).toEqual([]);
  });

  test('have a point up to which they are known if the budget ends', () => {
    expect(starts(firstMondays, [secondMondays], 1)).toEqual([]);
    expect(starts(firstMondays, [secondMondays], 1, 1_000)).toEqual(['budget spent']);
    const choice = { from: FROM, limit: 1, budget: new ComparisonBudget(1_000) };
    const calendar = { single: [], series: [busy(secondMondays)] };
    const { checkedUntil } = comparisonResult(conflictingOccurrences(busy(firstMondays), calendar, choice));
    expect(checkedUntil).toBeGreaterThan(Date.UTC(2040, 0));
    expect(checkedUntil).toBeLessThan(Date.UTC(2990, 0));
  });

  test('may be found with pauses', () => {
    const choice = { from: FROM, limit: 1, budget: new ComparisonBudget() };
    const calendar = { single: [], series: Array.from({ length: 10 }, () => busy(secondMondays)) };
    const comparing = conflictingOccurrences(busy(firstMondays), calendar, choice);
    let pauses = 0;
    while (comparing.next().done !== true) pauses += 1;
    expect(pauses).toBeGreaterThan(3);
  });
});

const endless = (event: SeriesText, other: SeriesText, units?: number) =>
  comparisonResult(
    haveNoEnd(
      busy(event),
      { single: [], series: [busy(other)] },
      { from: FROM, budget: new ComparisonBudget(units) },
    ),
  );

describe('conflicts without an end', () => {
  test.each<[string, SeriesText, SeriesText, boolean]>([
    ['Mondays and leap days', mondays, leapDays, true],
    ['Mondays and leap days until 2500', mondays, { ...leapDays, rule: 'FREQ=YEARLY;UNTIL=25000101' }, false],
    ['a series with COUNT', { ...mondays, rule: 'FREQ=WEEKLY;COUNT=1000' }, leapDays, false],
    ['weeks that never meet', { ...mondays, start: '2037-01-06T09:00:00' }, mondays, false],
    ['a single event', mondays, { start: '2040-06-18T09:00:00' }, false],
    [
      'a series whose EXDATEs are the only conflicts so far',
      { ...mondays, exdates: ['2044-02-29T09:00:00', '2072-02-29T09:00:00'] },
      leapDays,
      true,
    ],
  ])('%s: %#', (_, event, other, expected) => {
    expect(endless(event, other)).toEqual({ endless: expected, checkedUntil: null });
  });

  test('are not known if the budget ends', () => {
    const { endless: found, checkedUntil } = endless(firstMondays, secondMondays, 500);
    expect(found).toBe(false);
    expect(checkedUntil).toBeGreaterThan(Date.UTC(2101, 0));
  });
});

describe('an event that conflicts with itself', () => {
  test.each<[string, SeriesText, string[]]>([
    [
      '25 hours a day',
      { start: '2026-01-01T09:00:00', rule: 'FREQ=DAILY', length: { seconds: 90_000 } },
      ['2026-01-01T09:00:00Z'],
    ],
    ['24 hours a day', { start: '2026-01-01T09:00:00', rule: 'FREQ=DAILY', length: { seconds: 86_400 } }, []],
    [
      '24 hours a day where the clocks change',
      { start: '2026-01-01T09:00:00', rule: 'FREQ=DAILY', length: { seconds: 86_400 }, ...berlin },
      ['2026-03-28T08:00:00Z'],
    ],
    [
      'whole days where the clocks change',
      { start: '2026-01-01', rule: 'FREQ=DAILY', allDay: true, ...berlin },
      [],
    ],
    [
      'an RDATE near an occurrence',
      {
        start: '2026-01-01T09:00:00',
        rule: 'FREQ=DAILY',
        rdates: ['2026-05-05T09:30:00', '2026-04-04T09:00:00'],
      },
      ['2026-05-05T09:00:00Z'],
    ],
  ])('%s', (_, event, expected) => {
    const choice = { from: FROM, limit: 1, budget: new ComparisonBudget() };
    const { occurrences, checkedUntil } = comparisonResult(conflictsWithItself(busy(event), choice));
    expect(occurrences.map(({ start }) => formatInstant(start))).toEqual(expected);
    expect(checkedUntil).toBeNull();
  });
});

const at = (time: string) => Date.parse(`2026-01-05T${time}:00Z`);

test('the time in common is that of single times and of all series', () => {
  const calendar = {
    single: [{ start: at('11:00'), end: at('11:30') }],
    series: [
      busy(mondaysOf(2026)),
      { ...busy({ ...mondaysOf(2026), start: '2026-01-05T12:00:00' }), takesTime: false },
    ],
  };
  expect(timeInCommon({ start: at('09:30'), end: at('14:00') }, calendar)).toEqual([
    { start: at('09:30'), end: at('10:00') },
    { start: at('11:00'), end: at('11:30') },
  ]);
});

function mondaysOf(year: number): SeriesText {
  return { start: `${year}-01-05T09:00:00`, rule: 'FREQ=WEEKLY' };
}
