import { syncTokenExpired } from '../../changes/sync/sync-tokens.js';
import { invalidInput } from '../../errors/domain-error.js';
import { GUEST_ATTENDEE, ORGANIZER_ATTENDEE } from './people/attendee-examples.js';
import { WEEKLY_EVENT } from './responses.js';
import { KEY_REQUIRED } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const OF_SERIES = {
  status: 'confirmed',
  title: 'event2',
  description: 'description2',
  location: null,
  show_as: 'busy',
  answers: [],
};

/** Event 1, after the changes of the chapters before. */
const CHANGED_SERIES = {
  ...WEEKLY_EVENT,
  attendees: [ORGANIZER_ATTENDEE, { ...GUEST_ATTENDEE, invite_id: 4 }],
  version: 9,
  overrides: [
    {
      ...OF_SERIES,
      original_start: '2022-09-12T14:16:47Z',
      start: '2022-09-12T16:00:00Z',
      end: '2022-09-12T17:00:00Z',
      title: 'event2, just this once',
    },
    {
      ...OF_SERIES,
      original_start: '2022-09-13T14:16:47Z',
      start: '2022-09-13T14:16:47Z',
      end: '2022-09-13T15:56:47Z',
      status: 'cancelled',
    },
  ],
};

export const CHANGES_CHAPTER: Chapter = {
  listChanges: {
    parameters: { limit: 1 },
    response: [CHANGED_SERIES],
    problems: {
      400: invalidInput({ field: 'sync_token', message: 'is required' }),
      403: KEY_REQUIRED,
      410: syncTokenExpired(),
    },
  },
};
