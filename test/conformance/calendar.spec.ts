import { describe, expect, test } from '@jest/globals';
import { daysAt } from '../support/core/dates.js';
import { civilStartsOf, occurrences } from '../support/core/series.js';

const CASES: [string, string, string, string][] = [
  [
    '29 February is skipped in other years',
    '20200229',
    'FREQ=YEARLY',
    '2020 Feb 29; 2024 Feb 29; 2028 Feb 29',
  ],
  ['2100 is no leap year', '20920229', 'FREQ=YEARLY', '2092 Feb 29; 2096 Feb 29; 2104 Feb 29'],
  ['2000 is one', '19960229', 'FREQ=YEARLY', '1996 Feb 29; 2000 Feb 29; 2004 Feb 29'],
  ['29 February of every month', '20230129', 'FREQ=MONTHLY', '2023 Jan 29 Mar 29 Apr 29'],
  [
    'the 31st is skipped in shorter months',
    '20230131',
    'FREQ=MONTHLY',
    '2023 Jan 31 Mar 31 May 31 Jul 31 Aug 31 Oct 31',
  ],
  [
    'the last day of every month',
    '20230131',
    'FREQ=MONTHLY;BYMONTHDAY=-1',
    '2023 Jan 31 Feb 28 Mar 31 Apr 30',
  ],
  [
    'the 31st and the last day are one',
    '20230131',
    'FREQ=MONTHLY;BYMONTHDAY=31,-1',
    '2023 Jan 31 Feb 28 Mar 31 Apr 30',
  ],
  ['the 31st from the end', '20230101', 'FREQ=MONTHLY;BYMONTHDAY=-31', '2023 Jan 1 Mar 1 May 1 Jul 1'],
  [
    'the fifth Monday is skipped where there is none',
    '20230130',
    'FREQ=MONTHLY;BYDAY=5MO',
    '2023 Jan 30 May 29 Jul 31',
  ],
  ['the fifth Monday from the end', '20230102', 'FREQ=MONTHLY;BYDAY=-5MO', '2023 Jan 2 May 1 Jul 3 Oct 2'],
  ['day 366', '20201231', 'FREQ=YEARLY;BYYEARDAY=366', '2020 Dec 31; 2024 Dec 31'],
  [
    'day 60 before and after a leap day',
    '20230301',
    'FREQ=YEARLY;BYYEARDAY=60',
    '2023 Mar 1; 2024 Feb 29; 2025 Mar 1',
  ],
  ['day 366 from the end', '20200101', 'FREQ=YEARLY;BYYEARDAY=-366', '2020 Jan 1; 2024 Jan 1'],
  [
    'week 53 where there is one',
    '20201228',
    'FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO',
    '2020 Dec 28; 2026 Dec 28; 2032 Dec 27',
  ],
  [
    'week 53 ends in the next year',
    '20210101',
    'FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR',
    '2021 Jan 1; 2027 Jan 1; 2032 Dec 31',
  ],
  [
    'week 1 begins in the year before',
    '20241230',
    'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO',
    '2024 Dec 30; 2025 Dec 29; 2027 Jan 4',
  ],
  ['the last week', '20201228', 'FREQ=YEARLY;BYWEEKNO=-1;BYDAY=MO', '2020 Dec 28; 2021 Dec 27; 2022 Dec 26'],
  [
    'weeks that start on Sunday',
    '20230101',
    'FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU',
    '2023 Jan 1 Dec 31; 2024 Dec 29',
  ],
  ['the 53rd Sunday', '20231231', 'FREQ=YEARLY;BYDAY=53SU', '2023 Dec 31; 2028 Dec 31'],
  ['the last Sunday of the year', '20231231', 'FREQ=YEARLY;BYDAY=-1SU', '2023 Dec 31; 2024 Dec 29'],
  [
    'plain and numbered weekdays together',
    '20240105',
    'FREQ=MONTHLY;BYDAY=FR,1MO',
    '2024 Jan 5 12 19 26 Feb 2 5 9',
  ],
  [
    'BYSETPOS counts the part of the first week before the start',
    '20240103',
    'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=1',
    '2024 Jan 8 15 22',
  ],
  [
    'BYSETPOS beyond the set chooses nothing',
    '20240131',
    'FREQ=MONTHLY;BYDAY=WE;BYSETPOS=5',
    '2024 Jan 31 May 29 Jul 31',
  ],
  [
    'BYSETPOS over a year',
    '20240101',
    'FREQ=YEARLY;BYMONTH=1,7;BYDAY=MO;BYSETPOS=1,-1',
    '2024 Jan 1 Jul 29; 2025 Jan 6 Jul 28',
  ],
  [
    'a DAILY rule keeps its step through months that it leaves out',
    '20240101',
    'FREQ=DAILY;INTERVAL=3;BYMONTH=2',
    '2024 Feb 3 6 9 12 15 18 21 24 27; 2025 Feb 3',
  ],
  [
    'every other week of February',
    '20240205',
    'FREQ=WEEKLY;INTERVAL=2;BYMONTH=2',
    '2024 Feb 5 19; 2025 Feb 3 17',
  ],
  [
    'WKST moves the fortnight',
    '20240107',
    'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU',
    '2024 Jan 7 8 21 22',
  ],
  [
    'a start that the rule does not yield is no occurrence',
    '20220906',
    'FREQ=WEEKLY;BYDAY=TH',
    '2022 Sep 8 15 22',
  ],
  ['the largest step', '20240101', 'FREQ=DAILY;INTERVAL=999', '2024 Jan 1; 2026 Sep 26'],
  ['before 1970', '19640229', 'FREQ=YEARLY', '1964 Feb 29; 1968 Feb 29; 1972 Feb 29'],
];

describe('the calendar', () => {
  test.each(CASES)('%s', (_case, start, rule, days) => {
    const expected = daysAt('00:00:00', days);
    expect(civilStartsOf(occurrences({ start, rule }, expected.length))).toEqual(expected);
  });

  test('the calendar ends with 2999', () => {
    const found = occurrences({ start: '29980101', rule: 'FREQ=YEARLY;COUNT=1000' });
    expect(civilStartsOf(found)).toEqual(['2998-01-01T00:00:00', '2999-01-01T00:00:00']);
  });

  test('times of day multiply', () => {
    const found = occurrences({
      start: '20240101T083007',
      rule: 'FREQ=DAILY;BYHOUR=8,17;BYMINUTE=0,30;COUNT=4',
    });
    expect(civilStartsOf(found)).toEqual([
      '2024-01-01T08:30:07',
      '2024-01-01T17:00:07',
      '2024-01-01T17:30:07',
      '2024-01-02T08:00:07',
    ]);
  });

  test('BYSETPOS in a DAILY rule chooses among the times of each day', () => {
    const found = occurrences({
      start: '20240101T080000',
      rule: 'FREQ=DAILY;BYHOUR=8,12,17;BYSETPOS=-1;COUNT=2',
    });
    expect(civilStartsOf(found)).toEqual(['2024-01-01T17:00:00', '2024-01-02T17:00:00']);
  });
});
