import { expect, test } from '@jest/globals';
import { set } from '../../../test/support/core/interval-set.js';
import { timeZone } from '../time/time-zone.js';
import { Availability } from './availability.js';
import { blockingReasons } from './blocking-reasons.js';

function person(id: number, busy: string, { buffer = 0, optional = false } = {}): Availability {
  const query = { bufferBefore: buffer, bufferAfter: 0, duration: 2 };
  const one = new Availability(
    { id, workingHours: null, timeZone: timeZone('UTC'), optional },
    query,
    (instant) => instant,
  );
  one.extend({ start: 0, end: 10 }, set(busy));
  return one;
}

const reasons = (nearestStart: number | null, ...people: Availability[]) =>
  blockingReasons(people, { nearestStart, end: 10 });

test('each person has the rules that took time before the instant, in the order given', () => {
  const people = [person(2, '0-4', { buffer: 1 }), person(1, ''), person(3, '1-2', { optional: true })];
  expect(reasons(6, ...people)).toEqual([
    { userId: 2, rule: 'busy', until: 4, optional: false, unavailableThroughout: false },
    { userId: 2, rule: 'buffer', until: 5, optional: false, unavailableThroughout: false },
    { userId: 3, rule: 'busy', until: 2, optional: true, unavailableThroughout: false },
  ]);
});

test.each<[string, string, number | null, boolean]>([
  ['a person who can attend the nearest meeting', '0-4', 4, false],
  ['a person who could have started alone', '0-4', 5, false],
  ['a person who can attend neither before it nor then', '0-6', 4, true],
  ['a person without a start at all', '0-9', null, true],
  ['a person who could start without the others', '0-4', null, false],
])('%s', (_, busy, nearestStart, unavailableThroughout) => {
  expect(reasons(nearestStart, person(1, busy))).toMatchObject([{ rule: 'busy', unavailableThroughout }]);
});

test.each<[string, string, number | null]>([
  ['the end of the first interval', '1-3 5-7', 3],
  ['none if the rule blocks to the end of the search', '1-10', null],
])('a rule stops blocking at %s', (_, busy, until) => {
  expect(reasons(8, person(1, busy))).toMatchObject([{ until }]);
});

test('nothing blocks where no time lies before', () => {
  expect(reasons(0, person(1, '0-9'))).toEqual([]);
});
