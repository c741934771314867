import { describe, expect, test } from '@jest/globals';
import { resultOf } from './next-attempt.js';
import type { AttemptOutcome, OutboxMessage } from './outbox-message.js';

const NOW = new Date('2026-01-05T09:00:00Z');
const TOPIC = { retryDelaysMs: [5_000, 60_000], jitter: 0.2 };

function message(attempts: number): OutboxMessage {
  return {
    tenantId: 1,
    id: 1,
    key: 'key',
    groupKey: null,
    lane: 'lane',
    secondLane: null,
    payload: {},
    attempts,
    createdAt: NOW,
  };
}

function outcome(kind: AttemptOutcome['kind']): AttemptOutcome {
  return { kind, statusCode: 500, error: null };
}

/** Milliseconds to the next attempt. */
function delayAfter(attempts: number, random: number): number | undefined {
  const { nextAttemptAt } = resultOf(TOPIC, message(attempts), outcome('retry'), NOW, random);
  return nextAttemptAt ? nextAttemptAt.getTime() - NOW.getTime() : undefined;
}

describe('after an attempt', () => {
  test.each([
    [1, 0, 5_000],
    [1, 1, 6_000],
    [2, 0.5, 66_000],
  ])(
    'that was the number %i, with the random number %d, the next one follows after %i ms',
    (attempts, random, delay) => expect(delayAfter(attempts, random)).toBe(delay),
  );

  test('that was the last one, the message has failed', () => {
    const result = resultOf(TOPIC, message(3), outcome('retry'), NOW, 0);
    expect(result).toMatchObject({ status: 'failed', nextAttemptAt: null, endedAt: NOW });
  });

  test.each(['delivered', 'failed'] as const)('that ended the message, it is %s', (kind) => {
    const result = resultOf(TOPIC, message(1), outcome(kind), NOW, 0);
    expect(result).toMatchObject({ status: kind, nextAttemptAt: null, endedAt: NOW });
  });
});
