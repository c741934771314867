import { SCOPES } from '../../access/scope.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { absentInPath } from './steps/refusals.js';
import type { Chapter } from './steps/step.js';

const TENANT = { id: 2, name: 'Acme', created_at: '2022-09-06T14:16:47.878Z' };

const FIRST_KEY = {
  id: 3,
  name: 'first key',
  prefix: 'q8w2r7t1zx',
  scopes: SCOPES.filter((scope) => scope !== 'tenants.write'),
  created_by_key_id: null,
  created_at: '2022-09-06T14:16:47.878Z',
  expires_at: null,
  last_used_at: null,
  key: 'cal_q8w2r7t1zx_2ZQhPq0zqv7cX0m9aKp1Qb6eG3rVtYw8sUdNfLhJxCo',
};

/** Operations for API keys, so that a request without a token is refused. */
export const TENANTS_CHAPTER: Chapter = {
  createTenant: {
    problems: { 400: invalidInput({ field: 'name', message: 'must not be empty' }) },
    requests: { organisation: { summary: 'A customer of the product', value: { name: 'Acme' } } },
    response: { ...TENANT, api_key: FIRST_KEY },
  },
  listTenants: {
    response: [{ id: 1, name: 'default', created_at: '2022-09-06T14:16:47.878Z' }, TENANT],
    problems: { 400: invalidInput({ field: 'limit', message: 'must be an integer from 1 to 1000' }) },
  },
  getTenant: {
    parameters: { tenant_id: 2 },
    response: TENANT,
    problems: { 404: absentInPath('tenant') },
  },
  updateTenant: {
    parameters: { tenant_id: 2 },
    requests: { name: { summary: 'Another name', value: { name: 'Acme Corporation' } } },
    response: { ...TENANT, name: 'Acme Corporation' },
    problems: {
      400: invalidInput({ field: 'name', message: 'must not be empty' }),
      404: absentInPath('tenant'),
    },
  },
  deleteTenant: {
    parameters: { tenant_id: 2 },
    problems: {
      404: absentInPath('tenant'),
      409: new DomainError('conflict', 'default_tenant', 'The default tenant cannot be deleted.'),
    },
  },
};
