import type { ApiKeyRecord } from './api-key-record.js';
import { hashOfApiKey, prefixOf } from './api-key-text.js';

/** A key to store, with its hash in place of its text. */
export type NewKeyRow = Omit<ApiKeyRecord, 'id'> & { readonly hash: string };

/** The row of a new key with this text. No request has had the key. */
export function newKeyRow(text: string, key: Omit<ApiKeyRecord, 'id' | 'prefix' | 'lastUsedAt'>): NewKeyRow {
  return { ...key, prefix: prefixOf(text), hash: hashOfApiKey(text), lastUsedAt: null };
}
