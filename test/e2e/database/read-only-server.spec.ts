import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, type Refusal } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase } from '../../support/database/database.js';
import { type Defaults, setDatabaseDefaults } from '../../support/database/database-defaults.js';
import { type FaultServer, startFaultServer } from '../../support/database/fault-server.js';
import { startTcpProxy, type TcpProxy } from '../../support/servers/tcp-proxy.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WEEK = 'from=2022-09-05T00:00:00Z&to=2022-09-12T00:00:00Z';
const PASSWORD = 'correct horse battery';

const EVENT = {
  title: 'Planning',
  start_date: '2022-09-06T10:00:00Z',
  duration: 3600,
  organizer_user_id: 1,
  invited_user_ids: [2],
};

function expectReadOnly({ status, headers, body }: Refusal): void {
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'database_read_only' });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

let number = 0;

async function signUp(client: Client) {
  number += 1;
  return client.post('/users', { name: 'someone', email: `someone${number}@example.com` });
}

/** Two users. The second has a password and is invited to the event. */
async function seed(client: Client): Promise<void> {
  await client.create('/users', { name: 'ann', email: 'ann@example.com' });
  await client.create('/users', { name: 'bob', email: 'bob@example.com', password: PASSWORD });
  await client.create('/events', EVENT);
}

async function expectWritesRefused(client: Client): Promise<void> {
  const answers = await Promise.all([
    signUp(client),
    client.post('/events', EVENT),
    client.post('/events', { ...EVENT, conflict_policy: 'reject' }),
    client.send('POST', '/events', EVENT, { 'idempotency-key': 'again' }),
    client.patch('/events/1', { title: 'Renamed' }),
    client.delete('/events/1'),
    client.patch('/users/1', { default_reminders: [{ minutes_before: 5 }] }),
    client.post('/auth/login', { email: 'bob@example.com', password: PASSWORD }),
  ]);
  answers.forEach(expectReadOnly);
}

async function expectReadsServed(client: Client): Promise<void> {
  const answers = await Promise.all(
    [
      '/users/1',
      '/events/1',
      `/users/1/events?${WEEK}`,
      `/events/1/occurrences?${WEEK}`,
      `/free-busy?user_ids=1&${WEEK}`,
      '/events:nearest-empty-time-interval?duration=1h&user_ids=1',
      '/health/live',
    ].map(async (path) => client.get(path)),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
}

/** The service on a server that may be someone else's by now. */
async function serviceAt(url: string, environment: NodeJS.ProcessEnv = {}): Promise<TestApplication> {
  return startTestApplication({ REMINDER_DISPATCH: 'off', ...environment }, undefined, undefined, {
    url,
    drop: async () => undefined,
  });
}

describe('a server that becomes read-only', () => {
  let server: FaultServer;
  let service: TestApplication;
  let client: Client;

  beforeAll(async () => {
    server = await startFaultServer();
    service = await serviceAt(server.url);
    client = new Client(service.url);
    await seed(client);
  });
  afterAll(async () => {
    await service.close();
    await server.remove();
  });

  async function setReadOnly(value: 'on' | 'off'): Promise<void> {
    await query(server.url, `ALTER SYSTEM SET default_transaction_read_only = ${value}`);
    await query(server.url, 'SELECT pg_reload_conf()');
    await eventually(async () => {
      const rows = await query<{ value: string }>(server.url, 'SHOW default_transaction_read_only');
      return Object.values(rows[0])[0] === value;
    });
  }

  test('refuses writes, serves reads, and is not ready, until it takes writes again', async () => {
    expect((await client.get('/health/ready')).status).toBe(200);
    await setReadOnly('on');
    await eventually(async () => (await signUp(client)).status === 503);
    await expectWritesRefused(client);
    await expectReadsServed(client);
    expectReadOnly(await client.get('/health/ready'));
    await setReadOnly('off');
    await eventually(async () => (await signUp(client)).status === 201);
    expect((await client.get('/events/1')).body.title).toBe('Planning');
    await eventually(async () => (await client.get('/health/ready')).status === 200);
  });

  test('serves reads from a start on', async () => {
    await setReadOnly('on');
    const other = await serviceAt(server.url);
    const reader = new Client(other.url);
    await expectReadsServed(reader);
    expectReadOnly(await reader.get('/health/ready'));
    await setReadOnly('off');
    await eventually(async () => (await reader.get('/health/ready')).status === 200);
    await other.close();
  });
});

describe.each<[string, NodeJS.ProcessEnv, Defaults]>([
  ['the primary', {}, {}],
  ['a primary that is read-only by default', {}, { default_transaction_read_only: 'on' }],
  [
    'a primary that is read-only by default, in the mode for poolers',
    { DATABASE_POOLER: 'transaction' },
    { default_transaction_read_only: 'on' },
  ],
])('a standby behind the name of %s', (_, environment, defaults) => {
  let primary: FaultServer;
  let standby: FaultServer;
  let proxy: TcpProxy;
  let service: TestApplication;
  let client: Client;

  beforeAll(async () => {
    primary = await startFaultServer();
    const first = await serviceAt(primary.url);
    await seed(new Client(first.url));
    await first.close();
    await setDatabaseDefaults(primary.url, defaults);
    standby = await primary.startReplica();
    proxy = await startTcpProxy(standby.url);
    service = await serviceAt(proxy.urlOf(standby.url), environment);
    client = new Client(service.url);
  });
  afterAll(async () => {
    await service.close();
    await proxy.close();
    await standby.remove();
    await primary.remove();
  });

  test('refuses writes, serves reads, and is not ready', async () => {
    await expectWritesRefused(client);
    await expectReadsServed(client);
    expectReadOnly(await client.get('/health/ready'));
  });

  test('is left by itself once the name leads to the primary again', async () => {
    proxy.leadTo(primary.url);
    // A readiness probe suffices: a balancer sends no writes to an instance that is not ready.
    await eventually(async () => (await client.get('/health/ready')).status === 200);
    expect((await signUp(client)).status).toBe(201);
    const answers = await Promise.all(Array.from({ length: 40 }, async () => signUp(client)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  });

  test('refuses writes and serves reads once the name leads to it again', async () => {
    proxy.leadTo(standby.url);
    proxy.cut();
    await eventually(async () => (await client.get('/health/ready')).body.code === 'database_read_only');
    await expectWritesRefused(client);
    await expectReadsServed(client);
  });
});

test('a full disk refuses the write, and is not ready until later', async () => {
  const service = await startTestApplication();
  const client = new Client(service.url);
  await seed(client);
  await query(
    service.database.url,
    `CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
     CREATE TRIGGER full_disk BEFORE INSERT ON events EXECUTE FUNCTION fill()`,
  );
  expectReadOnly(await client.post('/events', EVENT));
  expectReadOnly(await client.get('/health/ready'));
  await expectReadsServed(client);
  await query(service.database.url, 'DROP TRIGGER full_disk ON events');
  expect((await client.post('/events', EVENT)).status).toBe(201);
  await eventually(async () => (await client.get('/health/ready')).status === 200);
  await service.close();
});

test('a database that is read-only by default when the service starts is written all the same', async () => {
  const database = await createTestDatabase();
  await setDatabaseDefaults(database.url, { default_transaction_read_only: 'on' });
  const service = await startTestApplication({}, undefined, undefined, database);
  const client = new Client(service.url);
  expect((await signUp(client)).status).toBe(201);
  expect((await client.get('/health/ready')).status).toBe(200);
  await service.close();
  await database.drop();
});
