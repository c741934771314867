import type { PoolOptions } from './database/connection/pool-options.js';
import { type PostgresOptions, postgresOptions } from './database/postgres-options.js';
import { entities } from './entities.js';

/** The options of a DataSource with all tables, outside of the service: for scripts, checks and the TypeORM CLI. */
export function dataSourceOptions(url: string, options: Partial<PoolOptions> = {}): PostgresOptions {
  return { ...postgresOptions(url, options), entities };
}
