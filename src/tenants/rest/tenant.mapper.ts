import { toCreatedApiKeyDto } from '../../api-keys/rest/api-key.mapper.js';
import type { TenantRecord } from '../model/tenant.js';
import type { CreatedTenant } from '../write/tenants.service.js';
import type { CreatedTenantDto, TenantDto } from './tenant.dto.js';

export function toTenantDto({ id, name, createdAt }: TenantRecord): TenantDto {
  return { id, name, created_at: createdAt.toISOString() };
}

export function toCreatedTenantDto({ tenant, key }: CreatedTenant): CreatedTenantDto {
  return { ...toTenantDto(tenant), api_key: toCreatedApiKeyDto(key) };
}
