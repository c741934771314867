import { randomBytes } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { postmasterOf, query } from '../../support/database/data-directory.js';
import { createTestDatabase } from '../../support/database/database.js';
import { logLines } from '../../support/service/log-lines.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';

let processes: ServiceProcesses;

beforeEach(async () => {
  processes = await ServiceProcesses.create();
});
afterEach(async () => processes.remove());

async function occupyPort(): Promise<{ port: string; server: Server }> {
  const port = await bindablePort(0, '127.0.0.1');
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  return { port: String(port), server };
}

describe('the service as a process', () => {
  test('names in one line where it listens, what it uses, and its versions', async () => {
    const { service, url } = await processes.startListening({ PUBLIC_URL: 'https://example.com/calendar' });
    expect(await service.printed(/API at \S+/)).toBe(`API at ${url},`);
    expect(logLines(service.output())).toEqual([
      expect.objectContaining({
        level: 'info',
        address: url,
        docs: `${url}/docs`,
        public_url: 'https://example.com/calendar',
        database: {
          host: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
          name: 'calendar',
          server_version: expect.stringMatching(/^18\.\d+$/),
          embedded: true,
        },
        data_dir: processes.dataDir,
        auth_mode: 'optional',
        version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
        node_version: process.versions.node,
      }),
    ]);
    expect((await fetch(`${url}/no-such-path`)).status).toBe(404);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('ends with its server on %s', async (signal) => {
    const { service } = await processes.startListening();
    expect(await service.end(signal)).toBe(0);
    expect(await postmasterOf(processes.dataDir)).toBeNull();
  });

  test('ends in order when the signal comes twice, as Ctrl-C under npm does', async () => {
    const { service } = await processes.startListening();
    process.kill(service.pid, 'SIGINT');
    expect(await service.end('SIGINT')).toBe(0);
    expect(await postmasterOf(processes.dataDir)).toBeNull();
  });

  test('answers after a restart as it did before', async () => {
    const first = await processes.startListening();
    const client = new Client(first.url);
    await client.create('/users', { name: 'ishcherbina', email: 'ishcherbina@example.com' });
    await client.create('/events', {
      title: 'event2',
      desc: 'description2',
      start_date: '2022-09-06T14:16:47.878689Z',
      invited_user_ids: [],
      organizer_user_id: 1,
      duration: 6000,
      repeat: { frequency: 'weekly', days_of_week: [1, 2, 3] },
    });
    const paths = [
      '/events/1',
      '/users/1/events?from=2022-09-06T00:00:00Z&to=2022-09-13T00:00:00Z',
      '/events:nearest-empty-time-interval?duration=1h&user_ids=1&from=2022-09-06T14:00:00Z',
    ];
    const before = await Promise.all(paths.map(async (path) => client.get(path)));
    expect(before.map(({ status }) => status)).toEqual([200, 200, 200]);
    await first.service.end('SIGTERM');

    const again = new Client((await processes.startListening()).url);
    const after = await Promise.all(paths.map(async (path) => again.get(path)));
    expect(after.map(({ body }) => body)).toEqual(before.map(({ body }) => body));
  });

  test('says in one line that its port is in use, and leaves nothing behind', async () => {
    const { port, server } = await occupyPort();
    const service = processes.run({ PORT: port });
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toBe(
      `Port ${port} of 127.0.0.1 is in use: stop the process that listens there, or set PORT.\n`,
    );
    expect(await postmasterOf(processes.dataDir)).toBeNull();
    server.close();
  });

  test('says in one line which variable it cannot use', async () => {
    const service = processes.run({ PORT: 'http' });
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toBe('PORT must be a number from 0 to 65535, not "http".\n');
  });

  test('says that every call needs a token, where it does', async () => {
    const { service } = await processes.startListening({ AUTH_MODE: 'required' });
    expect(await service.printed(/AUTH_MODE=[^;]+/)).toBe('AUTH_MODE=required (every request needs a token)');
    expect(service.complaint()).toBe('');
  });

  test('warns if any client that can reach it may act for any user', async () => {
    const { service } = await processes.startListening({ HOST: '0.0.0.0' });
    expect(await service.printed(/"level":"warn".*/)).toContain('ANY CLIENT THAT CAN REACH 0.0.0.0');
  });

  test('in production does not start without a secret, and then asks for tokens', async () => {
    const database = await createTestDatabase();
    const environment = { NODE_ENV: 'production', HOST: '127.0.0.1', DATABASE_URL: database.url };
    const service = processes.run(environment);
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toBe('JWT_SECRET must be set with NODE_ENV=production.\n');
    const JWT_SECRET = randomBytes(32).toString('hex');
    const { url } = await processes.startListening({ ...environment, JWT_SECRET });
    expect((await fetch(`${url}/users/1`)).status).toBe(401);
    await processes.endAll('SIGTERM');
    await database.drop();
  });

  test('takes its secrets from files, and does not start without one of them', async () => {
    const database = await createTestDatabase();
    const files = {
      DATABASE_URL_FILE: join(processes.dataDir, 'database'),
      JWT_SECRET_FILE: join(processes.dataDir, 'jwt'),
    };
    await writeFile(files.DATABASE_URL_FILE, `${database.url}\n`);
    const environment = { NODE_ENV: 'production', HOST: '127.0.0.1', ...files };
    const service = processes.run(environment);
    expect(await service.ended).toBe(1);
    expect(service.complaint()).toBe(
      'JWT_SECRET_FILE must name a file; the service cannot read the file that it names (ENOENT).\n',
    );
    await writeFile(files.JWT_SECRET_FILE, `${randomBytes(32).toString('hex')}\n`);
    const { url } = await processes.startListening(environment);
    await new Client(url).create('/users', { name: 'ann', email: 'ann@example.com' });
    expect(await query(database.url, 'SELECT name FROM users')).toEqual([{ name: 'ann' }]);
    await processes.endAll('SIGTERM');
    await database.drop();
  });

  test('keeps its secret with its data, so that sessions outlive a restart', async () => {
    const { service, url } = await processes.startListening();
    const { client } = await signUp(new Client(url), 'ann');
    expect((await client.get('/users/1')).status).toBe(200);
    expect(await service.end('SIGTERM')).toBe(0);
    expect((await stat(join(processes.dataDir, 'jwt-secret'))).mode & 0o777).toBe(0o600);
    const { url: again } = await processes.startListening();
    expect((await client.at(again).get('/users/1')).status).toBe(200);
  });

  test('uses the server of DATABASE_URL, several instances starting at once', async () => {
    const database = await createTestDatabase();
    await query(database.url, 'DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    const instances = [1, 2, 3].map(async () => processes.startListening({ DATABASE_URL: database.url }));
    for (const { service } of await Promise.all(instances)) expect(await service.end('SIGTERM')).toBe(0);
    expect(await postmasterOf(processes.dataDir)).toBeNull();
    await database.drop();
  });
});
