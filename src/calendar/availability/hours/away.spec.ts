import { describe, expect, test } from '@jest/globals';
import { timeZone } from '../../time/time-zone.js';
import { type AwayText, awayFaults, awayTime, canonicalAway, MAX_AWAY } from './away.js';

function told(away: AwayText[], zone: string): string[] {
  return awayTime(away, timeZone(zone)).map(({ start, end }) =>
    [start, end].map((instant) => new Date(instant).toISOString().slice(0, 16)).join(' - '),
  );
}

describe('time away', () => {
  test.each<[string, string, AwayText, string[]]>([
    ['a day', 'Pacific/Auckland', days('2026-11-02', '2026-11-03'), ['2026-11-01T11:00 - 2026-11-02T11:00']],
    [
      'a day of 23 hours',
      'Europe/Berlin',
      days('2026-03-29', '2026-03-30'),
      ['2026-03-28T23:00 - 2026-03-29T22:00'],
    ],
    [
      'a day of 24 and a half hours',
      'Australia/Lord_Howe',
      days('2026-04-05', '2026-04-06'),
      ['2026-04-04T13:00 - 2026-04-05T13:30'],
    ],
    [
      'a day that begins at one',
      'America/Sao_Paulo',
      days('2018-11-04', '2018-11-05'),
      ['2018-11-04T03:00 - 2018-11-05T02:00'],
    ],
    ['a day that the calendar left out', 'Pacific/Apia', days('2011-12-30', '2011-12-31'), []],
    [
      'an hour, in each zone the same',
      'Asia/Tokyo',
      days('2026-01-05T09:00:00+01:00', '2026-01-05T09:00:00Z'),
      ['2026-01-05T08:00 - 2026-01-05T09:00'],
    ],
  ])('is %s', (_, zone, away, expected) => {
    expect(told([away], zone)).toEqual(expected);
  });

  test('is one interval where several overlap or touch, in any order', () => {
    const away = [
      days('2026-01-08', '2026-01-10'),
      days('2026-01-05', '2026-01-07'),
      days('2026-01-06T12:00:00Z', '2026-01-08T00:00:00Z'),
    ];
    expect(told(away, 'UTC')).toEqual(['2026-01-05T00:00 - 2026-01-10T00:00']);
    expect(told([], 'UTC')).toEqual([]);
  });
});

describe('the faults of time away', () => {
  test.each<[AwayText, string[]]>([
    [days('2026-12-24', '2026-12-25'), []],
    [days('2026-12-24', '2026-12-24'), ['0.to']],
    [days('2026-12-24T10:00:00Z', '2026-12-24T11:00:00+01:00'), ['0.to']],
    [days('2026-12-24', '2026-12-25T00:00:00Z'), ['0.to']],
    [days('2026-12-24T10:00:00', '2026-12-25'), ['0.from']],
    [days('2026-13-01', 'tomorrow'), ['0.from', '0.to']],
    [days('1899-12-31', '3000-01-01'), ['0.from', '0.to']],
  ])('of %j are at %j', (away, fields) => {
    expect(awayFaults([away]).map(({ field }) => field)).toEqual(fields);
  });

  test('name the list if it is too long', () => {
    const away = Array.from({ length: MAX_AWAY + 1 }, () => days('2026-12-24', '2026-12-25'));
    expect(awayFaults(away).map(({ field }) => field)).toEqual(['']);
    expect(awayFaults(away.slice(1))).toEqual([]);
  });
});

test('time away has one form', () => {
  expect(canonicalAway(days('2026-12-24T10:00:00.5+01:00', '2026-12-24t12:00:00z'))).toEqual({
    from: '2026-12-24T09:00:00Z',
    to: '2026-12-24T12:00:00Z',
  });
  expect(canonicalAway(days('2026-12-24', '2026-12-25'))).toEqual({ from: '2026-12-24', to: '2026-12-25' });
});

function days(from: string, to: string): AwayText {
  return { from, to };
}
