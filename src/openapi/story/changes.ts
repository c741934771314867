import { syncTokenExpired } from '../../changes/sync/sync-tokens.js';
import { invalidInput } from '../../errors/domain-error.js';
import { ONLY_READERS_OF_HISTORY } from '../../events/read/changes/event-history.service.js';
import { INVITED_ATTENDEE } from './people/attendee-examples.js';
import { PLANNING } from './responses.js';
import { absentInPath, forbidden, KEY_REQUIRED } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const ATTENDEES_CHANGED = {
  at: '2022-09-06T14:16:53.178Z',
  user_id: null,
  api_key_id: null,
  acting_for: null,
  action: 'updated',
  changed_fields: ['attendees'],
};

export const CHANGES_CHAPTER: Chapter = {
  listChanges: {
    response: [
      { ...PLANNING, overrides: [] },
      { id: 2, removed: true },
    ],
    problems: {
      400: invalidInput({ field: 'sync_token', message: 'is required' }),
      403: KEY_REQUIRED,
      410: syncTokenExpired(),
    },
  },
  listEventHistory: {
    parameters: { limit: 2 },
    response: [
      {
        ...ATTENDEES_CHANGED,
        version: 9,
        previous: { attendees: [{ ...INVITED_ATTENDEE, role: 'optional', invite_id: 3 }] },
      },
      { ...ATTENDEES_CHANGED, version: 8, previous: { attendees: [] } },
    ],
    problems: {
      403: forbidden(ONLY_READERS_OF_HISTORY),
      404: absentInPath('event'),
    },
  },
};
