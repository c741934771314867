import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DataSource,
  MigrationExecutor,
  type MigrationInterface,
  QueryFailedError,
  type QueryRunner,
} from 'typeorm';
import { errorCode } from '../platform/error-code.js';
import { sessionOf } from './session/session-pool.js';
import { NO_TIMEOUTS, NO_TIMEOUTS_OF_SESSION } from './session/session-settings.js';

/** The number of this lock among the advisory locks of the database. Any number is valid. */
const MIGRATION_LOCK = 7_215_002;

/**
 * Locks of other schemas have names of two parts, which never equal a name of one. The casts are those of PostgreSQL's
 * functions: a function of the schema might fit better otherwise.
 */
const TRY_LOCK = `
  SELECT CASE pg_catalog.current_schema() WHEN 'public' THEN pg_catalog.pg_try_advisory_xact_lock(${MIGRATION_LOCK}::bigint)
              ELSE pg_catalog.pg_try_advisory_xact_lock(${MIGRATION_LOCK}, pg_catalog.hashtext(pg_catalog.current_schema()::text)) END
         AS locked`;

const DEADLOCK_DETECTED = '40P01';

/** PostgreSQL ends the migration or the request of a deadlock, whichever has waited for a second. */
const MAX_ATTEMPTS = 20;

/** Milliseconds between two attempts to get the lock. */
const PAUSE_MS = 200;

/**
 * A migration that runs outside of a transaction, while requests read and write its tables. It may build indexes
 * concurrently. If it fails half-way, the next instance runs it again, so each of its steps may be repeated. Behind a
 * pooler in transaction mode, it runs in a transaction.
 */
export interface ConcurrentMigration extends MigrationInterface {
  readonly concurrent: true;
}

/**
 * Brings the schema to the newest migration, each in a transaction of its own. Instances that start together take
 * turns: one runs a migration, and the others find it done. The lock ends with its transaction, so it works behind a
 * pooler too. Waiting instances have no open statement, since PostgreSQL builds no index concurrently while one is open.
 */
export async function runMigrations(dataSource: DataSource): Promise<void> {
  for (let attempt = 1; ; ) {
    try {
      if (!(await runNextMigration(dataSource))) return;
    } catch (error) {
      // Requests of other instances lock the same tables in another order.
      if (attempt === MAX_ATTEMPTS || !isDeadlock(error)) throw error;
      attempt += 1;
    }
  }
}

function isDeadlock(error: unknown): boolean {
  return errorCode(error instanceof QueryFailedError ? error.driverError : error) === DEADLOCK_DETECTED;
}

/** @returns whether there may be another one to run */
async function runNextMigration(dataSource: DataSource): Promise<boolean> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    // For the migration, and for the wait until another instance has run one.
    await runner.query(NO_TIMEOUTS);
    const [lock]: { locked: boolean }[] = await runner.query(TRY_LOCK);
    if (!lock?.locked) {
      await runner.rollbackTransaction();
      await sleep(PAUSE_MS);
      return true;
    }
    const executor = new MigrationExecutor(dataSource, runner);
    const [next] = await executor.getPendingMigrations();
    if (next && isConcurrent(next.instance) && !sessionOf(dataSource).pooled)
      await runOutside(dataSource, next);
    else if (next) await executor.executeMigration(next);
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

function isConcurrent(migration: Partial<ConcurrentMigration> | undefined): boolean {
  return migration?.concurrent === true;
}

/** Runs a migration on a connection of its own, without a transaction, while another connection holds the lock. */
async function runOutside(
  dataSource: DataSource,
  migration: Parameters<MigrationExecutor['executeMigration']>[0],
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(NO_TIMEOUTS_OF_SESSION);
    await new MigrationExecutor(dataSource, runner).executeMigration(migration);
  } finally {
    await runner.release();
  }
}
