import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { listenOnLoopback } from '../../support/servers/loopback.js';
import { calendarOf, eventOf, RemoteCalendar } from '../../support/servers/remote-calendar.js';
import { type Service, startService } from '../../support/service/service.js';

const KEY = 'cal_redirected0_the-secret-of-a-key-of-redirects-012345';
const CERTIFICATES = fileURLToPath(new URL('../../support/certificates/', import.meta.url));
const FILE = calendarOf(...eventOf('party@elsewhere', 'Party', '20260310T180000Z'));

function to(target: string): string {
  return `?to=${encodeURIComponent(target)}`;
}

describe('a calendar at an https address', () => {
  let database: TestDatabase;
  let service: Service;
  let backend: Client;
  let remote: RemoteCalendar;
  let plain: string;
  let secure: string;
  let userId: number;

  /** Redirects to the target in its query, and otherwise has the file. */
  const server = createServer(
    { cert: readFileSync(`${CERTIFICATES}server.pem`), key: readFileSync(`${CERTIFICATES}server.key`) },
    ({ url = '' }, response) => {
      const location = new URL(url, 'https://localhost').searchParams.get('to');
      if (location === null) response.end(FILE);
      else response.writeHead(301, { location }).end();
    },
  );

  beforeAll(async () => {
    secure = `https://localhost:${await listenOnLoopback(server)}`;
    remote = new RemoteCalendar();
    plain = await remote.start();
    remote.has(FILE);
    database = await createTestDatabase();
    service = await startService({
      DATABASE_URL: database.url,
      BOOTSTRAP_API_KEY: KEY,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      NODE_EXTRA_CA_CERTS: `${CERTIFICATES}authority.pem`,
    });
    backend = new Client(service.url).with(KEY);
    userId = (await backend.create('/users', { name: 'ann', email: 'ann@example.com' })).body.id;
  });
  afterAll(async () => {
    await service.process.end('SIGKILL');
    await remote.stop();
    server.closeAllConnections();
    server.close();
    await database.drop();
  });

  /** The code of the failure of the first fetch; null: it succeeds. */
  async function fetchFrom(url: string): Promise<string | null> {
    const { id } = (await backend.create(`/users/${userId}/calendar-subscriptions`, { url })).body;
    for (let waited = 0; waited < 15_000; waited += 20) {
      const { body } = await backend.get(`/calendar-subscriptions/${id}`);
      if (body.last_success_at !== null || body.last_error_code !== null) return body.last_error_code;
      await sleep(20);
    }
    throw new Error('The fetch does not end.');
  }

  test('is fetched, also by webcal', async () => {
    expect(await fetchFrom(`${secure}/a.ics`)).toBeNull();
    expect(await fetchFrom(`${secure.replace('https', 'webcal')}/a.ics`)).toBeNull();
  });

  test('is fetched after redirects to https and webcal', async () => {
    expect(await fetchFrom(`${secure}/${to(`${secure.replace('https', 'webcal')}/a.ics`)}`)).toBeNull();
    remote.responds((response) => response.writeHead(302, { location: `${secure}/a.ics` }).end());
    expect(await fetchFrom(`${plain}/a.ics`)).toBeNull();
  });

  test('is not fetched by http after a redirect', async () => {
    remote.has(FILE);
    const before = remote.received.length;
    expect(await fetchFrom(`${secure}/${to(`${plain}/a.ics`)}`)).toBe('bad_redirect');
    expect(await fetchFrom(`${secure}/${to(`${secure}/${to(`${plain}/a.ics`)}`)}`)).toBe('bad_redirect');
    expect(remote.received).toHaveLength(before);
  });

  test('is not fetched from a server whose certificate is not for its name', async () => {
    expect(await fetchFrom(`${secure.replace('localhost', '127.0.0.1')}/a.ics`)).toBe('connection_failed');
  });
});
