import { describe, expect, test } from '@jest/globals';
import {
  civilDateOf,
  civilTimeOf,
  DAY,
  daysInMonth,
  epochDayOf,
  formatBasicCivilDate,
  formatBasicCivilTime,
  formatCivilDate,
  formatCivilTime,
  parseCivilTime,
  timeOfDay,
  weekdayOf,
} from './civil-time.js';

describe('days', () => {
  test('epoch days and dates are inverse over 1899 to 3000, and agree with the platform', () => {
    const first = epochDayOf(1899, 1, 1);
    const last = epochDayOf(3000, 12, 31);
    for (let day = first; day <= last; day += 1) {
      const { year, month, day: dayOfMonth } = civilDateOf(day);
      const platform = new Date(day * DAY);
      if (epochDayOf(year, month, dayOfMonth) !== day || platform.getUTCDate() !== dayOfMonth)
        throw new Error(`epoch day ${day}`);
      if (platform.getUTCMonth() + 1 !== month || platform.getUTCFullYear() !== year)
        throw new Error(`epoch day ${day}`);
    }
    expect(last - first + 1).toBe((Date.UTC(3001, 0, 1) - Date.UTC(1899, 0, 1)) / DAY);
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
  ])('%j is refused', (text) => {
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

  test('the time of day of a time before 1970 counts from its own midnight', () => {
    expect(timeOfDay(civilTimeOf(1950, 1, 1, 0, 0, 1))).toBe(1_000);
  });
});
