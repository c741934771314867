import { parseInstant } from '../../calendar/time/instant.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import type { ApiKeyRecord, CreatedApiKey, NewApiKey } from '../model/api-key-record.js';
import type { ApiKeyDto, CreatedApiKeyDto } from './api-key.dto.js';
import type { CreateApiKeyDto } from './create-api-key.dto.js';

/** The names in requests of the fields of `NewApiKey`. */
export const API_KEY_FIELDS: WireNames = { expiresAt: 'expires_at' };

export function toNewApiKey({ name, scopes, expires_at: expiresAt = null }: CreateApiKeyDto): NewApiKey {
  return { name, scopes, expiresAt: expiresAt === null ? null : dateOf(expiresAt) };
}

export function toApiKeyDto(key: ApiKeyRecord): ApiKeyDto {
  return {
    id: key.id,
    name: key.name,
    prefix: key.prefix,
    scopes: [...key.scopes],
    created_by_key_id: key.createdByKeyId,
    created_at: key.createdAt.toISOString(),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
  };
}

export function toCreatedApiKeyDto({ record, text }: CreatedApiKey): CreatedApiKeyDto {
  return { ...toApiKeyDto(record), key: text };
}

/** @param instant checked by the DTO */
function dateOf(instant: string): Date {
  return new Date(parseInstant(instant) as number);
}
