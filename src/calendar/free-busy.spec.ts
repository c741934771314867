import { describe, expect, test } from '@jest/globals';
import type { EventStatus, ParticipationStatus, PendingPolicy, ShowAs } from './free-busy.js';
import { blocks, busyTime } from './free-busy.js';

describe('an event blocks a participant', () => {
  test.each<[ParticipationStatus, PendingPolicy, boolean]>([
    ['organizer', 'busy', true],
    ['organizer', 'answered', true],
    ['organizer', 'free', true],
    ['accepted', 'busy', true],
    ['accepted', 'answered', true],
    ['accepted', 'free', true],
    ['needs_action', 'busy', true],
    ['needs_action', 'answered', false],
    ['needs_action', 'free', false],
    ['tentative', 'busy', true],
    ['tentative', 'answered', true],
    ['tentative', 'free', false],
    ['declined', 'busy', false],
    ['declined', 'answered', false],
    ['declined', 'free', false],
  ])('%s, pending invites %s: %j', (participation, pending, expected) => {
    expect(blocks({ showAs: 'busy', status: 'confirmed', participation, pending })).toBe(expected);
  });

  test.each<[ShowAs, EventStatus]>([
    ['free', 'confirmed'],
    ['busy', 'cancelled'],
    ['free', 'cancelled'],
  ])('never when shown as %s and %s', (showAs, status) => {
    expect(blocks({ showAs, status, participation: 'accepted', pending: 'busy' })).toBe(false);
  });
});

describe('busy time', () => {
  test('merges the streams and keeps the end of the longest', () => {
    const oneOff = [{ start: 1, end: 9 }];
    const series = [
      { start: 2, end: 3 },
      { start: 9, end: 10 },
      { start: 12, end: 13 },
    ];
    expect(busyTime([oneOff, series], { start: 0, end: 20 })).toEqual([
      { start: 1, end: 10 },
      { start: 12, end: 13 },
    ]);
  });

  test('ends where the window does', () => {
    expect(busyTime([[{ start: 1, end: 9 }]], { start: 3, end: 5 })).toEqual([{ start: 3, end: 5 }]);
    expect(busyTime([[{ start: 1, end: 9 }]], { start: 9, end: 12 })).toEqual([]);
  });

  test('leaves out occurrences without a length', () => {
    expect(busyTime([[{ start: 4, end: 4 }]], { start: 0, end: 9 })).toEqual([]);
  });
});
