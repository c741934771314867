import { afterEach, describe, expect, test } from '@jest/globals';
import { readConfiguration } from '../../../src/platform/configuration/configuration.js';
import { ConfigurationError } from '../../../src/platform/configuration/environment/configuration-error.js';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { asNewRole, emptyDatabase, removeDatabases } from '../../support/database/empty-database.js';
import { databaseUrl, execute } from '../../support/database/test-server.js';
import { JWT_SECRET } from '../../support/service/application.js';
import { runScript } from '../../support/service/child-process.js';
import { startService } from '../../support/service/service.js';
import { startApplication } from '../../support/service/start-application.js';

const server = process.env.TEST_SERVER_URL as string;

afterEach(removeDatabases);

/** Why the service does not start. */
async function refusal(environment: NodeJS.ProcessEnv): Promise<string> {
  const start = startApplication(readConfiguration({ LOG_LEVEL: 'fatal', JWT_SECRET, ...environment }));
  const error: unknown = await start.then(
    async (application) => application.close(),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ConfigurationError);
  return (error as Error).message;
}

/** The standard error of a process that ends with 1. */
async function lastWords(environment: NodeJS.ProcessEnv): Promise<string> {
  const PORT = String(await bindablePort(0, '127.0.0.1'));
  const service = runScript('src/main.js', [], { PORT, ...environment });
  const exitCode = await service.ended;
  expect({ exitCode, output: service.output() }).toEqual({ exitCode: 1, output: '' });
  return service.complaint();
}

async function tablesIn(url: string, schema: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    url,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = '${schema}'::regnamespace AND relkind IN ('r', 'S')
      ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

describe('a database that cannot serve is refused in one sentence:', () => {
  test.each(['LATIN1', 'SQL_ASCII'])('the encoding %s', async (encoding) => {
    const url = await emptyDatabase(`ENCODING '${encoding}' LOCALE 'C' LOCALE_PROVIDER libc`);
    expect(await refusal({ DATABASE_URL: url })).toMatch(
      new RegExp(`^The database "calendar_empty_\\w+" has the encoding ${encoding}, .*template0.*\\.$`),
    );
    expect(await tablesIn(url, 'public')).toEqual([]);
  });

  test.each([
    ['a table', 'CREATE TABLE events (id text)', 'events'],
    ['a view', 'CREATE VIEW users AS SELECT 1', 'users'],
    ['a type', `CREATE TYPE attendees AS ENUM ('a')`, 'attendees'],
    ['migrations', 'CREATE TABLE migrations (id int, migration text)', 'migrations'],
    [
      'migrations of the same form',
      `CREATE TABLE migrations (id serial, timestamp bigint, name text);
       INSERT INTO migrations (timestamp, name) VALUES (1, 'CreateShop1')`,
      'migrations',
    ],
  ])('%s of another application in the schema', async (_, statement, name) => {
    const url = await emptyDatabase();
    await query(url, statement);
    const before = await tablesIn(url, 'public');
    expect(await refusal({ DATABASE_URL: url })).toBe(
      `The schema "public" has ${name} of another application: set DATABASE_SCHEMA to a schema for the service ` +
        'alone, such as calendar, or name another database in DATABASE_URL.',
    );
    expect(await tablesIn(url, 'public')).toEqual(before);
  });

  test('a user who may not create tables', async () => {
    const { url, role } = await asNewRole(await emptyDatabase());
    expect(await refusal({ DATABASE_URL: url })).toBe(
      `The user "${role}" may not create tables in the schema "public": run GRANT CREATE ON SCHEMA "public" TO "${role}".`,
    );
  });

  test('a user who may not create the extension', async () => {
    const database = await emptyDatabase();
    const { url, role } = await asNewRole(database);
    await execute(database, `GRANT CREATE ON SCHEMA public TO ${role}`);
    expect(await refusal({ DATABASE_URL: url })).toMatch(
      /^The user "\w+" may not create the extension btree_gist \(.+\): run CREATE EXTENSION btree_gist as a superuser .*\.$/,
    );
  });

  test('a user who may not create the schema', async () => {
    const { url, role } = await asNewRole(await emptyDatabase());
    expect(await refusal({ DATABASE_URL: url, DATABASE_SCHEMA: 'calendar' })).toBe(
      `The schema "calendar" does not exist and the user "${role}" may not create it: ` +
        `run CREATE SCHEMA "calendar" AUTHORIZATION "${role}".`,
    );
  });

  test('a user who may not write the tables', async () => {
    const database = await emptyDatabase();
    const owner = await startService({ DATABASE_URL: database });
    await owner.process.end('SIGTERM');
    const { url, role } = await asNewRole(database);
    await execute(database, `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`);
    expect(await refusal({ DATABASE_URL: url })).toMatch(
      new RegExp(
        `^The user "${role}" may not read and write account_protections, api_keys, attendees, .*users, .*invite_ids in the schema "public": run GRANT SELECT, ` +
          `INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "${role}" and GRANT USAGE ON SEQUENCE .* TO "${role}"\\.$`,
      ),
    );
  });

  test('a user who may not connect, a wrong or no password, and a database that does not exist', async () => {
    const database = await emptyDatabase();
    const { url } = await asNewRole(database);
    await execute(database, `REVOKE CONNECT ON DATABASE ${new URL(url).pathname.slice(1)} FROM PUBLIC`);
    expect(await refusal({ DATABASE_URL: url })).toMatch(
      /^The user of DATABASE_URL may not connect .+GRANT CONNECT.*\.$/,
    );
    const wrong = new URL(server);
    wrong.password = 'wrong';
    expect(await refusal({ DATABASE_URL: wrong.href })).toMatch(
      /^PostgreSQL does not let the user .+password.*\.$/,
    );
    wrong.password = '';
    expect(await refusal({ DATABASE_URL: wrong.href })).toMatch(
      /^DATABASE_URL has no password, and PostgreSQL asks for one: .+\.$/,
    );
    expect(await refusal({ DATABASE_URL: databaseUrl(server, 'nowhere') })).toMatch(
      /create it with CREATE DATABASE, encoding UTF8\.$/,
    );
  });
});

test('the process ends with 1 after the one sentence', async () => {
  const url = await emptyDatabase();
  await query(url, 'CREATE TABLE events (id text)');
  expect(await lastWords({ DATABASE_URL: url })).toMatch(
    /^The schema "public" has events of another .+\.\n$/,
  );
  const wrong = new URL(server);
  wrong.password = 'wrong';
  expect(await lastWords({ DATABASE_URL: wrong.href })).toMatch(/^PostgreSQL does not let the user .+\.\n$/);
});

describe('a schema of its own', () => {
  test('holds all tables, beside a product and beside another service', async () => {
    const url = await emptyDatabase();
    await query(url, 'CREATE TABLE users (id text); CREATE TABLE migrations (id int)');
    const services = await Promise.all(
      ['calendar', 'Calendar_2'].map(async (DATABASE_SCHEMA) =>
        startService({ DATABASE_URL: url, DATABASE_SCHEMA }),
      ),
    );
    const answers = await Promise.all(
      services.map(async (service) => {
        const client = new Client(service.url);
        await client.create('/users', { name: 'ann', email: 'ann@example.com' });
        await client.create('/users', { name: 'bob', email: 'bob@example.com' });
        const times = { start_date: '2022-09-06T10:00:00Z', duration: 3600 };
        await client.create('/events', {
          title: 'Plan',
          organizer_user_id: 1,
          invited_user_ids: [2],
          ...times,
        });
        expect((await client.get('/events?q=pla')).body).toMatchObject([{ title: 'Plan' }]);
        return client.get('/users/2/events?from=2022-09-06T00:00:00Z&to=2022-09-07T00:00:00Z');
      }),
    );
    expect(answers.map(({ status, body }) => [status, body.length])).toEqual([
      [200, 1],
      [200, 1],
    ]);
    await Promise.all(services.map(async (service) => service.process.end('SIGTERM')));
    expect(await tablesIn(url, 'public')).toEqual(['migrations', 'users']);
    const own = await tablesIn(url, 'calendar');
    expect(own).toEqual(expect.arrayContaining(['attendees', 'events', 'invite_ids', 'migrations', 'users']));
    expect(await tablesIn(url, '"Calendar_2"')).toEqual(own);
  });

  test('is used by a user who may not create it, once it exists', async () => {
    const database = await emptyDatabase();
    const { url, role } = await asNewRole(database);
    await query(
      database,
      `CREATE EXTENSION btree_gist; CREATE EXTENSION btree_gin; CREATE EXTENSION pg_trgm;
       CREATE SCHEMA calendar AUTHORIZATION ${role}`,
    );
    const service = await startService({ DATABASE_URL: url, DATABASE_SCHEMA: 'calendar' });
    expect(await service.process.end('SIGTERM')).toBe(0);
    expect(await tablesIn(database, 'calendar')).toContain('events');
  });
});
