import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from './civil-time.js';
import {
  civilLength,
  durationOfLength,
  endAfter,
  isLengthOfEvent,
  isSameLength,
  type Length,
  lengthOfDuration,
} from './length.js';
import { timeZone } from './time-zone.js';

describe('endAfter', () => {
  test.each<[string, string, string, Length, string]>([
    ['seconds', 'Europe/Berlin', '2026-01-05T08:00:00Z', { seconds: 5_400 }, '2026-01-05T09:30:00Z'],
    [
      'a day of seconds over a short day',
      'Europe/Berlin',
      '2026-03-28T23:00:00Z',
      { seconds: 86_400 },
      '2026-03-29T23:00:00Z',
    ],
    ['a day', 'Europe/Berlin', '2026-01-04T23:00:00Z', { days: 1 }, '2026-01-05T23:00:00Z'],
    ['a day of 23 hours', 'Europe/Berlin', '2026-03-28T23:00:00Z', { days: 1 }, '2026-03-29T22:00:00Z'],
    ['a day of 25 hours', 'Europe/Berlin', '2026-10-24T22:00:00Z', { days: 1 }, '2026-10-25T23:00:00Z'],
    ['a week with a short day', 'Europe/Berlin', '2026-03-25T23:00:00Z', { days: 7 }, '2026-04-01T22:00:00Z'],
    [
      'a day that starts at 01:00',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00Z',
      { days: 1 },
      '2018-11-05T02:00:00Z',
    ],
    [
      'the day after a skipped one',
      'Pacific/Apia',
      '2011-12-30T10:00:00Z',
      { days: 1 },
      '2011-12-31T10:00:00Z',
    ],
  ])('%s', (_, zone, start, length, end) => {
    expect(new Date(endAfter(Date.parse(start), length, timeZone(zone))).toISOString()).toBe(
      new Date(end).toISOString(),
    );
  });
});

test.each<[Length, boolean]>([
  [{ seconds: 1 }, true],
  [{ days: 1 }, true],
  [{ seconds: 0 }, true],
  [{ seconds: -1 }, false],
  [{ days: 0 }, false],
  [{ days: -1 }, false],
  [{ days: 0.5 }, false],
  [{ seconds: Infinity }, false],
  [{ seconds: Number.NaN }, false],
])('isLengthOfEvent(%j) is %s', (length, expected) => {
  expect(isLengthOfEvent(length)).toBe(expected);
});

test.each<[Length, Length, boolean]>([
  [{ days: 1 }, { days: 1 }, true],
  [{ days: 1 }, { days: 2 }, false],
  [{ seconds: 60 }, { seconds: 60 }, true],
  [{ seconds: 60 }, { seconds: 61 }, false],
  [{ days: 1 }, { seconds: 86_400 }, false],
  [{ days: 1 }, { seconds: 1 }, false],
])('isSameLength(%j, %j) is %s', (a, b, expected) => {
  expect(isSameLength(a, b)).toBe(expected);
  expect(isSameLength(b, a)).toBe(expected);
});

test.each<[Length, number]>([
  [{ seconds: 90 }, 90_000],
  [{ seconds: 3_600 }, HOUR],
  [{ days: 2 }, 2 * DAY],
  [{ days: 1 }, 24 * 60 * MINUTE],
])('civilLength(%j) is %d', (length, expected) => {
  expect(civilLength(length)).toBe(expected);
});

test.each<[number, boolean, Length]>([
  [2, true, { days: 2 }],
  [2, false, { seconds: 2 }],
])('a duration of %d with allDay %s is %j, and back', (duration, allDay, length) => {
  expect(lengthOfDuration(duration, allDay)).toEqual(length);
  expect(durationOfLength(length)).toBe(duration);
});
