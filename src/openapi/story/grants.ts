import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { absentInPath, forbidden } from './refusals.js';
import type { Chapter } from './step.js';

const OWNERS_ONLY = forbidden('Only its user, or an owner, may change a calendar and its grants.');

const CREATED = { created_at: '2022-09-06T14:16:47.878Z', updated_at: '2022-09-06T14:16:47.878Z' };

const TENANT_GRANT = { id: 1, grantee: { type: 'tenant' }, role: 'reader', sees_private: false, ...CREATED };

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
