import { describe, expect, test } from '@jest/globals';
import { type DueMessage, runsOf } from './runs.js';

const LATER = new Date('2026-01-05T09:00:00Z');

/** A due message of the group `G`, behind the message `previousId`. */
function due(id: number, previousId: number | null = null, previousDueAt: Date | null = null): DueMessage {
  return {
    tenantId: 1,
    id,
    key: `key ${id}`,
    groupKey: 'G',
    lane: 'L',
    secondLane: null,
    payload: {},
    attempts: 0,
    createdAt: LATER,
    previousId,
    previousDueAt,
  };
}

function idsOf(messages: readonly DueMessage[], longest = 10): number[][] {
  return runsOf(messages, longest).runs.map((run) => run.map(({ id }) => id));
}

function blockedIn(messages: readonly DueMessage[]): [number, Date][] {
  return runsOf(messages, 10).blocked.map(({ message, until }) => [message.id, until]);
}

describe('due messages', () => {
  test.each<[string, DueMessage[], number[][]]>([
    ['without order are runs of their own, in the given order', [due(2), due(1)], [[2], [1]]],
    ['of one group are one run, in the order of their ids', [due(3, 2), due(2, 1), due(1)], [[1, 2, 3]]],
    [
      'of two groups are two runs',
      [due(1), due(2), due(3, 1), due(4, 2)],
      [
        [1, 3],
        [2, 4],
      ],
    ],
    ['behind a message that is not due are in no run', [due(2, 1), due(3, 2), due(4)], [[4]]],
  ])('%s', (_, messages, expected) => expect(idsOf(messages)).toEqual(expected));

  test('of one group are no longer run than the limit', () => {
    expect(idsOf([due(1), due(2, 1), due(3, 2), due(4, 3)], 2)).toEqual([[1, 2]]);
  });

  test('behind a message that waits for an attempt wait as long', () => {
    expect(blockedIn([due(2, 1, LATER), due(3, 2), due(4, 3)])).toEqual([
      [2, LATER],
      [3, LATER],
      [4, LATER],
    ]);
  });

  test('behind a message under way do not wait for a time', () => {
    expect(blockedIn([due(2, 1), due(3, 2)])).toEqual([]);
  });
});
