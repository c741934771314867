import { expect, test } from '@jest/globals';
import { idInCopy } from './copied-tables.js';

test('the copies of rows have all ids from one on, each once', () => {
  const ids = [1, 2, 3].flatMap((id) => [0, 1].map((copy) => idInCopy(id, copy, 2)));
  expect(ids).toEqual([1, 2, 3, 4, 5, 6]);
});
