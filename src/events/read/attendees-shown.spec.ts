import { describe, expect, test } from '@jest/globals';
import { attendeeRecord, eventRecord, viewOf } from '../../../test/support/core/event-records.js';
import { attendeesShown, isGuest, selectionFor } from './attendees-shown.js';

const attendees = [1, 2, 3, 4].map((userId) => attendeeRecord(userId));

describe('the attendees that a response shows', () => {
  test.each<[string, number | null, number | null, number[], number]>([
    ['all, in their order, without a maximum', null, 3, [1, 2, 3, 4], 0],
    ['the first ones', 2, null, [1, 2], 2],
    ['the viewer before the organizer', 2, 3, [3, 1], 2],
    ['the organizer once, as the viewer', 2, 1, [1, 2], 2],
    ['no viewer who does not attend', 2, 9, [1, 2], 2],
    ['none', 0, 3, [], 4],
    ['all, the viewer first, with a larger maximum', 9, 4, [4, 1, 2, 3], 0],
  ])('are %s', (_, max, first, userIds, omitted) => {
    const shown = attendeesShown(eventRecord({ attendees }), { max, first });
    expect(shown.attendees.map((attendee) => (isGuest(attendee) ? null : attendee.userId))).toEqual(userIds);
    expect(shown.omitted).toBe(omitted);
  });

  test('leave out also those who were not read', () => {
    const event = eventRecord({ attendees, attendeeCount: 1000 });
    expect(attendeesShown(event, { max: 2, first: null }).omitted).toBe(998);
  });

  test.each([
    [undefined, { max: null, first: 7 }],
    [3, { max: 3, first: 7 }],
  ])('are selected for the viewer, at most %s', (max, selection) => {
    expect(selectionFor({ ...viewOf(eventRecord()), viewerId: 7 }, max)).toEqual(selection);
  });
});
