import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, MINUTE } from '../../calendar/time/civil-time.js';
import { afterFailure, afterSuccess } from './next-fetch.js';

const NOW = new Date('2026-03-02T09:00:00Z');

function delayOf(next: Date): number {
  return next.getTime() - NOW.getTime();
}

describe('the next fetch', () => {
  test.each([
    [null, HOUR],
    [0, 15 * MINUTE],
    [15 * MINUTE, 15 * MINUTE],
    [4 * HOUR, 4 * HOUR],
    [30 * DAY, DAY],
  ])('after a success of a calendar with the interval %p is after %p ms', (interval, expected) => {
    expect(delayOf(afterSuccess(NOW, interval, 0))).toBe(expected);
    expect(delayOf(afterSuccess(NOW, interval, 1))).toBe(1.2 * expected);
  });

  test.each([
    [1, MINUTE],
    [2, 5 * MINUTE],
    [8, DAY],
    [9, DAY],
    [1_000, DAY],
  ])('after %p failures is after %p ms', (failures, expected) => {
    expect(delayOf(afterFailure(NOW, failures, 0))).toBe(expected);
    expect(delayOf(afterFailure(NOW, failures, 1))).toBe(1.2 * expected);
  });
});
