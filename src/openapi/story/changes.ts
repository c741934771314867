import { syncTokenExpired } from '../../changes/sync/sync-tokens.js';
import { invalidInput } from '../../errors/domain-error.js';
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
};
