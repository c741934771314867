import type { PoolConfig } from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

type PostgresDataSourceOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** A quarter of PostgreSQL's default of 100 connections, so that four instances share one server. */
const POOL_SIZE = 20;

/** A hundred times what the slowest query takes; what exceeds it is a fault that must not hold its connection. */
const STATEMENT_TIMEOUT_MS = 5_000;

/** Changes of one event wait for each other for milliseconds; many at once fail rather than hold all connections. */
const LOCK_TIMEOUT_MS = 3_000;

/** How long a request waits for a connection, be it new or one of the pool's. */
const CONNECTION_TIMEOUT_MS = 3_000;

/** A transaction that waits for its own client so long keeps its locks from others. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 10_000;

/** What every pool of connections asks of its server. */
export function connectionOptions(): PoolConfig {
  return {
    application_name: 'calendar-backend',
    max: POOL_SIZE,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    // Statements are prepared because planning them costs more than running them; by default PostgreSQL plans the
    // large ones anew each time.
    options: '-c plan_cache_mode=force_generic_plan',
  };
}

/** How every DataSource of the project is made: the service's, the checks' and the TypeORM CLI's. */
export function dataSourceOptions(url: string): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'migrations',
    // Migrations name the extensions they need.
    installExtensions: false,
    synchronize: false,
    logging: false,
    extra: connectionOptions(),
  };
}
