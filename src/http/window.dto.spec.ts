import { describe, expect, test } from '@jest/globals';
import { MAX_WINDOW } from '../calendar/recurrence/series/recurrence-set.js';
import { boundedWindow, windowOf } from './window.dto.js';

const START = Date.UTC(2026, 0, 5);

describe('the window of a query', () => {
  test.each([
    ['an instant', 0],
    ['a millisecond', 1],
    ['the longest', MAX_WINDOW],
  ])('may be %s', (_, length) => {
    expect(boundedWindow(START, START + length)).toEqual({ start: START, end: START + length });
  });

  test.each([
    ['ends before it starts', -1, 'must not be before from'],
    ['is too long', MAX_WINDOW + 1, 'must be at most 400 days after from'],
  ])('is refused if it %s', (_, length, message) => {
    expect(() => boundedWindow(START, START + length)).toThrow(
      expect.objectContaining({ kind: 'invalid', errors: [{ field: 'to', message }] }),
    );
  });

  test('is read from instants with any offset', () => {
    const dto = { from: '2026-01-05T03:00:00+03:00', to: '2026-01-05T01:00:00Z' };
    expect(windowOf(dto)).toEqual({ start: START, end: START + 3_600_000 });
  });
});
