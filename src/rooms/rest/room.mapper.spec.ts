import { expect, test } from '@jest/globals';
import { FindRoomsDto } from './find-rooms.dto.js';
import { toRoomPatch, toRoomQuery } from './room.mapper.js';

const QUERY = { features: [], free: null, after: 0, limit: 250 };
const FROM = '2026-01-05T09:00:00Z';

function found(fields: Partial<FindRoomsDto>) {
  return toRoomQuery(Object.assign(new FindRoomsDto(), fields));
}

test.each([
  [{}, QUERY],
  [{ capacity: 8 }, { ...QUERY, capacity: 8 }],
  [{ features: ['video'] }, { ...QUERY, features: ['video'] }],
  [
    { free_from: FROM, free_to: '2026-01-05T10:00:00Z' },
    { ...QUERY, free: { start: Date.UTC(2026, 0, 5, 9), end: Date.UTC(2026, 0, 5, 10) } },
  ],
])('the parameters %j become a query', (fields, query) => {
  expect(found(fields)).toEqual(query);
});

test.each([
  ['free_to', { free_from: FROM }],
  ['free_from', { free_to: FROM }],
  ['free_to', { free_from: FROM, free_to: FROM }],
  ['free_to', { free_from: FROM, free_to: '2026-02-05T09:00:01Z' }],
])('a query is refused at %s: %j', (field, fields) => {
  expect(() => found(fields)).toThrow(
    expect.objectContaining({ errors: [expect.objectContaining({ field })] }),
  );
});

test.each([
  [{}, undefined],
  [{ place: null }, { building: null, floor: null }],
  [{ place: { floor: '2' } }, { building: null, floor: '2' }],
])('the place of %j is %j', (input, place) => {
  expect(toRoomPatch(input).place).toEqual(place);
});

test('opening hours have ISO weekdays; null and absent ones stay apart', () => {
  const row = { days_of_week: [0, 1], from: '09:00', to: '17:00' };
  expect(toRoomPatch({ opening_hours: [row] }).openingHours).toEqual([
    { daysOfWeek: [1, 7], from: '09:00', to: '17:00' },
  ]);
  expect(toRoomPatch({ opening_hours: null }).openingHours).toBeNull();
  expect(toRoomPatch({}).openingHours).toBeUndefined();
});
