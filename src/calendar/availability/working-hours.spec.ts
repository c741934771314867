import { describe, expect, test } from '@jest/globals';
import type { Weekday } from '../time/civil-time.js';
import { HOUR, MINUTE } from '../time/civil-time.js';
import { timeZone } from '../time/time-zone.js';
import type { ShiftText } from './working-hours.js';
import { MAX_SHIFTS, parseWorkingHours, workingTime } from './working-hours.js';

const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const shift = (from: string, to: string, daysOfWeek: number[] = EVERY_DAY): ShiftText => ({
  daysOfWeek,
  from,
  to,
});

type TextInterval = [start: string, end: string];

/** Instants are written as RFC 3339 without seconds, `2026-01-05T09:00Z`. */
function shiftsAtWork(shifts: ShiftText[], zone: string, [start, end]: TextInterval): TextInterval[] {
  const window = { start: Date.parse(start), end: Date.parse(end) };
  const intervals = workingTime(parseWorkingHours(shifts) ?? [], timeZone(zone), window);
  return intervals.map((interval) => [text(interval.start), text(interval.end)]);
}

const text = (instant: number): string => new Date(instant).toISOString().replace(':00.000Z', 'Z');

describe('at work', () => {
  test("is the shift of each of its days, in the user's zone", () => {
    expect(
      shiftsAtWork([shift('09:00', '18:00', [1, 2])], 'Europe/Moscow', [
        '2026-01-04T00:00Z',
        '2026-01-11T00:00Z',
      ]),
    ).toEqual([
      ['2026-01-05T06:00Z', '2026-01-05T15:00Z'],
      ['2026-01-06T06:00Z', '2026-01-06T15:00Z'],
    ]);
  });

  test('starts and ends with the window', () => {
    expect(
      shiftsAtWork([shift('09:00', '18:00')], 'UTC', ['2026-01-05T10:00Z', '2026-01-05T11:00Z']),
    ).toEqual([['2026-01-05T10:00Z', '2026-01-05T11:00Z']]);
    expect(
      shiftsAtWork([shift('09:00', '18:00')], 'UTC', ['2026-01-05T18:00Z', '2026-01-06T09:00Z']),
    ).toEqual([]);
    expect(
      shiftsAtWork([shift('09:00', '18:00')], 'UTC', ['2026-01-05T10:00Z', '2026-01-05T10:00Z']),
    ).toEqual([]);
  });

  test('several shifts of a day keep their break, and overlapping ones merge', () => {
    const shifts = [shift('14:00', '18:00'), shift('09:00', '12:00'), shift('11:00', '13:00')];
    expect(shiftsAtWork(shifts, 'UTC', ['2026-01-05T00:00Z', '2026-01-06T00:00Z'])).toEqual([
      ['2026-01-05T09:00Z', '2026-01-05T13:00Z'],
      ['2026-01-05T14:00Z', '2026-01-05T18:00Z'],
    ]);
  });

  test('a shift past midnight belongs to the day it starts on', () => {
    expect(
      shiftsAtWork([shift('22:00', '06:00', [5])], 'UTC', ['2026-01-05T00:00Z', '2026-01-12T00:00Z']),
    ).toEqual([['2026-01-09T22:00Z', '2026-01-10T06:00Z']]);
  });

  test('a shift past midnight that began before the window still counts', () => {
    expect(
      shiftsAtWork([shift('22:00', '06:00', [5])], 'UTC', ['2026-01-10T01:00Z', '2026-01-12T00:00Z']),
    ).toEqual([['2026-01-10T01:00Z', '2026-01-10T06:00Z']]);
  });

  test('24:00 is midnight itself, so that a night shift follows without a break', () => {
    const shifts = [shift('18:00', '24:00', [1]), shift('00:00', '06:00', [2])];
    expect(shiftsAtWork(shifts, 'UTC', ['2026-01-05T00:00Z', '2026-01-12T00:00Z'])).toEqual([
      ['2026-01-05T18:00Z', '2026-01-06T06:00Z'],
    ]);
  });

  test('00:00 as an end is the same midnight', () => {
    expect(
      shiftsAtWork([shift('18:00', '00:00', [1])], 'UTC', ['2026-01-05T00:00Z', '2026-01-12T00:00Z']),
    ).toEqual([['2026-01-05T18:00Z', '2026-01-06T00:00Z']]);
  });

  test('whole days are one interval', () => {
    expect(
      shiftsAtWork([shift('00:00', '24:00')], 'Europe/Paris', ['2026-03-01T00:00Z', '2026-04-01T00:00Z']),
    ).toEqual([['2026-03-01T00:00Z', '2026-04-01T00:00Z']]);
  });
});

describe('at work across a change of summer time', () => {
  test.each<[string, string, ShiftText, string, TextInterval[]]>([
    [
      'the wall clock stays, the instants move',
      'America/New_York',
      shift('09:00', '17:00'),
      '2026-03-07',
      [
        ['2026-03-07T14:00Z', '2026-03-07T22:00Z'],
        ['2026-03-08T13:00Z', '2026-03-08T21:00Z'],
      ],
    ],
    [
      'a night without its third hour',
      'America/New_York',
      shift('22:00', '06:00', [6]),
      '2026-03-07',
      [['2026-03-08T03:00Z', '2026-03-08T10:00Z']],
    ],
    [
      'a night with an hour twice',
      'America/New_York',
      shift('22:00', '06:00', [6]),
      '2026-10-31',
      [['2026-11-01T02:00Z', '2026-11-01T11:00Z']],
    ],
    [
      'a start that the gap skips',
      'America/New_York',
      shift('02:30', '05:00', [7]),
      '2026-03-08',
      [['2026-03-08T07:00Z', '2026-03-08T09:00Z']],
    ],
    [
      'an end that the gap skips',
      'America/New_York',
      shift('01:00', '02:30', [7]),
      '2026-03-08',
      [['2026-03-08T06:00Z', '2026-03-08T07:00Z']],
    ],
    ['a shift within the gap', 'America/New_York', shift('02:15', '02:45', [7]), '2026-03-08', []],
    [
      'a short shift that ends after the gap',
      'America/New_York',
      shift('02:30', '03:15', [7]),
      '2026-03-08',
      [['2026-03-08T07:00Z', '2026-03-08T07:15Z']],
    ],
    [
      'a start that comes twice',
      'America/New_York',
      shift('01:30', '03:00', [7]),
      '2026-11-01',
      [['2026-11-01T05:30Z', '2026-11-01T08:00Z']],
    ],
    [
      'an end that comes twice',
      'America/New_York',
      shift('00:00', '01:30', [7]),
      '2026-11-01',
      [['2026-11-01T04:00Z', '2026-11-01T05:30Z']],
    ],
    [
      'a change of half an hour',
      'Australia/Lord_Howe',
      shift('01:00', '05:00', [7]),
      '2026-10-03',
      [['2026-10-03T14:30Z', '2026-10-03T18:00Z']],
    ],
    [
      'a day that begins at one',
      'America/Sao_Paulo',
      shift('00:00', '02:00', [7]),
      '2018-11-03',
      [['2018-11-04T03:00Z', '2018-11-04T04:00Z']],
    ],
    ['a day that the calendar left out', 'Pacific/Apia', shift('09:00', '17:00', [5]), '2011-12-30', []],
  ])('%s', (_name, zone, row, day, expected) => {
    const start = Date.parse(`${day}T00:00Z`);
    const twoDays: TextInterval = [text(start), text(start + 48 * HOUR)];
    expect(shiftsAtWork([row], zone, twoDays)).toEqual(expected);
  });
});

describe('working hours are read', () => {
  test('with seconds, 0 for Sunday, and each day once', () => {
    expect(parseWorkingHours([shift('09:30', '18:00:30', [0, 7, 1])])).toEqual([
      { daysOfWeek: [7, 1] satisfies Weekday[], from: 9 * HOUR + 30 * MINUTE, to: 18 * HOUR + 30_000 },
    ]);
  });

  test('as any time where there is none', () => {
    expect(parseWorkingHours([])).toBeNull();
  });

  test.each<[string, ShiftText]>([
    ['an empty shift', shift('09:00', '09:00')],
    ['a whole day by one midnight', shift('00:00', '00:00')],
    ['a start at 24:00', shift('24:00', '06:00')],
    ['an end after 24:00', shift('09:00', '24:01')],
    ['an hour 25', shift('09:00', '25:00')],
    ['a minute 60', shift('09:60', '18:00')],
    ['no leading zero', shift('9:00', '18:00')],
    ['text around the time', shift('09:00', '18:00\n')],
    ['no days', shift('09:00', '18:00', [])],
    ['a day 8', shift('09:00', '18:00', [8])],
    ['a day 8 beside a day 1', shift('09:00', '18:00', [1, 8])],
    ['a day -1', shift('09:00', '18:00', [-1])],
    ['half a day', shift('09:00', '18:00', [1.5])],
    ['a day that is no number', shift('09:00', '18:00', [Number.NaN])],
  ])('and refused for %s', (_name, row) => {
    expect(() => parseWorkingHours([shift('09:00', '18:00'), row])).toThrow(
      expect.objectContaining({ code: 'invalid_working_hours', detail: expect.stringContaining('Shift 2 ') }),
    );
  });

  test('and refused when they are too many', () => {
    const shifts = Array.from({ length: MAX_SHIFTS + 1 }, () => shift('09:00', '18:00'));
    expect(() => parseWorkingHours(shifts)).toThrow(
      expect.objectContaining({ code: 'invalid_working_hours' }),
    );
    expect(parseWorkingHours(shifts.slice(1))).toHaveLength(MAX_SHIFTS);
  });
});
