import { describe, expect, test } from '@jest/globals';
import { CachedCalendar } from './cached-calendar.js';
import { RecentCalendars } from './recent-calendars.js';

function calendar(id: number): CachedCalendar {
  const owner = {
    id,
    kind: 'person',
    timeZone: 'UTC',
    workingHours: null,
    doubleBooking: 'allow',
    invitations: 'all',
    protected: false,
    name: 'Ann',
    email: 'ann@example.com',
    defaultReminders: [],
    primary: null,
    userCreatedAt: '2026-01-01T00:00:00+00:00',
    userUpdatedAt: '2026-01-01T00:00:00+00:00',
  } as const;
  const versions = { userId: id, life: '', entries: 0, settings: 0 };
  return new CachedCalendar({ owner, versions, snapshot: '1:1:' });
}

const { bytes } = calendar(1);

function kept(maxBytes: number, use: (calendars: RecentCalendars) => void): string[] {
  const calendars = new RecentCalendars(maxBytes);
  use(calendars);
  expect(calendars.bytes).toBeLessThanOrEqual(maxBytes);
  return ['a', 'b', 'c'].filter((key) => calendars.get(key) !== undefined);
}

function add(calendars: RecentCalendars, ...keys: string[]): void {
  for (const key of keys) calendars.set(key, calendar(1));
}

describe('within a number of bytes', () => {
  test('are all calendars that fit', () => {
    expect(kept(3 * bytes, (calendars) => add(calendars, 'a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
  });

  test('are the last ones that were added', () => {
    expect(kept(2 * bytes, (calendars) => add(calendars, 'a', 'b', 'c'))).toEqual(['b', 'c']);
  });

  test('are the last ones that were read', () => {
    const found = kept(2 * bytes, (calendars) => {
      add(calendars, 'a', 'b');
      calendars.get('a');
      add(calendars, 'c');
    });
    expect(found).toEqual(['a', 'c']);
  });

  test('counts a calendar once that is set again', () => {
    expect(kept(2 * bytes, (calendars) => add(calendars, 'a', 'b', 'b', 'b'))).toEqual(['a', 'b']);
  });

  test('is nothing if the bound is zero', () => {
    expect(kept(0, (calendars) => add(calendars, 'a'))).toEqual([]);
  });

  test('loses what is deleted', () => {
    const found = kept(2 * bytes, (calendars) => {
      add(calendars, 'a', 'b');
      calendars.delete('a');
      add(calendars, 'c');
    });
    expect(found).toEqual(['b', 'c']);
  });
});
