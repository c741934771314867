import { expect, test } from '@jest/globals';
import { attendeeRecord, dailyRecord, MONDAY_AT_NINE } from '../../../test/support/core/event-records.js';
import { toAttendedEvent, toEventOfAttendee, withoutUnansweredTime } from './booked-event.js';

const ANSWER = {
  userId: 2,
  originalStart: MONDAY_AT_NINE,
  status: 'declined',
  removed: false,
  comment: null,
} as const;
const EVENT = dailyRecord({
  attendees: [attendeeRecord(1, { status: 'organizer' }), attendeeRecord(2, { status: 'accepted' })],
  answers: [ANSWER],
});

const ORGANIZER = { userId: 1, calendarId: 1, status: 'organizer', timeZone: 'UTC', answers: [] };
const ATTENDEE = { userId: 2, calendarId: 2, status: 'accepted', timeZone: 'UTC', answers: [ANSWER] };

test('an event has its attendees with the answers of each', () => {
  expect(toAttendedEvent(EVENT).attendees).toEqual([ORGANIZER, ATTENDEE]);
});

test.each([
  [1, [ORGANIZER]],
  [2, [ATTENDEE]],
  [3, []],
])('the event of attendee %d has that attendee alone', (userId, attendees) => {
  expect(toEventOfAttendee(EVENT, userId).attendees).toEqual(attendees);
});

test.each([
  ['needs_action', 'declined'],
  ['tentative', 'tentative'],
] as const)(
  'without unanswered time, an attendee with %s has %s, also at an occurrence',
  (status, expected) => {
    const attendees = [attendeeRecord(2, { status })];
    const event = toAttendedEvent({ ...EVENT, attendees, answers: [{ ...ANSWER, status }] });
    expect(withoutUnansweredTime(event).attendees).toMatchObject([
      { status: expected, answers: [{ status: expected }] },
    ]);
  },
);
