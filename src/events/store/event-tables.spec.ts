import { expect, test } from '@jest/globals';
import { ANSWER, ATTENDEE, EVENT, OVERRIDE } from './event-tables.js';

const EVENT_COLUMNS =
  'id, organizer_id, title, description, location, visibility, show_as, status, all_day, floating, time_zone, end_time_zone, start, duration, ' +
  'zero_length, rrule, rdates, exdates, second_passes, ends_before, external_id, foreign_organizer, metadata, url, color, categories, conference, version, created_at, updated_at, lower(e.span), upper(e.span)';

test.each<[string, string, string]>([
  ['events', EVENT.bare('e', EVENT.names).replaceAll(/\be\.(?!span)/g, ''), EVENT_COLUMNS],
  [
    'attendees',
    ATTENDEE.list(ATTENDEE.names),
    'event_id, user_id, calendar_id, invite_id, status, role, occurrences_status, comment, created_at, updated_at',
  ],
  [
    'overrides',
    OVERRIDE.list(OVERRIDE.names),
    'event_id, original_start, cancelled, start, duration, zero_length, title, description, location, show_as',
  ],
  ['answers', ANSWER.list(ANSWER.names), 'event_id, user_id, original_start, status, removed, comment'],
])('rows of %s have these columns', (_, columns, expected) => {
  expect(columns).toBe(expected);
});
