import type { PoolConfig } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import {
  APPLICATION_NAME,
  CONNECTION_TIMEOUT_MS,
  DEFAULT_POOL_OPTIONS,
  type PoolOptions,
} from './connection/pool-options.js';
import { entities } from './entities.js';
import { MIGRATIONS_TABLE } from './examination/database-facts.js';
import { migrations } from './migrations/index.js';
import { Session } from './session/session.js';
import { SessionClient } from './session/session-client.js';

type PostgresDataSourceOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** What `pg` needs for a pool whose connections are `SessionClient`s. */
export interface SessionPoolConfig extends PoolConfig {
  readonly session: Session;
}

/** The options of every pool of connections. */
export function connectionOptions(options: Partial<PoolOptions> = {}): SessionPoolConfig {
  const { poolSize, ...session } = { ...DEFAULT_POOL_OPTIONS, ...options };
  return {
    application_name: APPLICATION_NAME,
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    Client: SessionClient as unknown as PoolConfig['Client'],
    session: new Session(session),
  };
}

/** The options of every DataSource of the project: the service's, the checks' and the TypeORM CLI's. */
export function dataSourceOptions(
  url: string,
  options: Partial<PoolOptions> = {},
): PostgresDataSourceOptions & { readonly extra: SessionPoolConfig } {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    // Migrations name the extensions they need.
    installExtensions: false,
    synchronize: false,
    logging: false,
    extra: connectionOptions(options),
  };
}
