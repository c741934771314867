import { expect, test } from '@jest/globals';
import { DAY, HOUR } from '../../time/civil-time.js';
import type { FreeIntervalQuery } from '../free-interval-query.js';
import { PreferredMeetings } from './preferred-meetings.js';

const QUERY: FreeIntervalQuery = {
  window: { start: 0, end: 9 * DAY },
  duration: HOUR,
  step: null,
  bufferBefore: 0,
  bufferAfter: 0,
  minAttending: null,
  limit: 1,
  prefer: 'compact',
};

test.each([
  ['less than a day after the last meeting is known', 4 * DAY + HOUR - 1, false],
  ['a day after it is known', 4 * DAY + HOUR, true],
])('distances are exact if %s: %i', (_, knownUntil, exact) => {
  const meetings = [1, 3].map((day) => ({ start: day * DAY, end: day * DAY + HOUR }));
  expect(PreferredMeetings.of(QUERY, [])?.isExactFor(meetings, knownUntil)).toBe(exact);
});

test('a search for the earliest meetings prefers none', () => {
  expect(PreferredMeetings.of({ ...QUERY, prefer: 'earliest' }, [])).toBeNull();
  expect(PreferredMeetings.of({ ...QUERY, prefer: undefined }, [])).toBeNull();
});
