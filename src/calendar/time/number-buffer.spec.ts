import { expect, test } from '@jest/globals';
import { NumberBuffer } from './number-buffer.js';

test('a buffer holds what was added since it was cleared', () => {
  const buffer = new NumberBuffer();
  for (const value of [3, 1, 2]) buffer.add(value);
  expect(buffer.toArray()).toEqual([3, 1, 2]);
  buffer.clear();
  expect(buffer.toArray()).toEqual([]);
  buffer.add(9);
  expect(buffer.size).toBe(1);
  expect(buffer.toArray()).toEqual([9]);
});

test('an array of a buffer is a copy', () => {
  const buffer = new NumberBuffer();
  buffer.add(1);
  const copy = buffer.toArray();
  buffer.clear();
  buffer.add(2);
  expect(copy).toEqual([1]);
});
