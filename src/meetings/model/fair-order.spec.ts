import { describe, expect, test } from '@jest/globals';
import { DAY } from '../../calendar/time/civil-time.js';
import { fairOrder, type StandingAssignment } from './fair-order.js';

const START = Date.UTC(2031, 0, 31);

/** Assignments in the order in which they were made: the member, and the days from the meeting to the start. */
function assignments(
  made: readonly [userId: number, days: number, among?: number[]][],
): StandingAssignment[] {
  return made.map(([userId, days, memberIds = [1, 2, 3]], index) => ({
    userId,
    startAt: START - days * DAY,
    assignedAt: index + 1,
    memberIds,
  }));
}

describe('the order of a round robin', () => {
  test.each<[string, Parameters<typeof assignments>[0], number[]]>([
    ['is the given one at first', [], [3, 1, 2]],
    [
      'begins with the fewest assignments',
      [
        [3, 1],
        [3, 2],
        [1, 3],
      ],
      [2, 1, 3],
    ],
    [
      'begins with the least recently assigned of equals',
      [
        [1, 1],
        [3, 2],
        [2, 3],
      ],
      [1, 3, 2],
    ],
    [
      'does not count meetings of more than 28 days ago',
      [
        [3, 29],
        [3, 30],
        [1, 28],
      ],
      [3, 2, 1],
    ],
    [
      'counts meetings that start later',
      [
        [3, -5],
        [2, -40],
      ],
      [1, 3, 2],
    ],
    [
      'begins with the fewest before the start of equals',
      [
        [1, 1],
        [2, -1],
        [3, 2],
      ],
      [2, 1, 3],
    ],
    ['does not count the assignments of other people', [[4, 1, [3, 4]]], [3, 1, 2]],
  ])('%s', (_, made, expected) => {
    expect(fairOrder([3, 1, 2], assignments(made), START)).toEqual(expected);
  });

  test('gives a new member the average of the group, and not all that the member has missed', () => {
    const before = assignments(
      [
        [1, 1],
        [2, 1],
        [1, 2],
        [2, 2],
        [1, 3],
      ].map(([id, day]) => [id, day, [1, 2]]),
    );
    // 1 has three, 2 has two, and the new member has two and a half.
    expect(fairOrder([1, 2, 3], before, START)).toEqual([2, 3, 1]);
    const made = [...before];
    const chosen = Array.from({ length: 6 }, (_, index) => {
      const [userId] = fairOrder([1, 2, 3], made, START);
      made.push({ userId, startAt: START - DAY, assignedAt: 100 + index, memberIds: [1, 2, 3] });
      return userId;
    });
    expect([1, 2, 3].map((id) => chosen.filter((userId) => userId === id).length)).toEqual([2, 2, 2]);
  });

  test('gives no member two meetings more than another one, also if callers book the meetings in random order', () => {
    const made: StandingAssignment[] = [];
    for (let index = 0; index < 40; index += 1) {
      // 17 and 40 have no common factor, so each start comes once.
      const start = START + ((index * 17) % 40) * 3_600_000;
      const [userId] = fairOrder([1, 2, 3, 4], made, start);
      made.push({ userId, startAt: start, assignedAt: index + 1, memberIds: [1, 2, 3, 4] });
    }
    const counts = [1, 2, 3, 4].map((id) => made.filter(({ userId }) => userId === id).length);
    expect(counts).toEqual([10, 10, 10, 10]);
  });
});
