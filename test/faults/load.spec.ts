import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { REQUESTS_PER_CONNECTION } from '../../src/http/load/admission.js';
import { DEFAULT_POOL_SIZE } from '../../src/platform/configuration/sections/database-configuration.js';
import { Client } from '../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database/database.js';
import { type Service, startService } from '../support/service/service.js';

describe('the service under load', () => {
  let database: TestDatabase;
  let service: Service;
  let client: Client;
  let other: Connection;

  beforeEach(async () => {
    database = await createTestDatabase();
    service = await startService({ DATABASE_URL: database.url });
    client = new Client(service.url);
    await client.create('/users', { name: 'ann', email: 'ann@example.com' });
    other = new Connection({ connectionString: database.url });
    await other.connect();
  });
  afterEach(async () => {
    await service.process.end('SIGKILL');
    await other.end();
    await database.drop();
  });

  /** Until `unblock`, every request that reads users waits. */
  async function block(): Promise<void> {
    await other.query('BEGIN; LOCK TABLE users IN ACCESS EXCLUSIVE MODE');
  }

  async function unblock(): Promise<void> {
    await other.query('COMMIT');
  }

  test('lets requests wait while the database is busy, and serves them', async () => {
    await block();
    const requests = Array.from({ length: 200 }, async () => client.get('/users/1'));
    await waitingForLock();
    const metrics = await client.get('/metrics');
    await unblock();
    expect(Number(/^http_requests_queued (\d+)$/m.exec(metrics.body)?.[1])).toBeGreaterThan(0);
    const answers = await Promise.all(requests);
    expect(answers.filter(({ body }) => body.code === 'overloaded')).toEqual([]);
    // On a slow machine, the requests that were in service may have waited for too long.
    const served = answers.filter(({ status }) => status === 200);
    expect(served.length).toBeGreaterThanOrEqual(200 - REQUESTS_PER_CONNECTION * DEFAULT_POOL_SIZE);
  });

  test('gives up a query that hangs, and goes on', async () => {
    await block();
    expect(await client.get('/users/1')).toMatchObject({
      status: 503,
      body: { code: 'database_unavailable' },
    });
    await unblock();
    expect((await client.get('/users/1')).status).toBe(200);
  });

  test('serves others while hundreds send their bodies slowly, and gives those up', async () => {
    const slow = Array.from({ length: 300 }, () => {
      const { hostname, port } = new URL(service.url);
      const socket = connect(Number(port), hostname);
      socket.on('error', () => undefined);
      socket.write(
        'POST /users HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
      );
      return new Promise<string>((resolve) => {
        let received = '';
        socket.on('data', (chunk) => {
          received += chunk.toString();
        });
        socket.on('close', () => resolve(received));
      });
    });
    for (let i = 0; i < 20; i += 1) expect((await client.get('/users/1')).status).toBe(200);
    for (const answer of await Promise.all(slow)) {
      expect(answer).toContain('HTTP/1.1 408');
      expect(answer).toContain('application/problem+json');
    }
  });

  test('finishes the requests in progress on SIGTERM, accepts no new one, and ends', async () => {
    await block();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const underWay = new Promise<number | undefined>((resolve, reject) => {
      request(`${service.url}/users/1`, { agent }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    await waitingForLock();
    const ended = service.process.end('SIGTERM');
    await refusedConnections();
    await unblock();
    expect(await underWay).toBe(200);
    expect(await ended).toBe(0);
    agent.destroy();
  });

  /** Resolves when a query of the service waits for the lock. */
  async function waitingForLock(): Promise<void> {
    for (;;) {
      const { rows } = await other.query(
        `SELECT FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      if (rows.length > 0) return;
    }
  }

  async function refusedConnections(): Promise<void> {
    for (;;) {
      const taken = await fetch(`${service.url}/health/ready`).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (!taken) return;
    }
  }
});
