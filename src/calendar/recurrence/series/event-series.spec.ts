import { describe, expect, test } from '@jest/globals';
import { type SeriesText, seriesOf } from '../../../../test/support/core/series.js';
import { formatCivilTime, parseCivilTime, SECOND_PASS } from '../../time/civil-time.js';
import { compileSeries, firstStart, type OccurrenceOverride } from './event-series.js';

const civil = parseCivilTime;
const utc = (instant: number) => new Date(instant).toISOString().slice(0, 16);

const daily: SeriesText = { start: '2022-09-06T09:00:00', rule: 'FREQ=DAILY' };

function override(originalStart: string, changes: Partial<OccurrenceOverride> = {}): OccurrenceOverride {
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
    const series = compileSeries({ ...seriesOf({ ...daily, timeZone: 'America/New_York' }), start });
    expect(startsOf(series.rdates)).toEqual(['2026-11-01T06:30']);
    expect([...series.exdates].map(utc)).toEqual(['2026-11-01T05:30']);
  });
});

describe('overrides', () => {
  const series = compiled({
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
    expect([...series.overrides.keys()].map(utc)).toEqual([
      '2022-09-08T09:00',
      '2022-09-07T09:00',
      '2022-09-09T09:00',
      '2022-09-06T09:00',
    ]);
  });

  test('that take place are in the order of their own starts, with their own lengths', () => {
    expect(series.replacements.map(({ start, end }) => [utc(start), end - start])).toEqual([
      ['2022-09-20T12:00', 60_000],
      ['2022-09-30T09:00', 3_600_000],
    ]);
  });

  test('that are cancelled leave out what EXDATE took away', () => {
    expect(startsOf(series.cancellations)).toEqual(['2022-09-07T09:00']);
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
    ['is the start that the rule yields', 'FREQ=DAILY', '2022-09-06T09:00:00'],
    ['is the next that the rule yields', 'FREQ=WEEKLY;BYDAY=MO', '2022-09-12T09:00:00'],
    ['may be the last', 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20220912', '2022-09-12T09:00:00'],
  ])('%s', (_, rule, start) => {
    expect(formatCivilTime(firstStart(seriesOf({ ...daily, rule })))).toBe(start);
  });

  test('without a rule is the start', () => {
    expect(firstStart(seriesOf({ start: '2022-09-06T09:00:00', rdates: ['2022-09-01T09:00:00'] }))).toBe(
      civil('2022-09-06T09:00:00'),
    );
  });

  test.each(['FREQ=WEEKLY;BYDAY=MO;UNTIL=20220911', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'])(
    'of %s is none',
    (rule) => {
      expect(() => firstStart(seriesOf({ ...daily, rule }))).toThrow(
        expect.objectContaining({ kind: 'invalid', code: 'no_occurrence' }),
      );
    },
  );
});
