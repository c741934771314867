import { expect, test } from '@jest/globals';
import { MAX_ID } from '../../platform/values/max-id.js';
import { tenantNamedBy } from './named-tenant.js';

test.each<[unknown, number]>([
  [{ email: 'ann@example.com', tenant_id: 2 }, 2],
  [{ tenant_id: MAX_ID }, MAX_ID],
  [{ refresh_token: '3.random' }, 3],
  [{ token: '4.random' }, 4],
  [{ refresh_token: 'random' }, 1],
  [{ tenant_id: '2' }, 1],
  [{ tenant_id: 0 }, 1],
  [{ tenant_id: 1.5 }, 1],
  [{ tenant_id: MAX_ID + 1 }, 1],
  [{ refresh_token: ['2.random'] }, 1],
  [{}, 1],
  [[], 1],
  ['2', 1],
  [null, 1],
  [undefined, 1],
])('the body %j names the tenant %s', (body, expected) => {
  expect(tenantNamedBy(body)).toBe(expected);
});
