import { describe, expect, test } from '@jest/globals';
import type { NearestIntervalQuery } from '../nearest-interval-query.js';
import { toNearestIntervalQuery } from './nearest-interval.mapper.js';
import type { NearestIntervalQueryDto } from './nearest-interval-query.dto.js';

const NOW = new Date('2026-01-05T09:00:00.001Z');
const DAY = 86_400_000;

function query(fields: Partial<NearestIntervalQueryDto> = {}): NearestIntervalQuery {
  return toNearestIntervalQuery({ duration: 3600, user_ids: [1], ...fields }, NOW);
}

describe('a query of the nearest interval', () => {
  test('has the defaults of the API', () => {
    const start = Date.UTC(2026, 0, 5, 9, 0, 1);
    expect(query()).toEqual({
      requiredIds: [1],
      optionalIds: [],
      window: { start, end: start + 365 * DAY },
      duration: 3_600_000,
      bufferBefore: 0,
      bufferAfter: 0,
      minAttending: null,
      limit: 1,
      step: null,
      starts: 'separate',
      prefer: 'earliest',
      explain: false,
      pending: 'busy',
      workingHours: true,
    });
  });

  test.each<[string, Partial<NearestIntervalQueryDto>, Partial<NearestIntervalQuery>]>([
    ['names each user once', { user_ids: [2, 1, 2] }, { requiredIds: [2, 1] }],
    ['requires a user who is optional, too', { optional_user_ids: [1, 3, 3] }, { optionalIds: [3] }],
    [
      'has milliseconds',
      { step: 900, buffer_before: 60, buffer_after: 1 },
      { step: 900_000, bufferBefore: 60_000, bufferAfter: 1000 },
    ],
    [
      'lists all starts on a grid of a quarter of an hour',
      { starts: 'all' },
      { starts: 'all', step: 900_000, limit: 1_000 },
    ],
    ['lists fewer of them', { starts: 'all', step: 60, limit: 7 }, { step: 60_000, limit: 7 }],
    ['orders starts on that grid', { prefer: 'spread' }, { prefer: 'spread', step: 900_000, limit: 1 }],
    ['may ignore working hours', { working_hours: false }, { workingHours: false }],
    [
      'has the window of the request',
      { from: '2026-02-01T00:00:00Z', to: '2026-02-02T00:00:00+01:00' },
      { window: { start: Date.UTC(2026, 1, 1), end: Date.UTC(2026, 1, 1, 23) } },
    ],
  ])('%s', (_, fields, expected) => {
    expect(query(fields)).toMatchObject(expected);
  });

  test.each<[string, Partial<NearestIntervalQueryDto>, string]>([
    [
      'more users than there may be',
      { user_ids: ids(1, 60), optional_user_ids: ids(61, 101) },
      'optional_user_ids',
    ],
    ['a quorum of more than the users', { user_ids: [1, 1], min_attending: 2 }, 'min_attending'],
    ['more suggestions than it lists', { limit: 101, prefer: 'compact' }, 'limit'],
    [
      'a window that ends before it begins',
      { from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z' },
      'to',
    ],
    ['too long a window', { from: '2026-01-01T00:00:00Z', to: '2028-01-01T00:00:00Z' }, 'to'],
  ])('refuses %s', (_, fields, field) => {
    expect(() => query(fields)).toThrow(
      expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
    );
  });
});

function ids(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
