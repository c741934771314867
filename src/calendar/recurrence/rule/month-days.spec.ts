import { describe, expect, test } from '@jest/globals';
import { DAY, epochDayOf, formatCivilDate } from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import { addMonthDays, daysOfMonth, lowestBit, monthFilterOf, nthWeekdayIndex } from './month-days.js';
import { parseRecurrenceRule } from './rule-text.js';

function daysIn(year: number, month: number, parts: string): number[] {
  const filter = monthFilterOf(parseRecurrenceRule(`FREQ=MONTHLY;${parts}`));
  const firstDay = epochDayOf(year, month, 1);
  const midnights = new NumberBuffer();
  addMonthDays(daysOfMonth(filter, year, month, firstDay), firstDay, midnights);
  return midnights.toArray().map((midnight) => midnight / DAY - firstDay + 1);
}

describe('the days of a month', () => {
  // September 2022 starts on a Thursday and has 30 days.
  test.each<[string, number[]]>([
    ['BYMONTHDAY=1,15,30,31', [1, 15, 30]],
    ['BYMONTHDAY=-1,-30,-31', [1, 30]],
    ['BYDAY=MO', [5, 12, 19, 26]],
    ['BYDAY=TH', [1, 8, 15, 22, 29]],
    ['BYDAY=SA,SU', [3, 4, 10, 11, 17, 18, 24, 25]],
    ['BYDAY=1TH', [1]],
    ['BYDAY=5TH', [29]],
    ['BYDAY=5MO', []],
    ['BYDAY=-1TH', [29]],
    ['BYDAY=-1MO', [26]],
    ['BYDAY=-5TH', [1]],
    ['BYDAY=-5WE', []],
    ['BYDAY=MO,1TU', [5, 6, 12, 19, 26]],
    ['BYDAY=FR;BYMONTHDAY=8,9,10', [9]],
    ['BYMONTH=9;BYMONTHDAY=6', [6]],
    ['BYMONTH=8,10;BYMONTHDAY=6', []],
  ])('%s in September 2022', (parts, days) => {
    expect(daysIn(2022, 9, parts)).toEqual(days);
  });

  test.each<[number, number, string, number[]]>([
    [2022, 1, 'BYMONTHDAY=31', [31]],
    [2023, 2, 'BYMONTHDAY=29', []],
    [2024, 2, 'BYMONTHDAY=29', [29]],
    [2024, 2, 'BYMONTHDAY=-1', [29]],
    [2023, 2, 'BYDAY=-1TU', [28]],
    [2022, 12, 'BYMONTH=12', Array.from({ length: 31 }, (_, index) => index + 1)],
  ])('of %d-%d, %s', (year, month, parts, days) => {
    expect(daysIn(year, month, parts)).toEqual(days);
  });
});

test('midnights are added to what is there', () => {
  const midnights = new NumberBuffer();
  midnights.add(-1);
  addMonthDays(0b101, epochDayOf(2022, 9, 1), midnights);
  expect(midnights.values[0]).toBe(-1);
  expect(midnights.toArray().slice(1).map(formatCivilDate)).toEqual(['2022-09-01', '2022-09-03']);
});

test.each([
  [1, 0],
  [0b100, 2],
  [0b110, 1],
  [0x4000_0000, 30],
])('the lowest bit of %d is %d', (value, bit) => {
  expect(lowestBit(value)).toBe(bit);
});

describe('nthWeekdayIndex', () => {
  // A period of ten days that starts on a Wednesday.
  test.each([
    [3, 1, 0],
    [3, 2, 7],
    [2, 1, 6],
    [3, -1, 7],
    [3, -2, 0],
    [5, -1, 9],
    [2, -1, 6],
  ])('weekday %d, ordinal %d is at %d', (weekday, ordinal, index) => {
    expect(nthWeekdayIndex(weekday, ordinal, 3, 10)).toBe(index);
  });

  test.each([
    [3, 3],
    [2, 2],
    [3, -3],
    [2, -2],
  ])('weekday %d, ordinal %d is outside', (weekday, ordinal) => {
    const index = nthWeekdayIndex(weekday, ordinal, 3, 10);
    expect(index < 0 || index >= 10).toBe(true);
  });
});
