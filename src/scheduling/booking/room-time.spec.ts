import { describe, expect, test } from '@jest/globals';
import type { IntervalSet } from '../../calendar/intervals/interval-set.js';
import { DAY, HOUR } from '../../calendar/time/civil-time.js';
import type { OwnerOfHours } from '../../users/model/calendar-owner.js';
import { closedTime, newlyTaken } from './room-time.js';

const MONDAY = Date.UTC(2026, 0, 5);
const [PERSON, ROOM] = [1, 2];

/** `9-10, 11-12`: hours of that Monday. */
function hours(text: string): IntervalSet {
  if (text === '') return [];
  return text.split(', ').map((interval) => {
    const [start, end] = interval.split('-').map((hour) => MONDAY + Number(hour) * HOUR);
    return { start, end };
  });
}

function roomOf(from: string | null, to = '17:00'): OwnerOfHours {
  const workingHours = from === null ? null : [{ daysOfWeek: [1, 2, 3, 4, 5], from, to }];
  return { timeZone: 'UTC', workingHours, availabilityOverrides: [] };
}

const rooms = new Map([[ROOM, roomOf(null)]]);

describe('the newly taken time', () => {
  test.each([
    ['9-10', '', 0, '9-10'],
    ['9-10', '9-10', 0, ''],
    ['9-11', '9-10', 0, '10-11'],
    ['8-11', '9-10', 0, '8-9, 10-11'],
    ['9-10', '10-11', 0, '9-10'],
    ['9-11', '', 10, '10-11'],
    ['9-11', '', 11, ''],
    ['9-12', '9-10', 11, '11-12'],
  ])('of a room that takes %s and took %s is at %d o’clock %s', (taken, held, now, expected) => {
    const newly = newlyTaken(
      [new Map([[ROOM, hours(taken)]])],
      [new Map([[ROOM, hours(held)]])],
      rooms,
      MONDAY + now * HOUR,
    );
    expect(newly[0].get(ROOM) ?? []).toEqual(hours(expected));
  });

  test('of a person is all of it', () => {
    const taken = [new Map([[PERSON, hours('9-11')]])];
    const held = [new Map([[PERSON, hours('9-10')]])];
    expect(newlyTaken(taken, held, rooms, MONDAY + DAY)).toEqual(taken);
  });

  test('is compared window by window', () => {
    const taken = [new Map([[ROOM, hours('9-10')]]), new Map([[ROOM, hours('33-34')]])];
    const held = [new Map([[ROOM, hours('9-10')]])];
    expect(newlyTaken(taken, held, rooms, 0)).toEqual([new Map(), new Map([[ROOM, hours('33-34')]])]);
  });
});

describe('the closed time', () => {
  test.each<[string, string | null, string]>([
    ['9-10', null, ''],
    ['9-10', '09:00', ''],
    ['8-10', '09:00', '8-9'],
    ['16-18', '09:00', '17-18'],
    ['8-9, 10-11, 17-18', '09:00', '8-9, 17-18'],
    // From Friday to Monday.
    ['111-178', '09:00', '113-177'],
  ])('of %s in a room that opens at %s is %s', (taken, from, expected) => {
    const closed = closedTime([new Map([[ROOM, hours(taken)]])], new Map([[ROOM, roomOf(from)]]));
    expect(closed).toEqual(hours(expected).map(({ start, end }) => ({ userId: ROOM, start, end })));
  });

  test('of persons is none', () => {
    expect(closedTime([new Map([[PERSON, hours('1-2')]])], new Map([[ROOM, roomOf('09:00')]]))).toEqual([]);
  });
});
