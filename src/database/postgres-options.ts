import type { DataSourceOptions } from 'typeorm';
import type { PoolOptions } from './connection/pool-options.js';
import { MIGRATIONS_TABLE } from './examination/database-facts.js';
import { migrations } from './migrations/index.js';
import { connectionOptions, type SessionPoolConfig } from './session/session-pool.js';

export type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }> & {
  readonly extra: SessionPoolConfig;
};

/** The options of every DataSource of the project, without the entities. */
export function postgresOptions(url: string, options: Partial<PoolOptions> = {}): PostgresOptions {
  return {
    type: 'postgres',
    url,
    migrations,
    migrationsTableName: MIGRATIONS_TABLE,
    // Migrations name the extensions they need.
    installExtensions: false,
    synchronize: false,
    logging: false,
    extra: connectionOptions(options),
  };
}
