import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { TestDatabase } from '../database/database.js';
import { databaseUrl, execute } from '../database/test-server.js';

/**
 * A version of which an instance may serve beside this one, by the names of its files: version 0.1.0, and the last states
 * before API keys and tenants, and before calendars.
 */
export type VersionBefore = 'version-0.1.0' | 'before-api-keys' | 'before-calendars';

/**
 * The statements that an instance of a version sent to PostgreSQL while it served one client, each transaction at the place
 * of its end.
 */
interface Recording {
  readonly statements: readonly string[];
  /** The index of a statement, its parameters, and the number of rows that it returned or changed, if recorded. */
  readonly calls: readonly (readonly [
    statement: number,
    parameters: readonly unknown[],
    rows?: number | null,
  ])[];
}

/** Creates a database as a version left it: its schema, with rows that its API wrote. */
export async function createDatabaseOfVersionBefore(version: VersionBefore): Promise<TestDatabase> {
  const server = process.env.TEST_SERVER_URL;
  if (!server) throw new Error('This run has no PostgreSQL: the suite belongs into test/e2e.');
  const name = `calendar_test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = databaseUrl(server, name);
  await execute(url, readFileSync(fixture(`${version}.sql`), 'utf8'));
  return { url, drop: async () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/**
 * Sends the statements that a version sends for sign-ups, logins, events, answers, overrides, a split, reminders and a
 * deletion; `before-api-keys` also those of its workers; `before-calendars` also those of a batch, of handovers and of a deleted user.
 * @returns their number
 * @throws the first error of PostgreSQL, or an error if a statement concerns another number of rows than it did
 */
export async function serveWithVersionBefore(version: VersionBefore, url: string): Promise<number> {
  const { statements, calls }: Recording = JSON.parse(
    readFileSync(fixture(`${version}.statements.json`), 'utf8'),
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const [index, parameters, rows] of calls) {
      const text = statements[index];
      const { rowCount } = await client.query(text, [...parameters]);
      if (typeof rows === 'number' && rows !== rowCount)
        throw new Error(`The statement concerned ${rows} rows, and now ${rowCount}: ${text}`);
    }
  } finally {
    await client.end();
  }
  return calls.length;
}

function fixture(name: string): string {
  return `test/support/upgrade/${name}`;
}
