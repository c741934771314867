import { setTimeout as sleep } from 'node:timers/promises';
import { type DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';

/** Chosen freely; the number is this lock's name among the advisory locks of the database. */
const MIGRATION_LOCK = 7_215_002;

const POLL_INTERVAL_MS = 100;

/**
 * Brings the schema to the newest migration. Instances that start together take turns: the first runs
 * them, the others find nothing left to do.
 */
export async function runMigrations(dataSource: DataSource): Promise<void> {
  const queryRunner = dataSource.createQueryRunner();
  try {
    await queryRunner.query('SET statement_timeout = 0; SET lock_timeout = 0');
    await lock(queryRunner);
    const executor = new MigrationExecutor(dataSource, queryRunner);
    executor.transaction = 'each';
    await executor.executePendingMigrations();
  } finally {
    await queryRunner.query('SELECT pg_advisory_unlock_all()').catch(() => undefined);
    await queryRunner.query('RESET statement_timeout; RESET lock_timeout').catch(() => undefined);
    await queryRunner.release();
  }
}

/** By asking again rather than waiting inside PostgreSQL, where a waiting statement blocks CREATE INDEX CONCURRENTLY. */
async function lock(queryRunner: QueryRunner): Promise<void> {
  const ask = async (): Promise<boolean> => {
    const [row] = await queryRunner.manager.query<{ granted: boolean }[]>(
      'SELECT pg_try_advisory_lock($1) AS granted',
      [MIGRATION_LOCK],
    );
    return row?.granted ?? false;
  };
  while (!(await ask())) {
    await sleep(POLL_INTERVAL_MS);
  }
}
