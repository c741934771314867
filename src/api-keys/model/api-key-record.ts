import type { Scope } from '../../access/scope.js';

/** Characters: the name of a program, and of the place where it runs. */
export const MAX_API_KEY_NAME_LENGTH = 200;

/** The most keys of a tenant: a list of keys stays short enough for a person to review. */
export const MAX_API_KEYS_PER_TENANT = 1_000;

/** An API key as the database stores it. The database has no secret. */
export interface ApiKeyRecord {
  readonly id: number;
  readonly tenantId: number;
  readonly name: string;
  /** The public part of the key. */
  readonly prefix: string;
  readonly scopes: readonly Scope[];
  /** The key with which a program made this key; null: a person made it on the server. */
  readonly createdByKeyId: number | null;
  readonly createdAt: Date;
  /** Null: never. */
  readonly expiresAt: Date | null;
  /** When a request last had the key, to the minute; null: never. */
  readonly lastUsedAt: Date | null;
}

/** A new key, before the service has made its secret. */
export interface NewApiKey {
  readonly name: string;
  /** `all`: every scope of the creating key. */
  readonly scopes: readonly Scope[] | 'all';
  readonly expiresAt: Date | null;
}

/** A key that was just made, with the text that the service shows once. */
export interface CreatedApiKey {
  readonly record: ApiKeyRecord;
  readonly text: string;
}
