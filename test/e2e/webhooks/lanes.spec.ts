import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { EVENT_TYPES } from '../../support/service/webhooks.js';
import { addKey } from '../../support/tenants/tenant.js';

const EVENTS = 60;

let application: TestApplication;
let backend: Client;
let receiver: Server;
const received: Record<string, number> = {};

beforeAll(async () => {
  application = await startTestApplication({ WEBHOOK_ALLOW_PRIVATE: 'true' });
  backend = await addKey(application, 1);
  // The path /slow never gets a response.
  receiver = createServer((request, response) => {
    const path = request.url ?? '';
    request.resume().on('end', () => {
      received[path] = (received[path] ?? 0) + 1;
      if (path !== '/slow') response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await application.close();
});

test('a receiver that never responds delays no other receiver', async () => {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  for (const path of ['/slow', '/fast'])
    await backend.create('/webhook-subscriptions', { url: url + path, types: EVENT_TYPES });
  const { body: user } = await backend.create('/users', { name: 'ann', email: 'ann@example.com' });
  const requests = Array.from({ length: EVENTS }, (_, index) => ({
    title: `Event ${index}`,
    organizer_user_id: user.id,
    start_date: '2126-03-04T09:00:00Z',
    duration: 3_600,
  }));
  await backend.post('/events:batch-create', { requests });
  const startedAt = Date.now();
  await eventually(async () => received['/fast'] === EVENTS);
  // An attempt at the other receiver lasts ten seconds.
  expect(Date.now() - startedAt).toBeLessThan(9_000);
  expect(received['/slow']).toBeLessThanOrEqual(20);
}, 60_000);
