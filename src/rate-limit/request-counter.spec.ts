import { describe, expect, test } from '@jest/globals';
import { MAX_COUNTED_CALLERS, RequestCounter } from './request-counter.js';

const MINUTE = 60_000;

describe('a request counter', () => {
  test('allows requests to the limit, and more when the period has ended', () => {
    const counter = new RequestCounter({ requests: 2, seconds: 60 });
    const answers = [0, 0, 0, 30_500, MINUTE - 1].map((now) => counter.count('ann', now));
    expect(answers).toEqual([null, null, 60, 30, 1]);
    expect(counter.count('bob', 0)).toBeNull();
    expect(counter.count('ann', MINUTE)).toBeNull();
  });

  test('tells the wait of a caller without counting a request', () => {
    const counter = new RequestCounter({ requests: 2, seconds: 60 });
    expect([0, 0, 0].map((now) => counter.wait('ann', now))).toEqual([null, null, null]);
    counter.count('ann', 0);
    expect(counter.wait('ann', 0)).toBeNull();
    counter.count('ann', 0);
    expect([0, 30_500, MINUTE - 1, MINUTE].map((now) => counter.wait('ann', now))).toEqual([60, 30, 1, null]);
    expect(counter.wait('bob', 0)).toBeNull();
  });

  test('forgets callers whose period has ended', () => {
    const counter = new RequestCounter({ requests: 1, seconds: 60 });
    for (let caller = 0; caller < 1000; caller += 1) counter.count(`early ${caller}`, 0);
    counter.count('late', MINUTE);
    expect(counter.size).toBe(1);
  });

  test('keeps no more callers than its bound, and forgets the oldest first', () => {
    const counter = new RequestCounter({ requests: 1, seconds: 60 });
    for (let caller = 0; caller < MAX_COUNTED_CALLERS; caller += 1) counter.count(`caller ${caller}`, 0);
    expect(counter.size).toBe(MAX_COUNTED_CALLERS);
    expect(counter.count('caller 0', 0)).toBe(60);
    counter.count('one more', 0);
    expect(counter.size).toBe(MAX_COUNTED_CALLERS);
    expect(counter.count('caller 1', 0)).toBe(60);
    expect(counter.count('caller 0', 0)).toBeNull();
  });
});
