import { syncTokenExpired } from '../../changes/sync/sync-tokens.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { WINDOW } from './events.js';
import { MOVED_EVENT, OCCURRENCES_IN_CALENDAR } from './responses.js';
import { absentInPath, forbidden, TIME_TAKEN } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const CREATED = { created_at: '2022-09-06T14:16:47.878Z', updated_at: '2022-09-06T14:16:47.878Z' };

/** The primary calendar of a user, to a client that may act for the user. */
export function primaryCalendarOf(userId: number) {
  return {
    id: userId,
    user_id: userId,
    name: 'Calendar',
    color: null,
    time_zone: null,
    counts_as_busy: true,
    default_reminders: null,
    primary: true,
    read_only: false,
    position: 0,
    role: 'owner',
    external_id: null,
    metadata: {},
    ...CREATED,
  };
}

const SIDE_PROJECT = {
  ...primaryCalendarOf(1),
  id: 5,
  name: 'Side project',
  color: '#0b8043',
  counts_as_busy: false,
  default_reminders: [{ minutes_before: 30, method: 'log' }],
  primary: false,
  position: 1,
};

const CHANGED = { ...SIDE_PROJECT, name: 'Projects', default_reminders: null };

const USER_ONLY = forbidden('Only the user may create calendars of the user.');

const OWNERS_ONLY = forbidden('Only its user, or an owner, may change a calendar and its grants.');

/** Users 1 to 4 have the primary calendars 1 to 4. User 3 has a password. Calendar 5 of user 1 comes and goes; the page shows the operations of one path together. */
export const CALENDARS_CHAPTER: Chapter = {
  createCalendar: {
    problems: {
      400: invalidInput({ field: 'color', message: 'must be a color such as #1a73e8' }),
      403: USER_ONLY,
      404: absentInPath('user'),
      409: new DomainError('conflict', 'too_many_calendars', 'A user has at most 100 calendars.'),
    },
    requests: {
      project: {
        summary: 'A calendar that takes no time, with a reminder of its own',
        value: {
          name: 'Side project',
          color: '#0B8043',
          counts_as_busy: false,
          default_reminders: [{ minutes_before: 30 }],
        },
      },
    },
    response: SIDE_PROJECT,
  },
  listUserCalendars: {
    response: [primaryCalendarOf(1), SIDE_PROJECT],
    problems: { 404: absentInPath('user') },
  },
  listCalendars: {
    response: [primaryCalendarOf(1), SIDE_PROJECT, primaryCalendarOf(2), primaryCalendarOf(4)],
    problems: { 400: invalidInput({ field: 'limit', message: 'must be an integer from 1 to 1000' }) },
  },
  updateUserEvent: {
    problems: {
      403: forbidden('Only the user may put an event into another calendar.'),
      404: absentInPath('event'),
      409: TIME_TAKEN,
    },
    requests: { move: { summary: 'Put event 1 into calendar 5', value: { calendar_id: 5 } } },
    response: MOVED_EVENT,
  },
  listCalendarEvents: {
    parameters: { calendar_id: 5, ...WINDOW },
    response: OCCURRENCES_IN_CALENDAR,
    problems: { 404: absentInPath('calendar'), 410: syncTokenExpired() },
  },
  getCalendar: {
    parameters: { calendar_id: 5 },
    response: SIDE_PROJECT,
    problems: { 404: absentInPath('calendar') },
  },
  updateCalendar: {
    parameters: { calendar_id: 5 },
    problems: { 403: OWNERS_ONLY, 404: absentInPath('calendar') },
    requests: {
      rename: {
        summary: "Another name, and the user's reminders",
        value: { name: 'Projects', default_reminders: null },
      },
    },
    response: CHANGED,
  },
  deleteCalendar: {
    parameters: { calendar_id: 5, events: 'move' },
    problems: {
      400: invalidInput({ field: 'events', message: 'must be one of delete, move' }),
      403: OWNERS_ONLY,
      404: absentInPath('calendar'),
      409: new DomainError(
        'conflict',
        'primary_calendar',
        'The primary calendar of a user cannot be deleted.',
      ),
    },
  },
};

const TENANT_GRANT = { id: 1, grantee: { type: 'tenant' }, role: 'reader', sees_private: false, ...CREATED };

/** The grant of the tenant on the primary calendar of user 2. */
export const EXPORTED_GRANT = { ...TENANT_GRANT, id: 2, calendar_id: primaryCalendarOf(2).id };

const USER_GRANT = { ...TENANT_GRANT, id: 6, grantee: { type: 'user', user_id: 2 } };

/** Calendars 1 to 5 have the grants 1 to 5 of the tenant. Grant 6 of user 2 on calendar 1 comes and goes. */
export const GRANTS_CHAPTER: Chapter = {
  createGrant: {
    problems: {
      400: invalidInput({ field: 'role', message: 'is required' }),
      403: OWNERS_ONLY,
      404: absentInPath('calendar'),
      409: new DomainError('conflict', 'grant_exists', 'User 2 has a grant on this calendar already.'),
    },
    requests: {
      reader: {
        summary: 'Let user 2 see the events',
        value: { grantee: { type: 'user', user_id: 2 }, role: 'reader' },
      },
    },
    response: USER_GRANT,
  },
  listGrants: {
    response: [TENANT_GRANT, USER_GRANT],
    problems: { 404: absentInPath('calendar') },
  },
  updateGrant: {
    parameters: { grant_id: 6 },
    problems: { 403: OWNERS_ONLY, 404: absentInPath('grant') },
    requests: { writer: { summary: 'Let user 2 write the events', value: { role: 'writer' } } },
    response: { ...USER_GRANT, role: 'writer' },
  },
  deleteGrant: {
    parameters: { grant_id: 6 },
    problems: { 403: OWNERS_ONLY, 404: absentInPath('grant') },
  },
};
