import { randomBytes } from 'node:crypto';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { runMigrations } from '../../../src/database/run-migrations.js';

/** The PostgreSQL of one test run, and the migrated database that every suite's own is a copy of. */
export interface TestServer {
  readonly url: string;
  readonly template: string;
  stop(): Promise<void>;
}

/** Uses the server of TEST_DATABASE_URL, where it may make databases, or else brings one. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startThrowAwayPostgres();
  const template = `calendar_template_${randomBytes(4).toString('hex')}`;
  await execute(server.url, `CREATE DATABASE ${template}`);
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl(server.url, template))).initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
  return {
    url: server.url,
    template,
    stop: async () => {
      await execute(server.url, `DROP DATABASE ${template} WITH (FORCE)`);
      await server.stop();
    },
  };
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs one statement on a connection of its own. */
export async function execute(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
