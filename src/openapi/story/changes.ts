import { syncTokenExpired, syncTokenMismatch } from '../../changes/sync/sync-tokens.js';
import { invalidInput } from '../../errors/domain-error.js';
import { tooManyStreams } from '../../events/stream/open-streams.js';
import { PLANNING } from './responses.js';
import { KEY_REQUIRED } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

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
};
