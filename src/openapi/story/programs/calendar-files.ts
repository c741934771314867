import { invalidInput } from '../../../errors/domain-error.js';
import { absentInPath, forbidden } from '../steps/refusals.js';
import type { Chapter } from '../steps/step.js';

const FILE = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//example.com//Holidays//EN',
  'BEGIN:VEVENT',
  'UID:new-year-2023@example.com',
  'DTSTAMP:20220901T000000Z',
  'DTSTART;VALUE=DATE:20230101',
  'SUMMARY:New Year',
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n');

/** Files of user 1: one that is imported, and those of all events and of one calendar. */
export const FILES_CHAPTER: Chapter = {
  importEvents: {
    parameters: { user_id: 1 },
    requests: { holiday: { summary: 'A holiday', value: FILE } },
    response: {
      results: [
        {
          uid: 'new-year-2023@example.com',
          status: 'created',
          event_id: 8,
          warnings: [],
          problem: null,
        },
      ],
    },
    problems: {
      400: invalidInput({ field: 'on_duplicate', message: 'must be one of replace, skip, error' }),
      403: forbidden('Only the user, or an API key, may import into the calendars of a user.'),
      404: absentInPath('user'),
    },
  },
  exportUserEvents: { parameters: { user_id: 1 }, problems: { 404: absentInPath('user') } },
  exportCalendarEvents: {
    parameters: { calendar_id: 1 },
    problems: { 404: absentInPath('calendar') },
  },
};
