import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from './civil-time.js';
import { timeZone } from './time-zone.js';
import { nextOnGrid } from './wall-clock-grid.js';

describe('the next instant on the grid', () => {
  test.each<[string, string, number, string, string]>([
    ['stays where it is', 'UTC', 15 * MINUTE, '2026-01-05T09:15:00Z', '2026-01-05T09:15:00Z'],
    ['comes next', 'UTC', 15 * MINUTE, '2026-01-05T09:15:01Z', '2026-01-05T09:30:00Z'],
    ['crosses midnight', 'UTC', HOUR, '2026-01-05T23:30:00Z', '2026-01-06T00:00:00Z'],
    ["is the wall clock's", 'Asia/Kathmandu', HOUR, '2026-01-05T09:00:00Z', '2026-01-05T09:15:00Z'],
    ['is a whole day', 'Europe/Moscow', DAY, '2026-01-05T09:00:00Z', '2026-01-05T21:00:00Z'],
    ['starts anew at midnight', 'UTC', 50 * MINUTE, '2026-01-05T23:21:00Z', '2026-01-06T00:00:00Z'],
    ['is not skipped by a gap', 'America/New_York', HOUR, '2026-03-08T06:30:00Z', '2026-03-08T07:00:00Z'],
    [
      'leaves out readings of a gap',
      'America/New_York',
      45 * MINUTE,
      '2026-03-08T06:31:00Z',
      '2026-03-08T07:00:00Z',
    ],
    [
      'passes over a gap off the grid',
      'America/New_York',
      40 * MINUTE,
      '2026-03-08T06:21:00Z',
      '2026-03-08T07:20:00Z',
    ],
    ['comes twice', 'America/New_York', HOUR, '2026-11-01T05:30:00Z', '2026-11-01T06:00:00Z'],
    ['passes midnight left out', 'America/Sao_Paulo', DAY, '2018-11-03T12:00:00Z', '2018-11-05T02:00:00Z'],
    ['passes a day left out', 'Pacific/Apia', 6 * HOUR, '2011-12-30T05:00:00Z', '2011-12-30T10:00:00Z'],
    ['keeps to half an hour', 'Australia/Lord_Howe', HOUR, '2026-10-03T15:10:00Z', '2026-10-03T16:00:00Z'],
  ])('%s', (_name, zone, period, from, expected) => {
    const next = nextOnGrid({ period, zone: timeZone(zone) }, Date.parse(from));
    expect(new Date(next).toISOString()).toBe(expected.replace('Z', '.000Z'));
  });
});
