import { expect, test } from '@jest/globals';
import { pauseAfter } from './database-opening.js';

test.each([
  [1, 1_000],
  [2, 2_000],
  [3, 4_000],
  [4, 5_000],
  [1_000, 5_000],
])('after %i failed attempts to reach PostgreSQL the service pauses for %i ms', (failures, expected) => {
  expect(pauseAfter(failures)).toBe(expected);
});
