import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type PgBouncer, startPgBouncer } from '../../bench/pooler/pgbouncer.js';
import { Calendars, timed } from '../support/client/calendars.js';
import { Client } from '../support/client/client.js';
import { createUsers } from '../support/client/users.js';
import { query } from '../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../support/database/database.js';
import { setDatabaseDefaults } from '../support/database/database-defaults.js';
import { startFaultServer } from '../support/database/fault-server.js';
import { type Service, startService } from '../support/service/service.js';

const serverUrl = process.env.TEST_SERVER_URL as string;
/** Fewer connections than the service opens, so that transactions move between sessions. */
const CONNECTIONS = 6;

const started: Service[] = [];
let pgBouncer: PgBouncer;
let database: TestDatabase;

beforeAll(async () => {
  pgBouncer = await startPgBouncer(serverUrl, 'transaction', CONNECTIONS);
});
afterAll(async () => pgBouncer.stop());

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map(async (service) => service.process.end('SIGKILL')));
  await database.drop();
});

async function start(environment: NodeJS.ProcessEnv): Promise<Service> {
  const service = await startService(environment);
  started.push(service);
  return service;
}

/** Creates users 1 to 5. */
async function seed({ url }: Service): Promise<void> {
  await createUsers(new Client(url), 5);
}

/** Two hundred concurrent requests, a third of which write. */
async function statusesUnderLoad(url: string): Promise<Record<number, number>> {
  const calendars = new Calendars(url);
  const people = [1, 2, 3, 4, 5];
  const calls = Array.from({ length: 200 }, async (_, index) => {
    const id = people[index % people.length];
    if (index % 3 === 0)
      return calendars.client.post('/events', timed('09:00 - 10:00', { organizer_user_id: id }));
    return calendars.client.get(`/users/${id}/events?from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z`);
  });
  const counts: Record<number, number> = {};
  for (const { status } of await Promise.all(calls)) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe('behind PgBouncer in transaction mode', () => {
  test('several instances migrate at once through it, and serve', async () => {
    await query(database.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const environment = { DATABASE_URL: pgBouncer.urlOf(database.url), DATABASE_POOLER: 'transaction' };
    const [service] = await Promise.all([1, 2, 3].map(async () => start(environment)));
    await seed(service);
    expect(await statusesUnderLoad(service.url)).toEqual({ 200: 133, 201: 67 });
  });

  test('migrations run past it with DATABASE_DIRECT_URL', async () => {
    await query(database.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const service = await start({
      DATABASE_URL: pgBouncer.urlOf(database.url),
      DATABASE_POOLER: 'transaction',
      DATABASE_DIRECT_URL: database.url,
    });
    const client = new Client(service.url);
    expect((await client.post('/users', { name: 'ann', email: 'ann@example.com' })).status).toBe(201);
  });

  test('one line of the log names DATABASE_POOLER where it is missing', async () => {
    await seed(await start({ DATABASE_URL: database.url }));
    const service = await start({ DATABASE_URL: pgBouncer.urlOf(database.url) });
    expect(await statusesUnderLoad(service.url)).toHaveProperty('500');
    expect(service.process.output().match(/set DATABASE_POOLER=transaction/g)).toHaveLength(1);
  });
});

test('behind PgBouncer before a standby of a database that is read-only by default, reads are served', async () => {
  const primary = await startFaultServer();
  const first = await start({ DATABASE_URL: primary.url });
  await new Client(first.url).post('/users', { name: 'ann', email: 'ann@example.com' });
  await first.process.end('SIGTERM');
  await setDatabaseDefaults(primary.url, { default_transaction_read_only: 'on' });
  const standby = await primary.startReplica();
  const toStandby = await startPgBouncer(standby.url, 'transaction', CONNECTIONS);
  const service = await start({ DATABASE_URL: toStandby.urlOf(standby.url), DATABASE_POOLER: 'transaction' });
  const client = new Client(service.url);
  const reads = await Promise.all(Array.from({ length: 30 }, async () => client.get('/users/1')));
  expect(reads.map(({ status }) => status)).toEqual(reads.map(() => 200));
  const write = await client.post('/users', { name: 'bob', email: 'bob@example.com' });
  const ready = await client.get('/health/ready');
  for (const { status, body } of [write, ready]) {
    expect({ status, code: body.code }).toEqual({ status: 503, code: 'database_read_only' });
  }
  await service.process.end('SIGTERM');
  await toStandby.stop();
  await standby.remove();
  await primary.remove();
});

test('behind PgBouncer in session mode the service needs no variable', async () => {
  await seed(await start({ DATABASE_URL: database.url }));
  const sessions = await startPgBouncer(serverUrl, 'session', 30);
  const service = await start({ DATABASE_URL: sessions.urlOf(database.url) });
  expect(await statusesUnderLoad(service.url)).toEqual({ 200: 133, 201: 67 });
  await service.process.end('SIGTERM');
  await sessions.stop();
});
