import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import type { Client, Refusal } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { type FaultServer, startFaultServer } from '../../support/database/fault-server.js';
import { databaseUrl, execute } from '../../support/database/test-server.js';
import { childrenOf, type RunningScript, runScript } from '../../support/service/child-process.js';
import { logLines } from '../../support/service/log-lines.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';

/** The advisory lock under which instances migrate, one after the other. */
const MIGRATION_LOCK = 7_215_002;

/** `script` of util-linux makes a terminal. */
const describeWithScript = process.platform === 'linux' ? describe : describe.skip;

let processes: ServiceProcesses;

beforeEach(async () => {
  processes = await ServiceProcesses.create();
});
afterEach(async () => processes.remove());

/** Until the process listens. */
async function live(client: Client): Promise<void> {
  await eventually(async () =>
    client.get('/health/live').then(
      ({ status }) => status === 200,
      () => false,
    ),
  );
}

function expectUnavailable({ status, headers, body }: Refusal, detail: RegExp): void {
  expect({ status, ...body }).toMatchObject({
    status: 503,
    code: 'database_unavailable',
    detail: expect.stringMatching(detail),
  });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

/** Probes see a process that lives and is not ready; every other request is refused. */
async function expectNotReady(client: Client, detail: RegExp): Promise<void> {
  expect(await client.get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
  for (const path of ['/health/ready', '/users/1', '/events/1', '/openapi.json', '/no-such-path'])
    expectUnavailable(await client.get(path), detail);
  expectUnavailable(await client.post('/users', { name: 'ann', email: 'ann@example.com' }), detail);
  expect((await client.get('/metrics')).status).toBe(200);
}

describe('while PostgreSQL cannot be reached', () => {
  const unreachable = /^The service cannot reach PostgreSQL yet \(\w+\)\.$/;
  let server: FaultServer;

  beforeEach(async () => {
    server = await startFaultServer();
    server.stop();
  });
  afterEach(async () => server.remove());

  test('the service listens and is not ready; once PostgreSQL is there, it migrates and serves', async () => {
    const { service, client } = await processes.start({ DATABASE_URL: server.url });
    await live(client);
    await service.printed(/cannot be reached/);
    await expectNotReady(client, unreachable);
    await server.start();
    await eventually(async () => (await client.get('/health/ready')).status === 200);
    expect((await client.post('/users', { name: 'ann', email: 'ann@example.com' })).status).toBe(201);
    expect(await query(server.url, 'SELECT name FROM users')).toEqual([{ name: 'ann' }]);
    const attempts = logLines(service.output()).filter(({ context }) => context === 'DatabaseOpening');
    expect(attempts.map(({ level }) => level)).toEqual(attempts.map(() => 'warn'));
    expect(attempts[0]?.msg).toMatch(
      /^PostgreSQL cannot be reached \(.*ECONNREFUSED.*\): the service is not ready, and tries again in 1 s$/,
    );
    const { password } = new URL(server.url);
    expect(service.output() + service.complaint()).not.toContain(password);
  });

  test('the service ends on SIGTERM at once, and without an error', async () => {
    const { service, client } = await processes.start({
      DATABASE_URL: server.url,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      JWT_SECRET: randomBytes(32).toString('hex'),
      SHUTDOWN_DELAY: '1h',
    });
    await live(client);
    await service.printed(/cannot be reached/);
    expect(await service.end('SIGTERM')).toBe(0);
    expect(service.complaint()).toBe('');
    expect(logLines(service.output()).slice(-2)).toMatchObject([
      { level: 'info', msg: 'SIGTERM: the service ends before it is ready' },
      { level: 'info', msg: 'The service has ended' },
    ]);
  });
});

describe('while migrations wait for another instance', () => {
  let database: string;
  let url: string;
  let other: Connection;

  beforeEach(async () => {
    const server = process.env.TEST_SERVER_URL as string;
    database = `calendar_empty_${randomBytes(6).toString('hex')}`;
    await execute(server, `CREATE DATABASE ${database}`);
    url = databaseUrl(server, database);
    other = new Connection({ connectionString: url });
    await other.connect();
    await other.query(`SELECT pg_advisory_lock(${MIGRATION_LOCK})`);
  });
  afterEach(async () => {
    await other.end();
    await processes.endAll('SIGKILL');
    await execute(process.env.TEST_SERVER_URL as string, `DROP DATABASE ${database} WITH (FORCE)`);
  });

  async function migrating(): Promise<void> {
    await eventually(async () => {
      // A waiting instance tries again and again, each time in a transaction of its own.
      const waiting = await query(
        url,
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND query ~ '^ROLLBACK|pg_try_advisory_xact_lock'`,
      );
      return waiting.length > 0;
    });
  }

  test('the service listens and is not ready; then it serves', async () => {
    const { client } = await processes.start({ DATABASE_URL: url });
    await migrating();
    await expectNotReady(client, /^The service starts, and has no database yet\.$/);
    await other.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
    await eventually(async () => (await client.get('/health/ready')).status === 200);
    expect((await client.post('/users', { name: 'ann', email: 'ann@example.com' })).status).toBe(201);
  });

  test('the service ends on SIGTERM, and migrates nothing', async () => {
    const { service } = await processes.start({ DATABASE_URL: url });
    await migrating();
    expect(await service.end('SIGTERM')).toBe(0);
    expect(service.complaint()).toBe('');
    await other.query(`SELECT pg_advisory_unlock(${MIGRATION_LOCK})`);
    expect(await query(url, `SELECT FROM pg_class WHERE relname = 'users'`)).toEqual([]);
  });
});

describe('the messages of the start', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await processes.endAll('SIGKILL');
    await database.drop();
  });

  test('are lines for people with LOG_PRETTY=true, and hold no password, also not one of the query', async () => {
    const address = new URL(database.url);
    const { password } = address;
    address.searchParams.set('password', password);
    address.password = '';
    const { service, client } = await processes.start({ DATABASE_URL: address.href, LOG_PRETTY: 'true' });
    const line = await service.printed(/.*API at .*/);
    expect(line).toMatch(
      new RegExp(
        String.raw`^\[\d\d:\d\d:\d\d\] INFO: Calendar: API at (http://127\.0\.0\.1:\d+), Swagger UI at \1/docs; ` +
          String.raw`database ${address.pathname.slice(1)} at ${address.host} \(PostgreSQL \d\d\.\d+\); ` +
          `data folder ${processes.dataDir}; AUTH_MODE=optional .*; version .*, Node.js ${process.versions.node}$`,
      ),
    );
    await client.post('/users', { name: 'ann', email: 'ann@example.com' });
    await client.patch('/users/1', { default_reminders: [{ minutes_before: 10, method: 'log' }] });
    await client.post('/events', {
      title: 'Stand-up',
      organizer_user_id: 1,
      duration: 900,
      start_date: new Date(Date.now() + 601_000).toISOString(),
    });
    expect(await service.printed(/.*reminder .*/)).toMatch(
      /^\[\d\d:\d\d:\d\d\] INFO: reminder \{.*"user_id":1,"event_id":1,.*"minutes_before":10,.*\}$/,
    );
    expect(await service.end('SIGTERM')).toBe(0);
    expect(service.output()).toMatch(/INFO: Calendar: The service has ended\n$/);
    expect(service.output()).not.toContain(password);
  });

  test.each([
    ['true', true],
    ['false', false],
  ])('load the library that formats them only with LOG_PRETTY=true: %s', async (LOG_PRETTY, loaded) => {
    const { service } = await processes.start({
      DATABASE_URL: database.url,
      LOG_PRETTY,
      NODE_DEBUG: 'module',
    });
    await service.printed(/API at /);
    expect(service.complaint().includes('/node_modules/pino-pretty/')).toBe(loaded);
  });

  test('name a variable that is probably misspelt, and not its value', async () => {
    const { service } = await processes.start({
      DATABASE_URL: database.url,
      AUTHMODE: 'hunter2',
      PORTAL: 'x',
    });
    await service.printed(/API at /);
    expect(logLines(service.output()).filter(({ level }) => level === 'warn')).toMatchObject([
      { msg: 'The service does not know the variable AUTHMODE and ignores it: did you mean AUTH_MODE?' },
    ]);
    expect(service.output()).not.toContain('hunter2');
  });

  describeWithScript('on a terminal', () => {
    test('are lines for people', async () => {
      const { service } = await processes.start({ DATABASE_URL: database.url });
      await service.printed(/API at /);
      expect(logLines(service.output())).toHaveLength(1);
      const terminal = runInTerminal({ DATA_DIR: processes.dataDir, PORT: '0', DATABASE_URL: database.url });
      processes.add(terminal);
      await terminal.printed(/Calendar: .*API at /);
      expect(logLines(terminal.output())).toEqual([]);
      for (const child of await childrenOf(terminal.pid, 'main.js')) process.kill(child, 'SIGTERM');
      await terminal.ended;
    });
  });
});

describe('a start that cannot succeed ends with 1 after one sentence for each cause:', () => {
  test('all variables that cannot be used, and the one that was misspelt', async () => {
    const { service } = await processes.start({
      NODE_ENV: 'production',
      PORT: 'http',
      RATE_LIMIT: 'none',
      JWTSECRET: 'hunter2',
      DATABASE_URL: 'mysql://root:hunter2@db',
    });
    expect(await service.ended).toBe(1);
    expect(service.output()).toBe('');
    expect(service.complaint().split('\n')).toEqual([
      'PORT must be a number from 0 to 65535, not "http".',
      'DATABASE_URL must have the form postgres://user:password@host:5432/database.',
      'JWT_SECRET must be set with NODE_ENV=production.',
      'RATE_LIMIT must be "off" or of the form 600/min (s, min, h), not "none".',
      'The service does not know the variable JWTSECRET and ignores it: did you mean JWT_SECRET?',
      '',
    ]);
  });

  test.each([
    ['192.0.2.1', 'which is not an address of this machine (EADDRNOTAVAIL): set HOST to one that is'],
    ['calendar.invalid', 'which has no address (ENOTFOUND): set HOST to an address of this machine'],
  ])('HOST=%s', async (HOST, expected) => {
    const { service } = await processes.start({ HOST });
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toBe(`HOST names ${HOST}, ${expected}, or to 0.0.0.0 for all of them.\n`);
    expect(service.output()).toBe('');
  });
});

/** Runs the service with its streams on a terminal, by `script` of util-linux. */
function runInTerminal(environment: NodeJS.ProcessEnv): RunningScript {
  return runScript('src/main.js', [], environment, (command) => [
    'script',
    ['--quiet', '--return', '--command', command.join(' '), '/dev/null'],
  ]);
}
