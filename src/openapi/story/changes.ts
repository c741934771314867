import { syncTokenExpired, syncTokenMismatch } from '../../changes/sync/sync-tokens.js';
import { invalidInput } from '../../errors/domain-error.js';
import { ONLY_READERS_OF_HISTORY } from '../../events/read/changes/event-history.service.js';
import { tooManyStreams } from '../../events/stream/open-streams.js';
import { GUEST_ATTENDEE, INVITED_ATTENDEE, ORGANIZER_ATTENDEE } from './people/attendee-examples.js';
import { WEEKLY_EVENT } from './people/weekly-event.js';
import { absentInPath, forbidden, KEY_REQUIRED } from './steps/refusals.js';
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
    parameters: { limit: 1 },
    response: [CHANGED_SERIES],
    problems: {
      400: invalidInput({ field: 'sync_token', message: 'is required' }),
      403: KEY_REQUIRED,
      410: syncTokenExpired(),
    },
  },
  streamChanges: {
    response: `: alive\nid: eyJ0IjoxfQ\n\nid: eyJ0IjoyfQ\nevent: change\ndata: {"id":2,"removed":true}\n\n`,
    problems: {
      400: syncTokenMismatch(),
      410: syncTokenExpired(),
      429: tooManyStreams(),
      503: {
        code: 'overloaded',
        detail: 'This instance has as many open streams as it can serve.',
      },
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
