import { invalidInput } from '../../errors/domain-error.js';
import { EXPORTED_GRANT, primaryCalendarOf } from './calendars.js';
import { SECOND_USER } from './people/people.js';
import { EXPORTED_EVENT, EXPORTED_INVITE } from './responses.js';
import { absentInPath, forbidden } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

/** User 2 attends event 2. */
export const EXPORT_CHAPTER: Chapter = {
  exportUser: {
    parameters: { user_id: 2 },
    response: {
      user: SECOND_USER,
      calendars: [primaryCalendarOf(2)],
      grants: [EXPORTED_GRANT],
      events: [EXPORTED_EVENT],
      invites: [EXPORTED_INVITE],
      reminders: [],
      webhook_subscriptions: [],
      calendar_feeds: [],
      calendar_subscriptions: [],
      holds: [],
      changes: [],
    },
    problems: {
      403: forbidden("Only the user, or an API key, may export a user's data."),
      404: absentInPath('user'),
      503: {
        code: 'overloaded',
        detail: 'The service writes as many exports as it can. Try again later.',
      },
    },
  },
};

/** User 2 leaves. */
export const DELETION_CHAPTER: Chapter = {
  deleteUser: {
    parameters: { user_id: 2, events: 'cancel' },
    problems: {
      400: invalidInput({ field: 'events', message: 'must be one of cancel, transfer' }),
      403: forbidden('Only the user, or an API key, may delete a user.'),
      404: absentInPath('user'),
    },
  },
};
