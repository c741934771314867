import { expect, test } from '@jest/globals';
import { RememberedSequence } from './remembered-sequence.js';

test('a remembered sequence reads its source once, and no further than its readers', () => {
  const read: number[] = [];
  const source = [1, 2, 3].values();
  const doubled = new RememberedSequence(source, (n) => {
    read.push(n);
    return 2 * n;
  });
  const [first] = doubled;
  expect([first, read]).toEqual([2, [1]]);
  expect([...doubled]).toEqual([2, 4, 6]);
  expect([...doubled]).toEqual([2, 4, 6]);
  expect(read).toEqual([1, 2, 3]);
});
