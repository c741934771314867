import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { integerFault } from '../../http/fields/integer-field.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { tenantOfToken } from '../model/tenant-token.js';

/**
 * The tenant that the body of a request without a caller names, by its `tenant_id` or by a token. A value of another type
 * names the default tenant: the service refuses its request later.
 */
export function tenantNamedBy(body: unknown): number {
  const fields = Object(body) as Readonly<Record<string, unknown>>;
  const { tenant_id: tenantId, refresh_token: refreshToken, token = refreshToken } = fields;
  if (integerFault(tenantId, 1, MAX_ID) === null) return tenantId as number;
  return typeof token === 'string' ? tenantOfToken(token) : DEFAULT_TENANT_ID;
}
