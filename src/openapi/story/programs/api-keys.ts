import { SCOPES } from '../../../access/scope.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { absentInPath } from '../steps/refusals.js';
import type { Chapter } from '../steps/step.js';

const FIRST_KEY = {
  id: 1,
  name: 'BOOTSTRAP_API_KEY',
  prefix: '7fabec0f92',
  scopes: [...SCOPES],
  created_by_key_id: null,
  created_at: '2022-09-06T14:16:47.878Z',
  expires_at: null,
  last_used_at: '2022-09-06T14:16:47.878Z',
};

const API_KEY = {
  id: 2,
  name: 'backend',
  prefix: 'k3v9x0q2ma',
  scopes: ['users.read', 'events.read'],
  created_by_key_id: 1,
  created_at: '2022-09-06T14:16:47.878Z',
  expires_at: null,
  last_used_at: null,
};

/** Operations for API keys, so that a request without a token is refused. */
export const API_KEYS_CHAPTER: Chapter = {
  createApiKey: {
    problems: {
      400: invalidInput({ field: 'scopes', message: 'is required' }),
    },
    requests: {
      backend: {
        summary: 'A key that reads users and events',
        value: { name: 'backend', scopes: ['users.read', 'events.read'] },
      },
    },
    response: { ...API_KEY, key: 'cal_k3v9x0q2ma_2ZQhPq0zqv7cX0m9aKp1Qb6eG3rVtYw8sUdNfLhJxCo' },
  },
  listApiKeys: {
    response: [FIRST_KEY, API_KEY],
    problems: { 400: invalidInput({ field: 'limit', message: 'must be an integer from 1 to 1000' }) },
  },
  deleteApiKey: { parameters: { api_key_id: 2 }, problems: { 404: absentInPath('api key') } },
};
