import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { type ConcurrentMigration, runMigrations } from '../../../src/database/run-migrations.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';

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
