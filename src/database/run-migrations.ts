import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { NO_TIMEOUTS } from './session/session-settings.js';

/** The number of this lock among the advisory locks of the database. Any number is valid. */
const MIGRATION_LOCK = 7_215_002;

/**
 * Locks of other schemas have names of two parts, which never equal a name of one. The casts are those of PostgreSQL's
 * functions: a function of the schema might fit better otherwise.
 */
const LOCK = `
  SELECT CASE pg_catalog.current_schema() WHEN 'public' THEN pg_catalog.pg_advisory_xact_lock(${MIGRATION_LOCK}::bigint)
              ELSE pg_catalog.pg_advisory_xact_lock(${MIGRATION_LOCK}, pg_catalog.hashtext(pg_catalog.current_schema()::text)) END`;

/**
 * Brings the schema to the newest migration, each in a transaction of its own. Instances that start together take
 * turns: one runs a migration, and the others find it done. The lock ends with the transaction, so it works behind a
 * pooler too.
 */
export async function runMigrations(dataSource: DataSource): Promise<void> {
  while (await runNextMigration(dataSource));
}

/** @returns whether there was one to run */
async function runNextMigration(dataSource: DataSource): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    // For the migration, and for the wait until another instance has run one.
    await runner.query(NO_TIMEOUTS);
    await runner.query(LOCK);
    const executor = new MigrationExecutor(dataSource, runner);
    const [next] = await executor.getPendingMigrations();
    if (next) await executor.executeMigration(next);
    await runner.commitTransaction();
    return next !== undefined;
  } catch (error) {
    await rollBack(runner);
    throw error;
  } finally {
    await runner.release();
  }
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}
