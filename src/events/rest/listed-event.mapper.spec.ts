import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  MONDAY_AT_NINE,
  occurrenceOf,
  overrideRecord,
  redactedViewOf,
  viewOf,
} from '../../../test/support/core/event-records.js';
import { toListedEventDto } from './listed-event.mapper.js';

const TUESDAY_AT_NINE = '2026-01-06T09:00:00';
const SERIES = dailyRecord({
  attendees: [attendeeRecord(1), attendeeRecord(2, { status: 'accepted' }), attendeeRecord(3)],
  answers: [{ userId: 2, originalStart: TUESDAY_AT_NINE, status: 'declined', removed: false, comment: null }],
});
const OCCURRENCES = [
  occurrenceOf(MONDAY_AT_NINE),
  occurrenceOf(TUESDAY_AT_NINE, overrideRecord(TUESDAY_AT_NINE, { title: 'News', cancelled: true })),
];
const MONDAY = { start: '2026-01-05T09:00:00Z', end: '2026-01-05T10:00:00Z' };
const TUESDAY = { start: '2026-01-06T09:00:00Z', end: '2026-01-06T10:00:00Z' };

describe('an event in the list of a user', () => {
  test.each([
    [2, 'accepted', 'declined'],
    [3, 'needs_action', 'needs_action'],
  ])('has the statuses of user %d: %s and %s', (userId, onMonday, onTuesday) => {
    const listed = { view: viewOf(SERIES), form: SERIES, occurrences: OCCURRENCES, truncated: false };
    expect(toListedEventDto(listed, userId)).toMatchObject({
      redacted: false,
      id: 1,
      occurrences: [
        { ...MONDAY, original_start: MONDAY.start, status: 'confirmed', attendee_status: onMonday },
        { ...TUESDAY, status: 'cancelled', attendee_status: onTuesday, title: 'News' },
      ],
      occurrences_truncated: false,
    });
  });

  test('shows the user of the list first', () => {
    const listed = { view: viewOf(SERIES), form: SERIES, occurrences: OCCURRENCES, truncated: true };
    expect(toListedEventDto(listed, 3, 2)).toMatchObject({
      attendees: [{ user: { id: 3 } }, { user: { id: 1 } }],
      attendees_omitted: 1,
      occurrences_truncated: true,
    });
  });

  test('that is private has the times of the window alone', () => {
    const listed = {
      view: redactedViewOf(SERIES),
      form: SERIES,
      occurrences: OCCURRENCES.slice(1),
      truncated: false,
    };
    expect(toListedEventDto(listed, 2)).toStrictEqual({
      redacted: true,
      visibility: 'private',
      start_date: TUESDAY.start,
      end_date: TUESDAY.end,
      all_day: false,
      floating: false,
      occurrences: [TUESDAY],
      occurrences_truncated: false,
    });
  });
});
