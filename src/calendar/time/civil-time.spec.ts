import { describe, expect, test } from '@jest/globals';
import {
  civilDateOf,
  civilTimeOf,
  DAY,
  daysInMonth,
  daysInYear,
  epochDayOf,
  epochDayOfCivil,
  formatBasicCivilDate,
  formatBasicCivilTime,
  formatCivilDate,
  formatCivilTime,
  HOUR,
  isLeapYear,
  isSecondPass,
  modulo,
  parseCivilTime,
  SECOND_PASS,
  timeOfDay,
  wallClock,
  weekdayOf,
} from './civil-time.js';

describe('days', () => {
  test('the ends of the months of 401 years have the epoch days of the platform, and back', () => {
    for (let year = 1899; year <= 2299; year += 1) {
      for (let month = 1; month <= 12; month += 1) {
        const last = daysInMonth(year, month);
        for (const day of [1, last]) {
          const epochDay = epochDayOf(year, month, day);
          const date = civilDateOf(epochDay);
          if (epochDay * DAY !== Date.UTC(year, month - 1, day)) throw new Error(`${year}-${month}-${day}`);
          if (date.year !== year || date.month !== month || date.day !== day)
            throw new Error(`epoch day ${epochDay}`);
        }
      }
    }
    expect(epochDayOf(3001, 1, 1)).toBe(epochDayOf(3000, 12, 31) + 1);
  });

  test.each([
    [2024, 3, 0, '2024-02-29'],
    [2023, 3, 0, '2023-02-28'],
    [2024, 1, -1, '2023-12-30'],
    [2024, 1, 32, '2024-02-01'],
    [2024, 12, 32, '2025-01-01'],
    [1970, 1, 1, '1970-01-01'],
  ])('year %i, month %i, day %i is %s', (year, month, day, date) => {
    expect(formatCivilDate(epochDayOf(year, month, day) * DAY)).toBe(date);
  });

  test.each([
    [1900, 365],
    [2000, 366],
    [2023, 365],
    [2024, 366],
    [2100, 365],
  ])('%i has %i days', (year, days) => {
    expect(daysInYear(year)).toBe(days);
    expect(isLeapYear(year)).toBe(days === 366);
  });

  test.each([
    ['1970-01-01', 4],
    ['2022-09-06', 2],
    ['2000-02-29', 2],
    ['1900-01-01', 1],
    ['2999-12-31', 2],
  ])('%s is weekday %i', (date, weekday) => {
    expect(weekdayOf(parseCivilTime(date) / DAY)).toBe(weekday);
  });

  test.each([
    [1900, 28],
    [2000, 29],
    [2023, 28],
    [2024, 29],
  ])('February %i has %i days', (year, days) => {
    expect(daysInMonth(year, 2)).toBe(days);
  });
});

describe('civil time as text', () => {
  test.each([
    ['2022-09-06T17:16:47', '2022-09-06T17:16:47'],
    ['20220906T171647', '2022-09-06T17:16:47'],
    ['2022-09-06', '2022-09-06T00:00:00'],
    ['20220906', '2022-09-06T00:00:00'],
    ['1900-01-01T23:59:59', '1900-01-01T23:59:59'],
    ['9999-12-31', '9999-12-31T00:00:00'],
  ])('%s reads as %s', (text, extended) => {
    expect(formatCivilTime(parseCivilTime(text))).toBe(extended);
  });

  test.each([
    '',
    '2022-02-30',
    '2023-02-29',
    '2022-13-01',
    '2022-00-01',
    '0000-01-01',
    '2022-09-06T24:00:00',
    '2022-09-06T23:60:00',
    '2022-09-06T23:59:60',
    '2022-09-06T17:16',
    '2022-09-06T17:16:47Z',
    '2022-09-06T17:16:47.5',
    '2022-0906',
    '20220906T17:16:47',
    ' 2022-09-06',
    '２０２２-09-06',
  ])('%j is not accepted', (text) => {
    expect(() => parseCivilTime(text)).toThrow(
      expect.objectContaining({ kind: 'invalid', code: 'invalid_civil_time' }),
    );
  });

  test('basic forms are those of iCalendar', () => {
    const civil = civilTimeOf(2022, 9, 6, 7, 6, 5);
    expect(formatBasicCivilTime(civil)).toBe('20220906T070605');
    expect(formatBasicCivilDate(civil)).toBe('20220906');
    expect(formatCivilDate(civil)).toBe('2022-09-06');
  });

  test('an error repeats no more than 40 characters', () => {
    expect(() => parseCivilTime('x'.repeat(50))).toThrow(`"${'x'.repeat(40)}" is not`);
  });
});

describe('the day and the time of a civil time', () => {
  test.each([
    ['1970-01-01T00:00:00', 0, 0],
    ['1970-01-02T01:00:00', 1, HOUR],
    ['1969-12-31T23:59:59', -1, DAY - 1_000],
    ['1950-01-01T00:00:01', -7_305, 1_000],
  ])('%s is day %i and %i ms', (text, day, time) => {
    const civil = parseCivilTime(text);
    expect(epochDayOfCivil(civil)).toBe(day);
    expect(timeOfDay(civil)).toBe(time);
  });

  test('a time of day may be left out', () => {
    expect(civilTimeOf(1970, 1, 2)).toBe(DAY);
    expect(civilTimeOf(1970, 1, 2, 3)).toBe(DAY + 3 * HOUR);
  });
});

describe('the second pass', () => {
  const civil = parseCivilTime('1969-10-26T02:30:00');

  test('is told from the first and has the same reading', () => {
    expect(isSecondPass(civil)).toBe(false);
    expect(isSecondPass(civil + SECOND_PASS)).toBe(true);
    expect(wallClock(civil + SECOND_PASS)).toBe(civil);
    expect(formatCivilTime(civil + SECOND_PASS)).toBe(formatCivilTime(civil));
  });
});

test.each([
  [0, 7, 0],
  [8, 7, 1],
  [-1, 7, 6],
  [-7, 7, 0],
])('%i modulo %i is %i', (value, divisor, remainder) => {
  expect(modulo(value, divisor)).toBe(remainder);
});
