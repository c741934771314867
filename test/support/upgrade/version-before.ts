import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import type { TestDatabase } from '../database/database.js';
import { databaseUrl, execute } from '../database/test-server.js';

/** The statements that version 0.1.0 sent to PostgreSQL while it served one client, in order. */
interface Recording {
  readonly statements: readonly string[];
  /** The index of a statement, and its parameters. */
  readonly calls: readonly (readonly [statement: number, parameters: readonly unknown[]])[];
}

/** Creates a database as version 0.1.0 left it: its schema, with rows that its API wrote. */
export async function createDatabaseOfVersionBefore(): Promise<TestDatabase> {
  const server = process.env.TEST_SERVER_URL;
  if (!server) throw new Error('This run has no PostgreSQL: the suite belongs into test/e2e.');
  const name = `calendar_test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = databaseUrl(server, name);
  await execute(url, readFileSync(fixture('version-0.1.0.sql'), 'utf8'));
  return { url, drop: async () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/**
 * Sends the statements that version 0.1.0 sends for sign-ups, logins, events, answers, overrides, a split, reminders and a deletion.
 * @throws the first error of PostgreSQL
 */
export async function serveWithVersionBefore(url: string): Promise<number> {
  const { statements, calls }: Recording = JSON.parse(
    readFileSync(fixture('version-0.1.0.statements.json'), 'utf8'),
  );
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const [index, parameters] of calls) 
      await client.query(statements[index], [...parameters]);
  } finally {
    await client.end();
  }
  return calls.length;
}

function fixture(name: string): string {
  return `test/support/upgrade/${name}`;
}
