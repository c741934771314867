import { describe, expect, test } from '@jest/globals';
import { DAY, formatCivilTime, HOUR, parseCivilTime } from '../../time/civil-time.js';
import { RuleStarts } from './rule-starts.js';
import { parseRecurrenceRule } from './rule-text.js';

const START = '2022-09-06T09:00:00';

function startsOf(rule: string, start = START): RuleStarts {
  return new RuleStarts(parseRecurrenceRule(rule), parseCivilTime(start));
}

describe('starts within a time', () => {
  test.each<[string, string, string, string[]]>([
    ['FREQ=DAILY', '2022-09-01', '2022-09-07T09:00:00', ['2022-09-06T09:00:00', '2022-09-07T09:00:00']],
    ['FREQ=DAILY', '2022-09-06T09:00:01', '2022-09-07T08:59:59', []],
    ['FREQ=DAILY;COUNT=2', '2022-09-07', '2022-10-01', ['2022-09-07T09:00:00']],
    [
      'FREQ=DAILY;BYHOUR=8,17',
      '2022-09-06',
      '2022-09-07T12:00:00',
      ['2022-09-06T17:00:00', '2022-09-07T08:00:00'],
    ],
    [
      'FREQ=DAILY;BYMINUTE=0,30',
      '2022-09-06',
      '2022-09-06T23:00:00',
      ['2022-09-06T09:00:00', '2022-09-06T09:30:00'],
    ],
    [
      'FREQ=DAILY;BYHOUR=8,12,17;BYSETPOS=-1',
      '2022-09-06',
      '2022-09-07T23:00:00',
      ['2022-09-06T17:00:00', '2022-09-07T17:00:00'],
    ],
    [
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      '2022-09-01',
      '2022-10-31T23:00:00',
      ['2022-09-30T09:00:00', '2022-10-31T09:00:00'],
    ],
    [
      'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,9',
      '2022-09-01',
      '2022-10-31',
      ['2022-09-06T09:00:00', '2022-10-04T09:00:00'],
    ],
    ['FREQ=MONTHLY;BYMONTHDAY=1;BYHOUR=9,10;BYSETPOS=2', '2022-09-06', '2022-10-31', ['2022-10-01T10:00:00']],
  ])('%s from %s to %s', (rule, low, high, starts) => {
    expect(startsOf(rule).within(parseCivilTime(low), parseCivilTime(high)).map(formatCivilTime)).toEqual(
      starts,
    );
  });
});

describe('the last start', () => {
  test.each([
    ['FREQ=DAILY;COUNT=3', '2022-09-08T09:00:00'],
    ['FREQ=WEEKLY;BYDAY=TU,TH;COUNT=3', '2022-09-13T09:00:00'],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2', '2022-12-31T09:00:00'],
    ['FREQ=DAILY', '2999-12-31T23:59:59'],
  ])('of %s', (rule, last) => {
    expect(formatCivilTime(startsOf(rule).last)).toBe(last);
  });

  test('is counted as far as it is asked, in any order', () => {
    const starts = startsOf('FREQ=DAILY;COUNT=1000');
    const bound = parseCivilTime('2023-01-01');
    expect(starts.lastUpTo(bound)).toBe(bound);
    expect(starts.last).toBe(starts.start + 999 * DAY);
    expect(starts.lastUpTo(bound)).toBe(bound);
    expect(starts.lastUpTo(starts.last + DAY)).toBe(starts.last);
  });
});

describe('the first start', () => {
  test.each([
    ['FREQ=DAILY', START],
    ['FREQ=WEEKLY;BYDAY=WE', '2022-09-07T09:00:00'],
    ['FREQ=DAILY;BYHOUR=8', '2022-09-07T08:00:00'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2024-02-29T09:00:00'],
  ])('of %s', (rule, first) => {
    expect(formatCivilTime(startsOf(rule).first() as number)).toBe(first);
  });

  test.each(['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31'])(
    '%s has none',
    (rule) => {
      expect(startsOf(rule).first()).toBeNull();
    },
  );
});

describe('the shortest time between starts', () => {
  test.each([
    ['FREQ=DAILY', 1, DAY],
    ['FREQ=DAILY', 10, 10 * DAY],
    ['FREQ=DAILY;BYHOUR=8,9,17', 1, HOUR],
    ['FREQ=DAILY;BYHOUR=8,9,17', 2, 9 * HOUR],
    ['FREQ=DAILY;BYHOUR=8,9,17', 3, DAY],
    ['FREQ=DAILY;BYHOUR=8,9,17', 4, DAY + HOUR],
    ['FREQ=DAILY;BYHOUR=1,23', 1, 2 * HOUR],
  ])('of %s, %d later', (rule, count, time) => {
    expect(startsOf(rule).shortestDistance(count)).toBe(time);
  });
});
