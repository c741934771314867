import { describe, expect, test } from '@jest/globals';
import { type SeriesText, series, seriesOf } from '../../../../test/support/core/series.js';
import { formatCivilTime, parseCivilTime, SECOND_PASS } from '../../time/civil-time.js';
import { compileSeries, firstStart, type Override } from './event-series.js';

const civil = parseCivilTime;
const utc = (instant: number) => new Date(instant).toISOString().slice(0, 16);

const daily: SeriesText = { start: '2022-09-06T09:00:00', rule: 'FREQ=DAILY' };

function override(originalStart: string, changes: Partial<Override> = {}): Override {
  return { originalStart: civil(originalStart), cancelled: false, ...changes };
}

const compiled = (text: SeriesText) => compileSeries(seriesOf(text));
const startsOf = (occurrences: readonly { readonly start: number }[]) =>
  occurrences.map(({ start }) => utc(start));

describe('dates beside the rule', () => {
  test.each<[string, SeriesText, string[]]>([
    [
      'are the RDATEs',
      { ...daily, rdates: ['2022-09-10T12:00:00', '2022-09-08T12:00:00'] },
      ['2022-09-08T12:00', '2022-09-10T12:00'],
    ],
    ['are none of a rule alone', daily, []],
    ['have the start without a rule', { start: '2022-09-06T09:00:00' }, ['2022-09-06T09:00']],
    [
      'hold each instant once',
      { start: '2022-09-06T09:00:00', rdates: ['2022-09-06T09:00:00', '2022-09-07T09:00:00'] },
      ['2022-09-06T09:00', '2022-09-07T09:00'],
    ],
  ])('%s', (_, text, starts) => {
    expect(startsOf(compiled(text).rdates)).toEqual(starts);
  });

  test('have the length of the series', () => {
    const [occurrence] = compiled({ start: '2022-09-06', allDay: true, length: { days: 3 } }).rdates;
    expect(utc(occurrence.end)).toBe('2022-09-09T00:00');
  });

  test('have the start in the second pass, which a rule never yields', () => {
    const start = civil('2026-11-01T01:30:00') + SECOND_PASS;
    const compiledSeries = compileSeries({ ...seriesOf({ ...daily, timeZone: 'America/New_York' }), start });
    expect(startsOf(compiledSeries.rdates)).toEqual(['2026-11-01T06:30']);
    expect([...compiledSeries.exdates].map(utc)).toEqual(['2026-11-01T05:30']);
  });
});

describe('overrides', () => {
  const compiledSeries = compiled({
    ...daily,
    exdates: ['2022-09-09T09:00:00'],
    overrides: [
      override('2022-09-08T09:00:00', { start: civil('2022-09-20T12:00:00'), length: { seconds: 60 } }),
      override('2022-09-07T09:00:00', { cancelled: true }),
      override('2022-09-09T09:00:00', { cancelled: true }),
      override('2022-09-06T09:00:00', { start: civil('2022-09-30T09:00:00') }),
    ],
  });

  test('are found by the original start', () => {
    expect([...compiledSeries.overrides.keys()].map(utc)).toEqual([
      '2022-09-08T09:00',
      '2022-09-07T09:00',
      '2022-09-09T09:00',
      '2022-09-06T09:00',
    ]);
  });

  test('that take place are in the order of their own starts, with their own lengths', () => {
    expect(compiledSeries.replacements.map(({ start, end }) => [utc(start), end - start])).toEqual([
      ['2022-09-20T12:00', 60_000],
      ['2022-09-30T09:00', 3_600_000],
    ]);
  });

  test('that are cancelled leave out what EXDATE took away', () => {
    expect(startsOf(compiledSeries.cancellations)).toEqual(['2022-09-07T09:00']);
  });
});

describe('until', () => {
  test.each<[string, SeriesText, number]>([
    ['never without an end', daily, Infinity],
    ['never with COUNT', { ...daily, rule: 'FREQ=DAILY;COUNT=3' }, Infinity],
    [
      'the end of the day in the zone',
      { ...daily, timeZone: 'Europe/Moscow', rule: 'FREQ=DAILY;UNTIL=20221231' },
      Date.UTC(2022, 11, 31, 20, 59, 59),
    ],
  ])('is %s', (_, text, until) => {
    expect(compiled(text).until).toBe(until);
  });
});

describe('the first start', () => {
  test.each([
    ['FREQ=WEEKLY;BYDAY=TU', '2022-09-06T09:00:00'],
    ['FREQ=WEEKLY;BYDAY=MO', '2022-09-12T09:00:00'],
    ['FREQ=MONTHLY;BYDAY=1TU', '2022-09-06T09:00:00'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-02-29T09:00:00'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO', '2044-02-29T09:00:00'],
    ['FREQ=DAILY;BYHOUR=8', '2022-09-07T08:00:00'],
  ])('of %s is %s, and stays there', (rule, first) => {
    const moved = firstStart(compileSeries(series(rule)));
    expect(formatCivilTime(moved)).toBe(first);
    expect(firstStart(compileSeries(series(rule, { start: moved })))).toBe(moved);
  });

  test.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=DAILY;INTERVAL=7;BYDAY=WE',
    'FREQ=YEARLY;INTERVAL=2;BYYEARDAY=-366;BYMONTH=2',
    'FREQ=DAILY;UNTIL=20220905',
  ])('of %s there is none', (rule) => {
    expect(() => firstStart(compileSeries(series(rule)))).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'no_occurrence' }),
    );
  });
});

describe('a definition is refused', () => {
  test.each([
    ['a fraction of a second', series(null, { start: 1 }), 'invalid_series'],
    ['a start before 1900', series(null, { start: civil('1899-12-31T23:59:59') }), 'invalid_series'],
    ['a start after 2999', series(null, { start: civil('3000-01-01') }), 'invalid_series'],
    ['a negative length', series(null, { length: { seconds: -1 } }), 'invalid_series'],
    ['an infinite length', series(null, { length: { seconds: Infinity } }), 'invalid_series'],
    [
      'half an all-day',
      series(null, { allDay: true, start: civil('2022-09-06'), length: { days: 0.5 } }),
      'invalid_series',
    ],
    ['an all-day with a time', series(null, { allDay: true, length: { days: 1 } }), 'invalid_series'],
    [
      'an override of a negative length',
      series(null, { overrides: [override('2022-09-06', { length: { seconds: -1 } })] }),
      'invalid_series',
    ],
    ['days in a series with times of day', series(null, { length: { days: 1 } }), 'invalid_series'],
    [
      'seconds in an all-day series',
      series(null, { allDay: true, start: civil('2022-09-06'), length: { seconds: 86_400 } }),
      'invalid_series',
    ],
    [
      'an override in the other unit',
      series(null, { overrides: [override('2022-09-06', { length: { days: 1 } })] }),
      'invalid_series',
    ],
    ['an RDATE that is no number', series(null, { rdates: [Number.NaN] }), 'invalid_series'],
    ['an unknown zone', series(null, { timeZone: 'Mars/Olympus' }), 'unknown_time_zone'],
  ])('%s', (_case, definition, code) => {
    expect(() => compileSeries(definition)).toThrow(expect.objectContaining({ kind: 'invalid', code }));
  });

  test('an all-day rule that names times of day, by its part', () => {
    const definition = series('FREQ=DAILY;BYHOUR=9', {
      allDay: true,
      start: civil('2022-09-06'),
      length: { days: 1 },
    });
    expect(() => compileSeries(definition)).toThrow(
      expect.objectContaining({ code: 'invalid_rule', part: 'BYHOUR' }),
    );
  });
});
