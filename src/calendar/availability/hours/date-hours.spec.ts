import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import { type Shift, workingTime } from '../working-hours.js';
import {
  type DateHoursText,
  dateHoursFaults,
  MAX_DATE_HOURS,
  MAX_INTERVALS_OF_DATE,
  parseDateHours,
} from './date-hours.js';

/** `10:00-12:00` each. */
function on(date: string, ...intervals: string[]): DateHoursText {
  return {
    date,
    intervals: intervals.map((interval) => {
      const [from, to] = interval.split('-');
      return { from, to };
    }),
  };
}

describe('the hours of dates', () => {
  test('are read in milliseconds after midnight', () => {
    expect(parseDateHours([on('1970-01-03', '09:30-24:00'), on('1970-01-02')])).toEqual([
      { date: 2, hours: [{ from: 9.5 * HOUR, to: DAY }] },
      { date: 1, hours: [] },
    ]);
  });

  const NIGHTS: Shift = { daysOfWeek: [1, 2, 3, 4, 5, 6, 7], from: 22 * HOUR, to: 6 * HOUR };

  test.each<[string, string, string, string[]]>([
    [
      'in the half hour twice of Lord Howe',
      'Australia/Lord_Howe',
      '2026-04-05',
      ['2026-04-04T14:00 - 2026-04-04T15:45'],
    ],
    ['in the hour that Berlin skips', 'Europe/Berlin', '2026-03-29', ['2026-03-29T00:00 - 2026-03-29T01:00']],
    [
      'in a plain night of Auckland',
      'Pacific/Auckland',
      '2026-11-02',
      ['2026-11-01T12:00 - 2026-11-01T13:15'],
    ],
    [
      'to the first pass of the hour that Casablanca has twice',
      'Africa/Casablanca',
      '2026-02-15',
      ['2026-02-15T00:00 - 2026-02-15T01:15'],
    ],
  ])('from one to a quarter past two: %s', (_, zone, date, expected) => {
    const start = Date.parse(`${date}T00:00Z`) - DAY;
    const found = workingTime(parseDateHours([on(date, '01:00-02:15')]), timeZone(zone), {
      start,
      end: start + 3 * DAY,
    });
    expect(found.map(told)).toEqual(expected);
  });

  test('replace the shift that begins on the date alone', () => {
    const hours = [NIGHTS, ...parseDateHours([on('2026-01-06', '10:00-11:00')])];
    const window = { start: Date.parse('2026-01-05T12:00Z'), end: Date.parse('2026-01-08T00:00Z') };
    expect(workingTime(hours, timeZone('UTC'), window).map(told)).toEqual([
      '2026-01-05T22:00 - 2026-01-06T06:00',
      '2026-01-06T10:00 - 2026-01-06T11:00',
      '2026-01-07T22:00 - 2026-01-08T00:00',
    ]);
  });
});

function told({ start, end }: { start: number; end: number }): string {
  return [start, end].map((instant) => new Date(instant).toISOString().slice(0, 16)).join(' - ');
}

function many(count: number): string[] {
  return Array.from({ length: count }, (_, hour) => `0${hour % 10}:00-0${hour % 10}:30`);
}

describe('the faults of the hours of dates', () => {
  test.each<[string, DateHoursText[], string[]]>([
    ['none', [on('2026-01-05', '10:00-12:00', '12:00-13:00', '09:00:30-10:00')], []],
    ['a date twice', [on('2026-01-05'), on('2026-01-06'), on('2026-01-05')], ['2.date']],
    ['no date', [on('2026-02-29'), on('2026-01-05T00:00:00'), on('')], ['0.date', '1.date', '2.date']],
    ['an overlap', [on('2026-01-05', '10:00-12:00', '11:00-11:30')], ['0.intervals.1.from']],
    ['an overlap after midnight', [on('2026-01-05', '22:00-03:00', '23:00-02:00')], ['0.intervals.1.from']],
    ['no length', [on('2026-01-05', '00:00-00:00')], ['0.intervals.0.to']],
    [
      'times that do not exist',
      [on('2026-01-05', '24:00-03:00', '10:00-24:01')],
      ['0.intervals.0.from', '0.intervals.1.to'],
    ],
    ['as many intervals as may be', [on('2026-01-05', ...many(MAX_INTERVALS_OF_DATE))], []],
    ['an interval more', [on('2026-01-05', ...many(MAX_INTERVALS_OF_DATE + 1))], ['0.intervals']],
  ])('%s', (_, dates, fields) => {
    expect(dateHoursFaults(dates).map(({ field }) => field)).toEqual(fields);
  });

  test('name the list if it is too long', () => {
    const dates = Array.from({ length: MAX_DATE_HOURS + 1 }, (_, day) =>
      on(new Date(day * DAY).toISOString().slice(0, 10)),
    );
    expect(dateHoursFaults(dates).map(({ field }) => field)).toEqual(['']);
    expect(dateHoursFaults(dates.slice(1))).toEqual([]);
  });
});
