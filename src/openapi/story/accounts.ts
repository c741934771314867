import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { SECOND_USER } from './people.js';
import { absentInPath } from './refusals.js';
import { EXPORTED_EVENT, EXPORTED_INVITE } from './responses.js';
import type { Chapter } from './step.js';

const FRESH_LOGIN = new DomainError(
  'forbidden',
  'reauthentication_required',
  'To delete the user, log in again.',
);

/** User 2 attends event 2. */
export const EXPORT_CHAPTER: Chapter = {
  exportUser: {
    parameters: { user_id: 2 },
    response: {
      user: SECOND_USER,
      events: [EXPORTED_EVENT],
      invites: [EXPORTED_INVITE],
      reminders: [],
    },
    problems: {
      403: { ...FRESH_LOGIN, detail: 'To export the data, log in again.' },
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
      400: invalidInput({ field: 'transfer_to', message: 'is required for events=transfer' }),
      403: FRESH_LOGIN,
      404: absentInPath('user'),
    },
  },
};
