// The core of the suite once more, with all that the service does for a pooler in transaction mode, on databases whose
// defaults are set against it. `npm run test:environments` runs it behind PgBouncer.
import '../../support/database/hostile-defaults.js';
import '../../support/database/pooler-mode.js';
import '../scheduling/booking-race.spec.js';
import '../events/calendar.spec.js';
import '../reminders/reminders.spec.js';
import '../scheduling/scheduling.spec.js';
import '../events/series.spec.js';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Pool } from 'pg';
import { connectionOptions } from '../../../src/database/session/session-pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';

describe('a connection to a pooler in transaction mode', () => {
  let database: TestDatabase;
  let pool: Pool;

  beforeAll(async () => {
    database = await createTestDatabase();
    const options = connectionOptions({ pooler: 'transaction', overridesReadOnly: true, poolSize: 1 });
    pool = new Pool({ connectionString: database.url, ...options });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  async function ask(text: string): Promise<unknown> {
    const { rows } = await pool.query(text);
    return rows[0];
  }

  test('sets everything in each transaction', async () => {
    const client = await pool.connect();
    await client.query('START TRANSACTION');
    const { rows } = await client.query(
      `SELECT current_setting('search_path') AS path, current_setting('timezone') AS zone, current_setting('statement_timeout') AS time,
              current_setting('transaction_isolation') AS level, current_setting('transaction_read_only') AS "readOnly"`,
    );
    await client.query('COMMIT');
    client.release();
    expect(rows).toEqual([
      { path: '"public", "pg_temp"', zone: 'UTC', time: '5s', level: 'read committed', readOnly: 'off' },
    ]);
  });

  test('leaves no prepared statement behind', async () => {
    const statement = { name: 'one', text: 'SELECT $1::integer AS one', values: [1] };
    expect((await pool.query(statement)).rows).toEqual([{ one: 1 }]);
    expect((await pool.query(statement)).rows).toEqual([{ one: 1 }]);
    expect(await ask('SELECT count(*)::integer AS count FROM pg_prepared_statements')).toEqual({ count: 0 });
  });

  test('commits a single statement before it resolves, and undoes one that fails', async () => {
    await pool.query('CREATE TABLE counter (value integer PRIMARY KEY)');
    await pool.query('INSERT INTO counter VALUES ($1)', [1]);
    await expect(pool.query('INSERT INTO counter VALUES (2), (1)')).rejects.toMatchObject({ code: '23505' });
    await expect(pool.query('INSERT INTO counter SELECT 1 / 0')).rejects.toMatchObject({ code: '22012' });
    const other = new Pool({ connectionString: database.url });
    expect((await other.query('SELECT value FROM public.counter')).rows).toEqual([{ value: 1 }]);
    await other.end();
  });

  test('does not resolve a statement whose commit fails', async () => {
    await pool.query(`CREATE TABLE child (value integer REFERENCES counter DEFERRABLE INITIALLY DEFERRED)`);
    await expect(pool.query('INSERT INTO child VALUES (9)')).rejects.toMatchObject({ code: '23503' });
    expect(await ask('SELECT count(*)::integer AS count FROM child')).toEqual({ count: 0 });
  });
});
