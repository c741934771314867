import { describe, expect, test } from '@jest/globals';
import type { EventStatus, ParticipationStatus, PendingPolicy, ShowAs } from './free-busy.js';
import { BusyTimeInParts, busyTime, CollectedBusyTime, countsAsBusy } from './free-busy.js';

describe('countsAsBusy', () => {
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
    expect(countsAsBusy({ showAs: 'busy', status: 'confirmed', participation, pending })).toBe(expected);
  });

  test.each<[ParticipationStatus, PendingPolicy, boolean]>([
    ['organizer', 'busy', true],
    ['organizer', 'answered', true],
    ['organizer', 'free', false],
    ['accepted', 'free', false],
    ['needs_action', 'busy', true],
    ['needs_action', 'answered', false],
    ['tentative', 'answered', true],
    ['declined', 'busy', false],
  ])('shown as tentative, %s, pending %s: %j', (participation, pending, expected) => {
    expect(countsAsBusy({ showAs: 'tentative', status: 'confirmed', participation, pending })).toBe(expected);
  });

  test.each<[ShowAs, EventStatus]>([
    ['free', 'confirmed'],
    ['busy', 'cancelled'],
    ['free', 'cancelled'],
  ])('never when shown as %s and %s', (showAs, status) => {
    expect(countsAsBusy({ showAs, status, participation: 'accepted', pending: 'busy' })).toBe(false);
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

describe('collected time', () => {
  test.each<[string, [number, number][], [number, number][]]>([
    [
      'keeps what lies apart',
      [
        [1, 2],
        [3, 4],
      ],
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'joins what touches',
      [
        [1, 2],
        [2, 3],
      ],
      [[1, 3]],
    ],
    [
      'keeps the end of the longer',
      [
        [1, 9],
        [2, 3],
      ],
      [[1, 9]],
    ],
    [
      'joins two with the same start',
      [
        [1, 2],
        [1, 3],
      ],
      [[1, 3]],
    ],
    [
      'takes what comes out of order',
      [
        [5, 6],
        [1, 2],
      ],
      [
        [5, 6],
        [1, 2],
      ],
    ],
    [
      'does not join an earlier one that reaches in',
      [
        [5, 6],
        [4, 6],
      ],
      [
        [5, 6],
        [4, 6],
      ],
    ],
  ])('%s', (_, added, expected) => {
    const time = new CollectedBusyTime();
    for (const [start, end] of added) time.add({ starts: [start], ends: [end] }, 0, 1);
    expect(time.intervals).toEqual(expected.map(([start, end]) => ({ start, end })));

    const atOnce = new CollectedBusyTime();
    const columns = { starts: added.map(([start]) => start), ends: added.map(([, end]) => end) };
    atOnce.add(columns, 0, added.length);
    expect(atOnce.intervals).toEqual(time.intervals);
  });
});

describe('busy time in parts', () => {
  test('is one interval across the border of two parts, and two with time between them', () => {
    const time = new BusyTimeInParts();
    time.append([
      { start: 1, end: 2 },
      { start: 4, end: 5 },
    ]);
    time.append([]);
    time.append([
      { start: 5, end: 6 },
      { start: 7, end: 8 },
    ]);
    time.append([{ start: 8, end: 9 }]);
    expect(time.set).toEqual([
      { start: 1, end: 2 },
      { start: 4, end: 6 },
      { start: 7, end: 9 },
    ]);
  });
});
