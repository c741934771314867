import { describe, expect, test } from '@jest/globals';
import { civilStartsOf, type SeriesText, seriesOf, startsOf } from '../../../../test/support/core/series.js';
import type { RuleStarts } from '../rule/rule-starts.js';
import { compileSeries, type Override } from './event-series.js';
import { RuleOccurrences } from './rule-occurrences.js';

const DAILY: SeriesText = { start: '2022-09-06T09:00:00', rule: 'FREQ=DAILY' };

interface BoundsText {
  startsFrom?: string;
  startsBefore?: string;
  endsAfter?: string;
}

function occurrencesOf(text: SeriesText, { startsFrom, startsBefore, endsAfter }: BoundsText = {}) {
  const series = compileSeries(seriesOf(text));
  if (series.ruleStarts === null) throw new Error('The series has no rule.');
  return new RuleOccurrences(series, series.ruleStarts, {
    startsFrom: startsFrom === undefined ? -Infinity : Date.parse(startsFrom),
    startsBefore: startsBefore === undefined ? Infinity : Date.parse(startsBefore),
    endsAfter: endsAfter === undefined ? -Infinity : Date.parse(endsAfter),
  });
}

describe('the occurrences of a rule', () => {
  test.each<[string, SeriesText, BoundsText, string]>([
    ['of COUNT', { ...DAILY, rule: 'FREQ=DAILY;COUNT=2' }, {}, '2022-09-06 2022-09-07'],
    ['up to UNTIL', { ...DAILY, rule: 'FREQ=DAILY;UNTIL=20220907T090000Z' }, {}, '2022-09-06 2022-09-07'],
    ['before UNTIL', { ...DAILY, rule: 'FREQ=DAILY;UNTIL=20220907T085959Z' }, {}, '2022-09-06'],
    [
      'that start at the lower bound or later',
      DAILY,
      { startsFrom: '2022-09-08T09:00:00Z', startsBefore: '2022-09-10T00:00:00Z' },
      '2022-09-08 2022-09-09',
    ],
    [
      'that start before the upper bound',
      DAILY,
      { startsFrom: '2022-09-08T09:00:01Z', startsBefore: '2022-09-10T09:00:00Z' },
      '2022-09-09',
    ],
    [
      'that end after a bound',
      DAILY,
      { endsAfter: '2022-09-08T10:00:00Z', startsBefore: '2022-09-10T00:00:00Z' },
      '2022-09-09',
    ],
    [
      'that have not ended at a bound',
      DAILY,
      { endsAfter: '2022-09-08T09:59:59Z', startsBefore: '2022-09-10T00:00:00Z' },
      '2022-09-08 2022-09-09',
    ],
    [
      'that began a week before a bound',
      { ...DAILY, length: { days: 7 }, allDay: true, start: '2022-09-06' },
      { endsAfter: '2022-09-14T00:00:00Z', startsBefore: '2022-09-09T00:00:00Z' },
      '2022-09-08',
    ],
    [
      'in empty bounds',
      DAILY,
      { startsFrom: '2022-09-08T09:00:00Z', startsBefore: '2022-09-08T09:00:00Z' },
      '',
    ],
    ['before the series', DAILY, { startsBefore: '2022-09-06T09:00:00Z' }, ''],
    [
      'after the series',
      { ...DAILY, rule: 'FREQ=DAILY;COUNT=2' },
      { startsFrom: '2022-09-08T00:00:00Z' },
      '',
    ],
    [
      'with EXDATE',
      { ...DAILY, rule: 'FREQ=DAILY;COUNT=1', exdates: ['2022-09-06T09:00:00'] },
      {},
      '2022-09-06',
    ],
    [
      'that skip years',
      { ...DAILY, start: '2024-02-29', rule: 'FREQ=YEARLY;COUNT=2' },
      {},
      '2024-02-29 2028-02-29',
    ],
  ])('%s', (_case, text, bounds, days) => {
    const found = [...occurrencesOf(text, bounds)];
    expect(
      startsOf(found)
        .map((start) => start.slice(0, 10))
        .join(' '),
    ).toBe(days);
  });

  test('end after the length of the series, and have no override', () => {
    const [first] = occurrencesOf({ ...DAILY, length: { seconds: 60 } });
    const start = Date.UTC(2022, 8, 6, 9);
    expect(first).toEqual({
      start,
      end: start + 60_000,
      originalStart: start,
      originalCivilStart: start,
      override: null,
    });
  });

  test('are read from an endless series only as far as they are asked for', () => {
    const occurrences = occurrencesOf(DAILY);
    expect(startsOf([occurrences.next().value as never])).toEqual(['2022-09-06T09:00:00Z']);
    expect(startsOf([occurrences.next().value as never])).toEqual(['2022-09-07T09:00:00Z']);
  });
});

describe('the occurrences of a rule around a gap', () => {
  const GAP: SeriesText = { start: '2026-03-08T01:15:00', timeZone: 'America/New_York' };

  test.each<[string, SeriesText, string, string]>([
    [
      'civil times of one instant are one occurrence, named by the reading that clocks showed',
      { ...GAP, rule: 'FREQ=DAILY;COUNT=6;BYHOUR=1,2,3;BYMINUTE=15,30' },
      '06:15 06:30 07:15 07:30',
      '01:15 01:30 03:15 03:30',
    ],
    [
      'instants that pass those after them are sorted',
      { ...GAP, start: '2026-03-08T02:45:00', rule: 'FREQ=DAILY;COUNT=3;BYHOUR=2,3;BYMINUTE=15,45' },
      '07:15 07:45',
      '03:15 03:45',
    ],
    [
      'an instant in the gap comes between two after it',
      { ...GAP, start: '2026-03-08T02:30:00', rule: 'FREQ=DAILY;COUNT=4;BYHOUR=2,3;BYMINUTE=0,30' },
      '07:00 07:30 06:00',
      '03:00 03:30 02:00',
    ],
  ])('%s', (_case, text, starts, civilStarts) => {
    const found = [...occurrencesOf(text)];
    expect(
      startsOf(found)
        .map((start) => start.slice(11, 16))
        .join(' '),
    ).toBe(starts);
    expect(
      civilStartsOf(found)
        .map((start) => start.slice(11, 16))
        .join(' '),
    ).toBe(civilStarts);
  });
});

const startsLeft = (occurrences: RuleOccurrences<Override>) => Array.from(occurrences, ({ start }) => start);

describe('the occurrences of a rule with exceptions', () => {
  const definition = seriesOf({ ...DAILY, rule: 'FREQ=DAILY;COUNT=300' });
  const series = compileSeries(definition);
  const all = startsLeft(occurrencesOf({ ...DAILY, rule: 'FREQ=DAILY;COUNT=300' }));

  test.each<[string, number[]]>([
    ['the first and the last', [0, 299]],
    ['several in turn', [3, 4, 5, 6]],
    ['one twice', [7, 7]],
    ['the last and the first of two runs', [255, 256]],
    ['a whole run', Array.from({ length: 256 }, (_, index) => index)],
    ['all', Array.from({ length: 300 }, (_, index) => index)],
    ['none', []],
  ])('leave out %s', (_, indexes) => {
    const times = indexes.map((index) => all[index]);
    const exceptions = [definition.start - 1, ...times, ...times.map((time) => time + 1)].toSorted(
      (a, b) => a - b,
    );
    const bounds = { startsFrom: -Infinity, startsBefore: Infinity, endsAfter: -Infinity };
    const found = new RuleOccurrences(series, series.ruleStarts as RuleStarts, bounds, exceptions);
    expect(startsLeft(found)).toEqual(all.filter((_start, index) => !indexes.includes(index)));
  });
});

describe('many occurrences', () => {
  const YEAR = { startsFrom: '2023-01-01T00:00:00Z', startsBefore: '2024-01-01T00:00:00Z' };
  const HALF_HOURS: SeriesText = {
    start: '2022-09-06T00:00:00',
    timeZone: 'America/New_York',
    rule: 'FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,30',
  };

  test('come once each, in order', () => {
    const starts = startsLeft(occurrencesOf(HALF_HOURS, YEAR));
    expect(starts).toEqual([...new Set(starts)].toSorted((a, b) => a - b));
    expect(starts).toHaveLength(365 * 8 - 2);
  });

  test.each([0, 1, 7, 63, 64, 65, 200, 2_917, 2_918, 5_000])('are the same after a skip of %i', (count) => {
    const starts = startsLeft(occurrencesOf(HALF_HOURS, YEAR));
    const skipping = occurrencesOf(HALF_HOURS, YEAR);
    skipping.skip(count);
    expect(startsLeft(skipping)).toEqual(starts.slice(count));
  });

  test('that are left, after some were read', () => {
    const starts = startsLeft(occurrencesOf(HALF_HOURS, YEAR));
    const occurrences = occurrencesOf(HALF_HOURS, YEAR);
    for (let read = 0; read < 70; read += 1) occurrences.next();
    expect(startsLeft(occurrences)).toEqual(starts.slice(70));
    expect(startsLeft(occurrences)).toEqual([]);
    expect(occurrences.next()).toEqual({ done: true, value: undefined });
  });
});
