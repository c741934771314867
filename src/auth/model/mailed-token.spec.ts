import { expect, test } from '@jest/globals';
import { isValidMailedToken } from './mailed-token.js';

const now = new Date('2022-09-06T12:00:00Z');

test.each([
  ['before it expires', 3, 1, true],
  ['at the moment at which it expires', 3, 0, false],
  ['after it has expired', 3, -1, false],
  ['in a later generation of the user', 4, 1, false],
  ['of a user who is gone', null, 1, false],
])('a mailed token %s', (_, generation, millisecondsLeft, expected) => {
  const token = { generation: 3, expiresAt: new Date(now.getTime() + millisecondsLeft) };
  expect(isValidMailedToken(token, generation, now)).toBe(expected);
});
