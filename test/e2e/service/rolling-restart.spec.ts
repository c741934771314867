import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client as PostgresClient } from 'pg';
import { startCallers } from '../../support/client/callers.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { Balancer } from '../../support/servers/balancer.js';
import { type Service, startService } from '../../support/service/service.js';

/** Longer than the balancer takes to notice, on a busy machine too. */
const NOTICED = '5s';

/** Longer than a test: only a second signal ends it. */
const ENDLESS = '1h';

/** User 1. */
const ANN = { name: 'ann', email: 'ann@example.com' };

let database: TestDatabase;
let started: Service[];

beforeEach(async () => {
  database = await createTestDatabase();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map(async (service) => service.process.end('SIGKILL')));
  await database.drop();
});

async function start(delay: string, port?: string): Promise<Service> {
  const environment = { DATABASE_URL: database.url, SHUTDOWN_DELAY: delay, JWT_SECRET: 'x'.repeat(32) };
  const service = await startService({ ...environment, ...(port !== undefined && { PORT: port }) });
  started.push(service);
  if (started.length === 1) await new Client(service.url).create('/users', ANN);
  return service;
}

/** Until the instance has heard of the signal. */
async function leaving({ url }: Service): Promise<void> {
  await eventually(async () => (await fetch(`${url}/health/ready`)).status === 503);
}

test('of two instances behind a balancer, each is restarted under load, and no request is lost', async () => {
  const instances = [await start(NOTICED), await start(NOTICED)];
  const balancer = new Balancer(instances.map(({ url }) => url));
  const url = await balancer.start();
  try {
    await eventually(async () => instances.every((instance) => balancer.isReady(instance.url)));
    const callers = startCallers(url);
    for (const instance of instances) {
      expect(await instance.process.end('SIGTERM')).toBe(0);
      await start(NOTICED, new URL(instance.url).port);
      await eventually(async () => balancer.isReady(instance.url));
    }
    const { done, failures } = await callers.stop();
    expect(failures).toEqual([]);
    expect(done).toBeGreaterThan(0);
  } finally {
    await balancer.stop();
  }
}, 180_000);

describe('an instance that was told to end', () => {
  test('is not ready, serves on without keeping connections, and ends without the delay when told again', async () => {
    const service = await start(ENDLESS);
    const client = new Client(service.url);
    expect((await client.get('/users/1')).headers.get('connection')).toBe('keep-alive');
    process.kill(service.process.pid, 'SIGTERM');
    await leaving(service);
    const answers = {
      '/health/ready': 503,
      '/health/live': 200,
      '/metrics': 200,
      '/users/1': 200,
      '/users/2': 404,
      '/users/x': 400,
      '/no-such-path': 404,
      '/%zz': 400,
      '/openapi.json': 200,
      '/docs': 200,
    };
    for (const [path, expected] of Object.entries(answers)) {
      const { status, headers } = await client.get(path);
      expect({ path, status, connection: headers.get('connection') }).toEqual({
        path,
        status: expected,
        connection: 'close',
      });
    }
    expect((await client.get('/health/ready')).body).toMatchObject({ code: 'shutting_down' });
    expect((await client.post('/users', { name: 'eve', email: 'eve@example.com' })).status).toBe(201);
    expect(await service.process.end('SIGTERM')).toBe(0);
    expect(service.process.output()).toContain('SIGTERM: no longer ready; serving for another 3600 s');
  });

  test.each([
    ['Ctrl-C', ['SIGINT']],
    ['Ctrl-C under npm, which sends it again', ['SIGINT', 'SIGINT']],
    ['a second and a third signal', ['SIGTERM', 'SIGTERM', 'SIGTERM']],
    ['Ctrl-C after the signal', ['SIGTERM', 'SIGINT', 'SIGINT']],
  ] as const)('finishes its requests in progress and ends on %s', async (_, signals) => {
    const service = await start(ENDLESS);
    const blocker = new PostgresClient({ connectionString: database.url });
    await blocker.connect();
    await blocker.query('BEGIN; LOCK TABLE users');
    const inProgress = new Client(service.url).get('/users/1');
    await eventually(async () => {
      const waiting = await query(
        database.url,
        `SELECT FROM pg_locks WHERE NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return waiting.length > 0;
    });
    const [first, ...others] = signals;
    process.kill(service.process.pid, first);
    if (first === 'SIGTERM') await leaving(service);
    for (const signal of others) process.kill(service.process.pid, signal);
    await eventually(async () =>
      fetch(`${service.url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    await blocker.query('ROLLBACK');
    await blocker.end();
    const { status, headers } = await inProgress;
    expect({ status, connection: headers.get('connection') }).toEqual({ status: 200, connection: 'close' });
    expect(await service.process.ended).toBe(0);
  });
});
