import type { DataSourceOptions } from 'typeorm';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';

type PostgresDataSourceOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

/** A quarter of PostgreSQL's default of 100 connections, so that four instances share one server. */
const POOL_SIZE = 20;

/** Longer than any query of a request may take; what exceeds it is a fault that must not hold its connection. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** A transaction that waits for its own client so long keeps its locks from others. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;

/** How every DataSource of the project is made: the service's, the checks' and the TypeORM CLI's. */
export function dataSourceOptions(url: string): PostgresDataSourceOptions {
  return {
    type: 'postgres',
    url,
    applicationName: 'calendar-backend',
    poolSize: POOL_SIZE,
    connectTimeoutMS: 5_000,
    entities,
    migrations,
    migrationsTableName: 'migrations',
    // Migrations name the extensions they need.
    installExtensions: false,
    synchronize: false,
    logging: false,
    extra: {
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
      keepAlive: true,
      // Statements are prepared because planning them costs more than running them; by default PostgreSQL plans the
      // large ones anew each time.
      options: '-c plan_cache_mode=force_generic_plan',
    },
  };
}
