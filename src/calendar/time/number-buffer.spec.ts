import { expect, test } from '@jest/globals';
import { indexFrom, NumberBuffer } from './number-buffer.js';

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

test.each([
  [0, [7]],
  [1, [7, 3]],
  [3, [7, 3, 5, 7]],
  [-2, [7]],
])('a buffer holds %i more numbers at steps', (count, expected) => {
  const buffer = new NumberBuffer();
  buffer.add(7);
  buffer.addSteps(3, 2, count);
  expect(buffer.toArray()).toEqual(expected);
});

test('a buffer holds a part of another one, shifted', () => {
  const [buffer, other] = [new NumberBuffer(), new NumberBuffer()];
  buffer.add(7);
  other.addSteps(10, 10, 4);
  buffer.addShifted(other, 1, 3, -1);
  buffer.addShifted(other, 2, 2, -1);
  expect(buffer.toArray()).toEqual([7, 19, 29]);
  expect(other.toArray()).toEqual([10, 20, 30, 40]);
});

test.each([
  [1, 0],
  [2, 0],
  [3, 1],
  [4, 1],
  [5, 3],
  [9, 3],
])('the first number of 2 4 4 that is at least %i has index %i', (value, index) => {
  expect(indexFrom([2, 4, 4], value)).toBe(index);
});

test('an empty list has no number', () => {
  expect(indexFrom([], 1)).toBe(0);
});
