import { once } from 'node:events';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { type RunningScript, runScript } from '../../support/service/child-process.js';
import { type Service, startService } from '../../support/service/service.js';

/** Some machines have no IPv6. */
const ADDRESSES = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
const IPV6_HOSTS = ADDRESSES.some(({ address }) => address === '::1') ? ['::'] : [];

/** The program by which container engines ask the service for its health. */
describe('the probe', () => {
  let service: Service | null = null;
  let database: TestDatabase | null = null;

  afterEach(async () => {
    await service?.process.end('SIGKILL');
    await database?.drop();
    service = null;
    database = null;
  });

  test.each(['', '0.0.0.0', 'localhost', ...IPV6_HOSTS])(
    'finds the service that listens with HOST=%s',
    async (HOST) => {
      database = await createTestDatabase();
      service = await startService({ HOST, DATABASE_URL: database.url });
      const { port: PORT } = new URL(service.url);
      for (const question of ['live', 'ready']) {
        const asked = probe(question, { HOST, PORT });
        expect(await asked.ended).toBe(0);
        expect(asked.output()).toBe('{"status":"ok"}');
      }
    },
  );

  test('fails with the reason while the service is not ready', async () => {
    database = await createTestDatabase();
    service = await startService({ DATABASE_URL: database.url, SHUTDOWN_DELAY: '1h' });
    const { port: PORT } = new URL(service.url);
    process.kill(service.process.pid, 'SIGTERM');
    await service.process.printed(/no longer ready/);
    const ready = probe('ready', { PORT });
    expect(await ready.ended).toBe(1);
    expect(JSON.parse(ready.output())).toMatchObject({ status: 503, code: 'shutting_down' });
    expect(await probe('live', { PORT }).ended).toBe(0);
  });

  test('fails if the service accepts a connection and never answers', async () => {
    const silent = createServer((socket) => socket.on('error', () => undefined)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const address = silent.address();
    const PORT = String(typeof address === 'object' ? address?.port : '');
    const asked = probe('live', { PORT });
    expect(await asked.ended).toBe(1);
    expect(asked.complaint()).toBe('The service did not answer within 4000 ms.\n');
    silent.close();
  });
});

function probe(question: string, environment: NodeJS.ProcessEnv): RunningScript {
  return runScript('src/health/probe.js', [question], environment);
}
