import { expect, test } from '@jest/globals';
import { requireAll, requirePersons, requireRooms } from './require-all.js';

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

const users = new Map([
  [1, { kind: 'person' as const }],
  [2, { kind: 'room' as const }],
  [3, { kind: 'equipment' as const }],
]);

test('persons and rooms come in the order of their ids', () => {
  expect(requirePersons([1, 1], users, 'user_ids')).toEqual([{ kind: 'person' }, { kind: 'person' }]);
  expect(requireRooms([3, 2], users, 'room_ids')).toEqual([{ kind: 'equipment' }, { kind: 'room' }]);
});

test.each([
  [requirePersons, [1, 2, 3], 'user_not_found', 'ids: user 2, 3 is a room'],
  [requirePersons, [2, 7], 'user_not_found', 'ids: no user 7'],
  [requireRooms, [1, 2, 7], 'room_not_found', 'ids: no room 1, 7'],
])('%p refuses %j', (require, ids, code, detail) => {
  expect(() => require(ids, users, 'ids')).toThrow(
    expect.objectContaining({
      kind: 'not-found',
      code,
      detail,
      errors: [{ field: 'ids', message: detail.slice(5) }],
    }),
  );
});
