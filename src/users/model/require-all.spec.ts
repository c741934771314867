import { expect, test } from '@jest/globals';
import { requireAll } from './require-all.js';

const found = new Map([
  [1, 'ann'],
  [2, 'lee'],
]);

test('the values come in the order of the ids, as often as the ids', () => {
  expect(requireAll([2, 1, 2], found, 'user_ids')).toEqual(['lee', 'ann', 'lee']);
  expect(requireAll([], found, 'user_ids')).toEqual([]);
});

test.each([
  ['one id', [1, 7], 'user_ids: no user 7'],
  ['several ids', [8, 1, 7], 'user_ids: no user 8, 7'],
  [
    'more ids than a message lists',
    Array.from({ length: 22 }, (_, index) => index + 1),
    `user_ids: no user ${Array.from({ length: 20 }, (_, index) => index + 3).join(', ')}`,
  ],
  [
    'one more',
    Array.from({ length: 23 }, (_, index) => index + 1),
    `user_ids: no user ${Array.from({ length: 20 }, (_, index) => index + 3).join(', ')}, …`,
  ],
])('%s without a user: the error names them at the field', (_, ids, detail) => {
  expect(() => requireAll(ids, found, 'user_ids')).toThrow(
    expect.objectContaining({ kind: 'not-found', code: 'user_not_found', detail }),
  );
});
