import { describe, expect, test } from '@jest/globals';
import { daysInMonth, daysInYear, epochDayOf, formatCivilDate } from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import { parseRecurrenceRule } from './rule-text.js';
import { filterYearDays, YearDays, type YearFilter, yearFilterOf } from './year-days.js';

function wholeYear(year: number): YearDays {
  const days = new YearDays();
  for (let month = 1; month <= 12; month += 1) {
    const firstIndex = epochDayOf(year, month, 1) - epochDayOf(year, 1, 1);
    days.addMonth(0x7fff_ffff >>> (31 - daysInMonth(year, month)), firstIndex);
  }
  return days;
}

function datesOf(days: YearDays, year: number): string[] {
  const midnights = new NumberBuffer();
  days.addTo(midnights, epochDayOf(year, 1, 1));
  return midnights.toArray().map((midnight) => formatCivilDate(midnight).slice(5));
}

function datesIn(year: number, parts: string): string[] {
  const filter = yearFilterOf(parseRecurrenceRule(`FREQ=YEARLY;${parts}`)) as YearFilter;
  const days = wholeYear(year);
  filterYearDays(days, filter, year);
  return datesOf(days, year);
}

describe('a set of days of a year', () => {
  test.each([2022, 2024])('holds every day of %d', (year) => {
    const dates = datesOf(wholeYear(year), year);
    expect(dates).toHaveLength(daysInYear(year));
    expect(dates.at(0)).toBe('01-01');
    expect(dates.at(-1)).toBe('12-31');
  });

  test('intersects', () => {
    const [a, b] = [new YearDays(), new YearDays()];
    for (const index of [0, 31, 32, 63, 365]) a.add(index);
    for (const index of [31, 33, 63, 365]) b.add(index);
    a.intersect(b);
    expect(datesOf(a, 2024)).toEqual(['02-01', '03-04', '12-31']);
  });
});

describe('yearFilterOf', () => {
  test.each(['BYMONTH=3', 'BYMONTH=3;BYMONTHDAY=1', 'BYMONTH=3;BYDAY=1MO', 'BYDAY=MO', 'INTERVAL=2'])(
    '%s: the months decide, not the year',
    (parts) => {
      expect(yearFilterOf(parseRecurrenceRule(`FREQ=YEARLY;${parts}`))).toBeNull();
    },
  );
});

describe('the days of a year', () => {
  test.each<[number, string, string[]]>([
    [2022, 'BYYEARDAY=1,100,365,366', ['01-01', '04-10', '12-31']],
    [2024, 'BYYEARDAY=60,366', ['02-29', '12-31']],
    [2022, 'BYYEARDAY=-1,-365,-366', ['01-01', '12-31']],
    [2024, 'BYYEARDAY=-366', ['01-01']],
    [2022, 'BYDAY=1MO', ['01-03']],
    [2022, 'BYDAY=20MO', ['05-16']],
    [2022, 'BYDAY=-1FR', ['12-30']],
    [2022, 'BYDAY=53SA', ['12-31']],
    [2022, 'BYDAY=53MO', []],
    [2022, 'BYDAY=-53SA', ['01-01']],
    [2022, 'BYYEARDAY=100,101,102;BYDAY=1MO,15MO', ['04-11']],
    // Week 1 has 4 January. 1 January 2022 belongs to week 52 of 2021, 31 December 2024 to week 1 of 2025.
    [2022, 'BYWEEKNO=1;BYDAY=MO', Array.from({ length: 7 }, (_, day) => `01-0${day + 3}`)],
    [2022, 'BYWEEKNO=52;BYDAY=MO', ['01-01', '01-02', '12-26', '12-27', '12-28', '12-29', '12-30', '12-31']],
    [
      2024,
      'BYWEEKNO=1;BYDAY=MO',
      [...Array.from({ length: 7 }, (_, day) => `01-0${day + 1}`), '12-30', '12-31'],
    ],
    [2020, 'BYWEEKNO=53;BYDAY=MO', ['12-28', '12-29', '12-30', '12-31']],
    [2021, 'BYWEEKNO=53;BYDAY=MO', ['01-01', '01-02', '01-03']],
    [2022, 'BYWEEKNO=53;BYDAY=MO', []],
    [2020, 'BYWEEKNO=-1;BYDAY=MO', ['12-28', '12-29', '12-30', '12-31']],
    [2022, 'BYWEEKNO=-53;BYDAY=MO', []],
    // With weeks from Sunday, week 1 of 2022 starts on 2 January.
    [2022, 'BYWEEKNO=1;BYDAY=MO;WKST=SU', Array.from({ length: 7 }, (_, day) => `01-0${day + 2}`)],
  ])('of %d, %s', (year, parts, dates) => {
    expect(datesIn(year, parts)).toEqual(dates);
  });
});
