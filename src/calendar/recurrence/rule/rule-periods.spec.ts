import { describe, expect, test } from '@jest/globals';
import {
  type EpochDay,
  epochDayOf,
  epochDayOfCivil,
  formatCivilDate,
  parseCivilTime,
} from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import { type RulePeriods, rulePeriodsOf } from './rule-periods.js';
import { parseRecurrenceRule } from './rule-text.js';

const dayOf = (text: string): EpochDay => epochDayOfCivil(parseCivilTime(text));
const TUESDAY = dayOf('2022-09-06');

function periodsOf(rule: string, start = TUESDAY): RulePeriods {
  return rulePeriodsOf(parseRecurrenceRule(rule), start, 1);
}

function daysOf(periods: RulePeriods, index: number, low = -Infinity, high = Infinity): string[] {
  const midnights = new NumberBuffer();
  periods.addDays(index, low, high, midnights);
  return midnights.toArray().map(formatCivilDate);
}

describe('the days of a period', () => {
  test.each<[string, number, string[]]>([
    ['FREQ=WEEKLY', 0, ['2022-09-06']],
    ['FREQ=WEEKLY', 1, ['2022-09-13']],
    ['FREQ=WEEKLY;INTERVAL=2', 1, ['2022-09-20']],
    ['FREQ=WEEKLY;BYDAY=MO,SU', 0, ['2022-09-05', '2022-09-11']],
    ['FREQ=WEEKLY;BYDAY=MO,SU;WKST=SU', 0, ['2022-09-04', '2022-09-05']],
    ['FREQ=WEEKLY;BYMONTH=10', 3, []],
    ['FREQ=WEEKLY;BYMONTH=10', 4, ['2022-10-04']],
    ['FREQ=MONTHLY', 0, ['2022-09-06']],
    ['FREQ=MONTHLY;INTERVAL=5', 1, ['2023-02-06']],
    ['FREQ=MONTHLY;BYDAY=-1FR', 3, ['2022-12-30']],
    ['FREQ=MONTHLY;BYMONTHDAY=31', 0, []],
    ['FREQ=MONTHLY;BYMONTH=10', 0, []],
    ['FREQ=MONTHLY;BYMONTH=10', 1, ['2022-10-06']],
    ['FREQ=YEARLY', 0, ['2022-09-06']],
    ['FREQ=YEARLY;INTERVAL=4', 1, ['2026-09-06']],
    ['FREQ=YEARLY;BYMONTH=3,4', 1, ['2023-03-06', '2023-04-06']],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 0, []],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', 2, ['2024-02-29']],
    ['FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', 0, ['2022-11-24']],
    ['FREQ=YEARLY;BYDAY=1MO', 1, ['2023-01-02']],
    ['FREQ=YEARLY;BYYEARDAY=1,-1', 0, ['2022-01-01', '2022-12-31']],
    ['FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO', 0, ['2022-01-03']],
    ['FREQ=DAILY;BYMONTHDAY=1,30', 0, ['2022-09-30']],
    ['FREQ=DAILY;INTERVAL=10;BYMONTH=9', 0, ['2022-09-06', '2022-09-16', '2022-09-26']],
  ])('%s, period %d', (rule, index, dates) => {
    const days = daysOf(periodsOf(rule), index).filter((date) =>
      rule.startsWith('FREQ=DAILY') ? date >= '2022-09-06' : true,
    );
    expect(days).toEqual(dates);
  });

  test.each<[string, string, string, string[]]>([
    ['FREQ=DAILY', '2022-09-08', '2022-09-10', ['2022-09-08', '2022-09-09', '2022-09-10']],
    ['FREQ=DAILY;INTERVAL=3', '2022-09-07', '2022-09-13', ['2022-09-09', '2022-09-12']],
    ['FREQ=DAILY;INTERVAL=3', '2022-09-12', '2022-09-12', ['2022-09-12']],
  ])('%s from %s to %s, of a stretch of days', (rule, low, high, dates) => {
    expect(daysOf(periodsOf(rule), 0, dayOf(low), dayOf(high))).toEqual(dates);
  });

  test('a stretch of days goes on where the last one ended', () => {
    const periods = periodsOf('FREQ=DAILY;INTERVAL=3');
    expect(dayOf(daysOf(periods, 1)[0]) - dayOf(daysOf(periods, 0).at(-1) as string)).toBe(3);
  });
});

describe('the period of a day', () => {
  test.each<[string, string, number]>([
    ['FREQ=WEEKLY', '2022-09-05', 0],
    ['FREQ=WEEKLY', '2022-09-11', 0],
    ['FREQ=WEEKLY', '2022-09-12', 1],
    ['FREQ=WEEKLY', '2022-09-04', -1],
    ['FREQ=WEEKLY;WKST=SU', '2022-09-11', 1],
    ['FREQ=WEEKLY;INTERVAL=2', '2022-09-18', 0],
    ['FREQ=MONTHLY', '2022-09-30', 0],
    ['FREQ=MONTHLY', '2022-10-01', 1],
    ['FREQ=MONTHLY;INTERVAL=2', '2022-12-01', 1],
    ['FREQ=YEARLY', '2022-01-01', 0],
    ['FREQ=YEARLY', '2023-01-01', 1],
    ['FREQ=YEARLY;INTERVAL=2', '2023-12-31', 0],
    ['FREQ=DAILY;BYMONTHDAY=1', '2022-12-31', 3],
    ['FREQ=DAILY', '2022-09-06', 0],
    ['FREQ=DAILY', '2022-09-05', -1],
  ])('of %s that %s falls into', (rule, date, index) => {
    expect(periodsOf(rule).indexOf(dayOf(date))).toBe(index);
  });

  test.each(['FREQ=DAILY', 'FREQ=DAILY;BYDAY=MO', 'FREQ=WEEKLY', 'FREQ=MONTHLY', 'FREQ=YEARLY'])(
    'of %s starts with its first day',
    (rule) => {
      const periods = periodsOf(`${rule};INTERVAL=3`);
      for (const index of [0, 1, 7]) {
        const first = periods.firstDayOf(index);
        expect(periods.indexOf(first)).toBe(index);
        expect(periods.indexOf(first - 1)).toBe(index - 1);
      }
    },
  );
});

test('a rule of a 31st skips shorter months', () => {
  const periods = periodsOf('FREQ=MONTHLY', epochDayOf(2022, 1, 31));
  expect([0, 1, 2].map((index) => daysOf(periods, index))).toEqual([['2022-01-31'], [], ['2022-03-31']]);
});
