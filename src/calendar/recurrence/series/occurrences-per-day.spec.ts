import { describe, expect, test } from '@jest/globals';
import { series as definedSeries, startsIn } from '../../../../test/support/core/series.js';
import { civilTimeOf, DAY } from '../../time/civil-time.js';
import { compileSeries } from './event-series.js';
import { occurrencesPerDay } from './occurrences-per-day.js';

const START = civilTimeOf(2026, 1, 5, 9, 0, 0);

const series = (rule: string | null) => compileSeries(definedSeries(rule, { start: START }));

describe('the occurrences a day', () => {
  test.each([
    ['FREQ=DAILY', 1],
    ['FREQ=DAILY;INTERVAL=4', 0.25],
    ['FREQ=DAILY;BYHOUR=0,6,12,18;BYMINUTE=0,30', 8],
    ['FREQ=WEEKLY', 1 / 7],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE', 3 / 14],
    ['FREQ=MONTHLY', 1 / 30],
    ['FREQ=MONTHLY;BYMONTHDAY=1,15,-1', 3 / 30],
    ['FREQ=YEARLY', 1 / 365],
  ])('of %s are %d', (rule, expected) => {
    expect(occurrencesPerDay(series(rule))).toBeCloseTo(expected);
  });

  test('of an event without a rule are none', () => {
    expect(occurrencesPerDay(series(null))).toBe(0);
  });

  test.each([
    'FREQ=DAILY;BYMONTH=6;BYHOUR=1,2,3',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR=0,12',
    'FREQ=MONTHLY;BYDAY=MO,TU',
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'FREQ=YEARLY;BYDAY=SU',
    'FREQ=YEARLY;BYWEEKNO=1,20;BYDAY=MO',
    'FREQ=YEARLY;BYMONTH=1,7',
  ])('of %s are not told too low', (rule) => {
    const days = 4 * 365;
    const count = startsIn(series(rule), { start: START, end: START + days * DAY }).length;
    expect(occurrencesPerDay(series(rule))).toBeGreaterThanOrEqual((count - 1) / days);
  });
});
