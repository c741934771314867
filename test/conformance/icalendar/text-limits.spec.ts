import { expect, test } from '@jest/globals';
import {
  MAX_FILE_ATTENDEES,
  MAX_FILE_CATEGORIES,
  MAX_FILE_DATES,
  TEXT_LIMITS,
} from '../../../src/calendar/icalendar/model/icalendar-limits.js';
import {
  MAX_CATEGORIES,
  MAX_CATEGORY_LENGTH,
  MAX_CONFERENCE_TEXT_LENGTH,
} from '../../../src/events/model/appearance/event-appearance.js';
import {
  MAX_COMMENT_LENGTH,
  MAX_DATES,
  MAX_DESCRIPTION_LENGTH,
  MAX_INVITED_USERS,
  MAX_LOCATION_LENGTH,
  MAX_TITLE_LENGTH,
} from '../../../src/events/model/event-limits.js';
import { MAX_URL_LENGTH } from '../../../src/platform/values/web-url.js';

test('the texts of a read event are at most as long as those of an event', () => {
  expect(TEXT_LIMITS).toEqual({
    title: MAX_TITLE_LENGTH,
    description: MAX_DESCRIPTION_LENGTH,
    location: MAX_LOCATION_LENGTH,
    comment: MAX_COMMENT_LENGTH,
    category: MAX_CATEGORY_LENGTH,
    conferenceText: MAX_CONFERENCE_TEXT_LENGTH,
    url: MAX_URL_LENGTH,
  });
});

test('a read event has at most as many values as an event', () => {
  expect([MAX_FILE_ATTENDEES, MAX_FILE_CATEGORIES, MAX_FILE_DATES]).toEqual([
    MAX_INVITED_USERS,
    MAX_CATEGORIES,
    MAX_DATES,
  ]);
});
