import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { MAX_ID } from '../../platform/values/max-id.js';

/** The tenant, a dot, and the rest. Text in base64url has no dot. */
const WITH_TENANT = /^([1-9]\d{0,9})\./;

/**
 * The text of a random token that the service looks up within a tenant, for a request without another caller. A token of
 * the default tenant has no prefix, like every token that the previous version issued.
 */
export function tokenOfTenant(tenantId: number, random: string): string {
  return tenantId === DEFAULT_TENANT_ID ? random : `${tenantId}.${random}`;
}

/** The tenant that the text of a token names, whether or not the service issued the token. */
export function tenantOfToken(token: string): number {
  const tenantId = Number(WITH_TENANT.exec(token)?.[1] ?? DEFAULT_TENANT_ID);
  return tenantId <= MAX_ID ? tenantId : DEFAULT_TENANT_ID;
}
