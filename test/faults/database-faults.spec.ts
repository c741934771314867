import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { Client, type Refusal } from '../support/client/client.js';
import { eventually } from '../support/database/data-directory.js';
import { type FaultServer, startFaultServer } from '../support/database/fault-server.js';
import { type Service, startService } from '../support/service/service.js';

function expectProblem({ status, headers, body }: Refusal): void {
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'database_unavailable' });
  expect(headers.get('content-type')).toContain('application/problem+json');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
}

describe('a database that is not there', () => {
  let server: FaultServer;
  let service: Service;
  let client: Client;

  beforeAll(async () => {
    server = await startFaultServer();
    service = await startService({ DATABASE_URL: server.url });
    client = new Client(service.url);
    await client.create('/users', { name: 'ann', email: 'ann@example.com' });
  });
  afterAll(async () => {
    await service.process.end('SIGKILL');
    await server.remove();
  });

  /** Requests that need the database are a 503, and other requests succeed. */
  async function expectUnavailable(): Promise<void> {
    const answers = await Promise.all([
      client.get('/users/1'),
      client.post('/users', { name: 'bob', email: 'bob@example.com' }),
      client.get('/health/ready'),
      client.get('/events:nearest-empty-time-interval?duration=1h&user_ids=1'),
    ]);
    for (const answer of answers) expectProblem(answer);
    expect(await client.get('/health/live')).toMatchObject({ status: 200 });
    expect((await fetch(`${service.url}/openapi.json`)).status).toBe(200);
  }

  async function expectRecovery(): Promise<void> {
    await eventually(async () => (await client.get('/health/ready')).status === 200);
    const answers = await Promise.all(Array.from({ length: 50 }, async () => client.get('/users/1')));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  }

  test('is stopped, and comes back', async () => {
    server.stop();
    await expectUnavailable();
    await server.start();
    await expectRecovery();
  });

  test('is killed, and comes back', async () => {
    await server.kill();
    await expectUnavailable();
    await server.start();
    await expectRecovery();
  });

  test('hangs, and goes on', async () => {
    await server.pause();
    await expectUnavailable();
    await server.resume();
    await expectRecovery();
  });

  test('hangs in the midst of writes, of which none is lost that was acknowledged', async () => {
    const writes = Array.from({ length: 60 }, async (_, index) =>
      client.post('/users', { name: 'writer', email: `writer${index}@example.com` }),
    );
    await server.pause();
    const acknowledged = (await Promise.all(writes)).filter(({ status }) => status === 201);
    await server.resume();
    await expectRecovery();
    for (const { body } of acknowledged)
      expect((await client.get(`/users/${body.id}`)).body.email).toBe(body.email);
    const after = await client.post('/users', { name: 'after', email: 'after@example.com' });
    expect((await client.get(`/users/${after.body.id}`)).status).toBe(200);
  });

  test('has no connection left, and has some again', async () => {
    server.stop();
    await server.start({ max_connections: '30', superuser_reserved_connections: '0' });
    const connections = Array.from({ length: 30 }, () => new Connection({ connectionString: server.url }));
    await Promise.allSettled(connections.map(async (connection) => connection.connect()));
    await expectUnavailable();
    await Promise.allSettled(connections.map(async (connection) => connection.end()));
    await expectRecovery();
  });
});
