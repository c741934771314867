import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  MONDAY_AT_NINE,
  occurrenceOf,
} from '../../../../test/support/core/event-records.js';
import type { AnswerStatus, ParticipationStatus } from '../event-words.js';
import { answerTo, participationOf } from './participation.js';

const TUESDAY_AT_NINE = '2026-01-06T09:00:00';

/** User 2 attends a daily series and answered its first occurrence. User 3 accepted all of it. */
function series(status: ParticipationStatus, answer: AnswerStatus | null) {
  return dailyRecord({
    attendees: [attendeeRecord(1), attendeeRecord(2, { status }), attendeeRecord(3, { status: 'accepted' })],
    answers:
      answer === null
        ? []
        : [{ userId: 2, originalStart: MONDAY_AT_NINE, status: answer, removed: false, comment: null }],
  });
}

describe('the participation of an attendee', () => {
  test.each<[ParticipationStatus, AnswerStatus | null, ParticipationStatus, boolean, boolean]>([
    ['accepted', null, 'accepted', false, false],
    ['accepted', 'declined', 'declined', false, true],
    ['declined', 'accepted', 'accepted', true, false],
    ['needs_action', 'tentative', 'tentative', true, false],
  ])('with %s and the answer %s', (status, answer, onMonday, accepts, declines) => {
    const participation = participationOf(series(status, answer), 2);
    expect(participation.ofSeries).toBe(status);
    expect(participation.at(occurrenceOf(MONDAY_AT_NINE))).toBe(onMonday);
    expect(participation.at(occurrenceOf(TUESDAY_AT_NINE))).toBe(status);
    expect(participation.acceptsSomeOccurrence).toBe(accepts);
    expect(participation.declinesSomeOccurrence).toBe(declines);
  });

  test('does not depend on the answers of others', () => {
    expect(participationOf(series('accepted', 'declined'), 3)).toMatchObject({
      ofSeries: 'accepted',
      acceptsSomeOccurrence: false,
      declinesSomeOccurrence: false,
    });
  });

  test('is open for a user who is no attendee', () => {
    expect(participationOf(series('accepted', null), 9).ofSeries).toBe('needs_action');
  });
});

test.each([
  [2, MONDAY_AT_NINE, 'declined'],
  [2, TUESDAY_AT_NINE, undefined],
  [3, MONDAY_AT_NINE, undefined],
])('the answer of user %d to the occurrence of %s is %p', (userId, key, status) => {
  expect(answerTo(series('accepted', 'declined'), userId, key)?.status).toBe(status);
});
