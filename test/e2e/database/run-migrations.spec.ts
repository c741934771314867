import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource, MigrationExecutor, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { type ConcurrentMigration, runMigrations } from '../../../src/database/run-migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { createDatabaseOfVersionBefore } from '../../support/upgrade/version-before.js';

type MigrationClass = new () => MigrationInterface;

const MIGRATIONS = dataSourceOptions('postgres://localhost').migrations as MigrationClass[];

const ENDED = 'The process ended.';

/** Long enough for every instance to arrive while the first is at work. */
class CreateSlowly4102444800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE slowly (value int)');
    await runner.query('SELECT pg_sleep(0.3)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE slowly');
  }
}

/** Waits for all statements of other connections that began before. */
class IndexConcurrently4102444800002 implements ConcurrentMigration {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE IF NOT EXISTS indexed (value int)');
    await runner.query('CREATE INDEX CONCURRENTLY indexed_value_idx ON indexed (value)');
    await runner.query('SELECT pg_sleep(0.3)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE indexed');
  }
}

class FailHalfWay4102444800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE half (value int)');
    await runner.query('SELECT 1 / 0');
  }

  async down(): Promise<void> {}
}

let database: TestDatabase;
let instances: DataSource[];

beforeEach(async () => {
  database = await createTestDatabase();
  instances = [];
});

afterEach(async () => {
  await Promise.all(instances.map(async (instance) => instance.destroy()));
  await database.drop();
});

async function instanceWith(
  migrations: (new () => MigrationInterface)[],
  options: Partial<ReturnType<typeof dataSourceOptions>> = {},
): Promise<DataSource> {
  const instance = new DataSource({ ...dataSourceOptions(database.url), ...options, migrations });
  instances.push(instance);
  return instance.initialize();
}

async function isTable(instance: DataSource, name: string): Promise<boolean> {
  const [row] = await instance.query<{ made: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS made', [
    name,
  ]);
  return row?.made ?? false;
}

/** A runner that fails at a statement, as a kill before that statement ends the migration. */
function endingAt(runner: QueryRunner, statement: number): QueryRunner {
  let count = 0;
  return Object.create(runner, {
    query: {
      value: async (text: string, parameters?: unknown[]) => {
        count += 1;
        if (count === statement) throw new Error(ENDED);
        return runner.query(text, parameters);
      },
    },
  });
}

/** The columns, constraints, indexes, triggers and functions of the schema. */
async function shapeOf(instance: DataSource): Promise<unknown> {
  return instance.query(`
    SELECT 'column' AS kind, table_name || '.' || column_name AS name,
           concat_ws(' ', data_type, is_nullable, column_default) AS definition
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid) || convalidated
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid) || indisvalid
      FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace
    UNION ALL SELECT 'trigger', tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname::text, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ORDER BY 1, 2, 3`);
}

/** The rows of the calendars, the grants and the attendees, without times. */
async function rowsOf(instance: DataSource): Promise<unknown> {
  return instance.query(`
    SELECT c.tenant_id, c.user_id, c.is_primary, g.role, g.user_id AS grantee, a.event_id
      FROM calendars c JOIN calendar_grants g ON g.tenant_id = c.tenant_id AND g.calendar_id = c.id
      LEFT JOIN attendees a ON a.tenant_id = c.tenant_id AND a.calendar_id = c.id
     ORDER BY c.tenant_id, c.user_id, a.event_id`);
}

/** An instance that has the first migrations only. */
async function withFirst(url: string, count: number): Promise<DataSource> {
  const options = dataSourceOptions(url);
  const migrations = MIGRATIONS.slice(0, count);
  return new DataSource({ ...options, migrations }).initialize();
}

/** Runs a migration, ends it before its first statement, runs it again, ends it before its second one, and so on. @returns how often */
async function endAtEachStatement(instance: DataSource, migration: MigrationInterface): Promise<number> {
  const runner = instance.createQueryRunner();
  for (let statement = 1; ; statement += 1) {
    const end = await migration.up(endingAt(runner, statement)).catch((error: Error) => error);
    if (end instanceof Error && end.message === ENDED) continue;
    await runner.release();
    if (end instanceof Error) throw end;
    return statement - 1;
  }
}

describe('migrations of data of the version before calendars', () => {
  test('go on after a kill before each statement of one, and between any two', async () => {
    const before = await createDatabaseOfVersionBefore('before-calendars');
    const straight = await createDatabaseOfVersionBefore('before-calendars');
    const whole = await withFirst(straight.url, MIGRATIONS.length);
    await runMigrations(whole);
    const ends: number[] = [];
    for (let count = 1; count <= MIGRATIONS.length; count += 1) {
      const instance = await withFirst(before.url, count);
      const [pending] = await new MigrationExecutor(instance).getPendingMigrations();
      const migration: (MigrationInterface & Partial<ConcurrentMigration>) | undefined = pending?.instance;
      if (migration?.concurrent) ends.push(await endAtEachStatement(instance, migration));
      await runMigrations(instance);
      await runMigrations(instance);
      await instance.destroy();
    }
    const resumed = await withFirst(before.url, MIGRATIONS.length);
    expect(ends).toHaveLength(9);
    expect(Math.min(...ends)).toBeGreaterThan(1);
    expect(await shapeOf(resumed)).toEqual(await shapeOf(whole));
    const rows = await rowsOf(resumed);
    expect(rows).toEqual(await rowsOf(whole));
    expect(rows).toHaveLength(12);
    await Promise.all([resumed.destroy(), whole.destroy()]);
    await Promise.all([straight.drop(), before.drop()]);
  });
});

describe('migrations', () => {
  test('run once when several instances start together', async () => {
    const together = await Promise.all([1, 2, 3].map(async () => instanceWith([CreateSlowly4102444800000])));
    await Promise.all(together.map(runMigrations));
    const [first] = instances;
    const rows = await first?.query('SELECT FROM migrations WHERE name = $1', ['CreateSlowly4102444800000']);
    expect(rows).toHaveLength(1);
  });

  test('run longer than a statement of a request may', async () => {
    const instance = await instanceWith([CreateSlowly4102444800000], { extra: { statement_timeout: 100 } });
    await runMigrations(instance);
    expect(await isTable(instance, 'slowly')).toBe(true);
    await expect(instance.query('SELECT pg_sleep(0.3)')).rejects.toMatchObject({ code: '57014' });
  });

  test('build an index concurrently once, while other instances wait', async () => {
    const together = await Promise.all(
      [1, 2, 3].map(async () => instanceWith([IndexConcurrently4102444800002])),
    );
    await Promise.all(together.map(runMigrations));
    const [first] = instances;
    const rows = await first?.query(
      `SELECT FROM pg_index WHERE indexrelid = 'indexed_value_idx'::regclass AND indisvalid`,
    );
    expect(rows).toHaveLength(1);
    const names = ['IndexConcurrently4102444800002'];
    expect(await first?.query('SELECT FROM migrations WHERE name = ANY ($1)', [names])).toHaveLength(1);
  });

  test('leave nothing of one that fails, and let the next instance try', async () => {
    const failing = await instanceWith([FailHalfWay4102444800001]);
    await expect(runMigrations(failing)).rejects.toMatchObject({ code: '22012' });
    expect(await isTable(failing, 'half')).toBe(false);
    const mended = await instanceWith([CreateSlowly4102444800000]);
    await runMigrations(mended);
    expect(await isTable(mended, 'slowly')).toBe(true);
  });
});
