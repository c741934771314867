import { expect, test } from '@jest/globals';
import { set } from '../../../test/support/core/interval-set.js';
import { timeZone } from '../time/time-zone.js';
import { Availability } from './availability.js';
import { blockingReasons } from './blocking-reasons.js';

function person(id: number, busy: string, buffer = 0): Availability {
  const query = { bufferBefore: buffer, bufferAfter: 0, duration: 2 };
  const one = new Availability(
    { id, workingHours: null, timeZone: timeZone('UTC'), optional: false },
    query,
    (instant) => instant,
  );
  one.extend({ start: 0, end: 10 }, set(busy));
  return one;
}

test('each person has the rules that took time before the instant, in the order given', () => {
  const required = [person(2, '0-4', 1), person(1, ''), person(3, '1-2')];
  expect(blockingReasons(required, 6)).toEqual([
    { userId: 2, rule: 'busy', unavailableThroughout: false },
    { userId: 2, rule: 'buffer', unavailableThroughout: false },
    { userId: 3, rule: 'busy', unavailableThroughout: false },
  ]);
});

test.each([
  ['a person who could start nothing before it', '0-4', 4, true],
  ['a person who could have started alone', '0-4', 5, false],
  ['a person without a start at all', '0-9', 10, true],
])('%s', (_, busy, before, unavailableThroughout) => {
  expect(blockingReasons([person(1, busy)], before)).toEqual([
    { userId: 1, rule: 'busy', unavailableThroughout },
  ]);
});

test('nothing blocks where no time lies before', () => {
  expect(blockingReasons([person(1, '0-9')], 0)).toEqual([]);
});
