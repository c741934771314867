import { expect, test } from '@jest/globals';
import { toConflictsDto } from './conflict.mapper.js';

test('a conflict names its events, and nothing else of them', () => {
  const start = Date.UTC(2026, 0, 5, 9);
  const event = { id: 7, title: 'Meeting', description: 'hidden' };
  const conflict = { userId: 3, start, end: start + 1_800_000, eventIds: [7], events: [event] };
  const seen = {
    user_id: 3,
    start: '2026-01-05T09:00:00Z',
    end: '2026-01-05T09:30:00Z',
    events: [{ id: 7, title: 'Meeting' }],
  };
  expect(toConflictsDto({ conflicts: [conflict], conflictsCheckedUntil: null })).toStrictEqual({
    conflicts: [seen],
    conflicts_checked_until: null,
  });
});
