import { isPlatformPackageInstalled, platformPackageName } from '@calendar-backend/embedded-postgres';
import { readChoice } from '../environment/choice.js';
import { ConfigurationError } from '../environment/configuration-error.js';
import type { GatheredErrors } from '../environment/gathered-errors.js';
import type { Variables } from '../environment/variables.js';
import { connectionUrl } from './connection-url.js';

/** Poolers between the service and PostgreSQL: none that matters, or one in transaction mode. */
const POOLERS = ['none', 'transaction'] as const;
export type Pooler = (typeof POOLERS)[number];

/** The schema of a service that is alone in its database. */
export const DEFAULT_SCHEMA = 'public';

/** A fifth of PostgreSQL's default of 100 connections, so that four instances share one server. */
export const DEFAULT_POOL_SIZE = 20;

/** How the service reaches its PostgreSQL. */
export interface DatabaseConfiguration {
  /** Null: the embedded PostgreSQL. */
  readonly databaseUrl: string | null;
  /** Null: the primary answers every read. */
  readonly databaseReplicaUrl: string | null;
  /** The address of PostgreSQL itself behind a pooler, for migrations; null: they run at `databaseUrl`. */
  readonly databaseDirectUrl: string | null;
  readonly databasePooler: Pooler;
  readonly databaseSchema: string;
  /** The connections of each pool: the primary's and the replica's. */
  readonly databasePoolSize: number;
}

/**
 * More than PostgreSQL serves well at a time. A larger value is a mistake.
 * @public `docs/limits.md` lists it.
 */
export const MAX_POOL_SIZE = 1_000;

/** Reads how the service reaches its PostgreSQL. */
export function readDatabase(env: Variables, errors: GatheredErrors): DatabaseConfiguration {
  return {
    databaseUrl: errors.of(() => readDatabaseUrl(env)),
    databaseReplicaUrl: errors.of(() => readUrl('DATABASE_REPLICA_URL', env.DATABASE_REPLICA_URL)),
    databaseDirectUrl: errors.of(() => readUrl('DATABASE_DIRECT_URL', env.DATABASE_DIRECT_URL)),
    databasePooler: errors.of(() => readPooler(env.DATABASE_POOLER || 'none')),
    databaseSchema: errors.of(() => readSchema(env.DATABASE_SCHEMA || DEFAULT_SCHEMA)),
    databasePoolSize: errors.of(() => readPoolSize(env.DATABASE_POOL_SIZE || String(DEFAULT_POOL_SIZE))),
  };
}

function readDatabaseUrl({ DATABASE_URL: url, DATABASE_URL_FILE: file }: Variables): string | null {
  // A file that cannot be read has an error of its own.
  if (!url && !file && !isPlatformPackageInstalled()) {
    throw new ConfigurationError(
      `DATABASE_URL must name a PostgreSQL of yours, since the embedded one (${platformPackageName()}) is not installed.`,
    );
  }
  return readUrl('DATABASE_URL', url);
}

function readUrl(name: string, value: string | undefined): string | null {
  return value ? connectionUrl(name, value) : null;
}

function readPooler(value: string): Pooler {
  return readChoice('DATABASE_POOLER', value, POOLERS);
}

/** Plain names alone, since the name becomes a part of statements; PostgreSQL keeps `pg_` for itself. */
function readSchema(value: string): string {
  if (!/^(?!pg_|information_schema$)[a-z_][a-z0-9_]{0,62}$/i.test(value)) {
    throw new ConfigurationError(
      `DATABASE_SCHEMA must be a name of letters, digits and underscores such as calendar, not "${value}".`,
    );
  }
  return value;
}

function readPoolSize(value: string): number {
  const size = Number(value);
  if (!/^[1-9]\d*$/.test(value) || size > MAX_POOL_SIZE) {
    throw new ConfigurationError(
      `DATABASE_POOL_SIZE must be a number from 1 to ${MAX_POOL_SIZE}, not "${value}".`,
    );
  }
  return size;
}
