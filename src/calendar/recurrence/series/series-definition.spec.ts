import { describe, expect, test } from '@jest/globals';
import { series } from '../../../../test/support/core/series.js';
import { formatCivilTime, parseCivilTime } from '../../time/civil-time.js';
import { compileSeries, firstStart, type OccurrenceOverride } from './event-series.js';
import { seriesSpan } from './recurrence-set.js';

const at = (text: string) => Date.parse(text);
const civil = parseCivilTime;

function override(originalStart: string, changes: Partial<OccurrenceOverride> = {}): OccurrenceOverride {
  return { originalStart: civil(originalStart), cancelled: false, ...changes };
}

describe('the span of a series', () => {
  test.each([
    ['one occurrence', series(null), '2022-09-06T09:00:00Z', '2022-09-06T10:00:00Z'],
    ['endless', series('FREQ=DAILY'), '2022-09-06T09:00:00Z', null],
    ['COUNT', series('FREQ=DAILY;COUNT=1000'), '2022-09-06T09:00:00Z', '2025-06-01T10:00:00Z'],
    ['UNTIL', series('FREQ=WEEKLY;UNTIL=20221231'), '2022-09-06T09:00:00Z', '2022-12-27T10:00:00Z'],
    [
      'the last one excluded',
      series('FREQ=DAILY;COUNT=3', { exdates: [civil('2022-09-08T09:00:00')] }),
      '2022-09-06T09:00:00Z',
      '2022-09-07T10:00:00Z',
    ],
    [
      'one moved before all',
      series('FREQ=DAILY;COUNT=3', {
        overrides: [override('2022-09-08T09:00:00', { start: civil('2022-01-01T00:00:00') })],
      }),
      '2022-01-01T00:00:00Z',
      '2022-09-07T10:00:00Z',
    ],
    [
      'one moved after all, and longer',
      series('FREQ=DAILY;COUNT=3', {
        overrides: [
          override('2022-09-06T09:00:00', {
            start: civil('2023-01-01T00:00:00'),
            length: { seconds: 3 * 86_400 },
          }),
        ],
      }),
      '2022-09-07T09:00:00Z',
      '2023-01-04T00:00:00Z',
    ],
    [
      'an RDATE after all',
      series('FREQ=DAILY;COUNT=3', { rdates: [civil('2023-01-01T00:00:00')] }),
      '2022-09-06T09:00:00Z',
      '2023-01-01T01:00:00Z',
    ],
    [
      'nothing at all',
      series('FREQ=DAILY;COUNT=1', { exdates: [civil('2022-09-06T09:00:00')] }),
      '2022-09-06T09:00:00Z',
      '2022-09-06T09:00:00Z',
    ],
  ])('%s', (_case, definition, start, end) => {
    expect(seriesSpan(compileSeries(definition))).toEqual({
      start: at(start),
      end: end === null ? null : at(end),
    });
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
    const moved = firstStart(series(rule));
    expect(formatCivilTime(moved)).toBe(first);
    expect(firstStart(series(rule, { start: moved }))).toBe(moved);
  });

  test.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31',
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
    'FREQ=DAILY;INTERVAL=7;BYDAY=WE',
    'FREQ=YEARLY;INTERVAL=2;BYYEARDAY=-366;BYMONTH=2',
    'FREQ=DAILY;UNTIL=20220905',
  ])('of %s there is none', (rule) => {
    expect(() => firstStart(series(rule))).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'no_occurrence' }),
    );
  });
});

describe('a definition is refused', () => {
  test.each([
    ['a fraction of a second', series(null, { start: 1 }), 'invalid_series'],
    ['a start before 1900', series(null, { start: civil('1899-12-31T23:59:59') }), 'invalid_series'],
    ['a start after 2999', series(null, { start: civil('3000-01-01') }), 'invalid_series'],
    ['no length', series(null, { length: { seconds: 0 } }), 'invalid_series'],
    ['an infinite length', series(null, { length: { seconds: Infinity } }), 'invalid_series'],
    [
      'half an all-day',
      series(null, { allDay: true, start: civil('2022-09-06'), length: { days: 0.5 } }),
      'invalid_series',
    ],
    ['an all-day with a time', series(null, { allDay: true, length: { days: 1 } }), 'invalid_series'],
    [
      'an override without a length',
      series(null, { overrides: [override('2022-09-06', { length: { seconds: 0 } })] }),
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
