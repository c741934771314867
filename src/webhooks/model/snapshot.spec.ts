import { expect, test } from '@jest/globals';
import { shows } from './snapshot.js';

test.each([
  [9, '10:10:', true],
  [10, '10:10:', false],
  [-5, '10:10:', true],
  [10, '10:14:10,12', false],
  [11, '10:14:10,12', true],
  [12, '10:14:10,12', false],
  [13, '10:14:10,12', true],
  [14, '10:14:10,12', false],
  [1, '10:14:10,12', true],
])('the transaction %d in the snapshot %s: %s', (xid, snapshot, shown) => {
  expect(shows(snapshot, xid)).toBe(shown);
});
