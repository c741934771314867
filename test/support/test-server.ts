import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source-options.js';
import { startEmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';
import { runMigrations } from '../../src/database/run-migrations.js';

/** The PostgreSQL of one test run, and the migrated database that every suite's own is a copy of. */
export interface TestServer {
  readonly url: string;
  readonly template: string;
  stop(): Promise<void>;
}

/** What a crash would cost is of no interest here, and deadlocks made on purpose are found soon. */
const THROW_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  deadlock_timeout: '50ms',
  max_connections: '300',
};

/** Uses the server of TEST_DATABASE_URL, where it may make databases, or else brings one. */
export async function startTestServer(): Promise<TestServer> {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startThrowAwayServer();
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

async function startThrowAwayServer(): Promise<Pick<TestServer, 'url' | 'stop'>> {
  const directory = await mkdtemp(join(tmpdir(), 'calendar-test-'));
  // Started by root the server runs as another account, which has to get in.
  await chmod(directory, 0o711);
  const server = await startEmbeddedPostgres({ dataDir: directory, settings: THROW_AWAY });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
