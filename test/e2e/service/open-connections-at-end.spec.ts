import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { type Service, startService } from '../../support/service/service.js';

const BODY = JSON.stringify({
  title: 'Planning',
  organizer_user_id: 1,
  start_date: '2026-01-05T09:00:00Z',
  duration: 3600,
});

/** The service asks for the body once it has the headers. */
const HEADERS = [
  'POST /events HTTP/1.1',
  'Host: calendar',
  'Content-Type: application/json',
  `Content-Length: ${Buffer.byteLength(BODY)}`,
  'Expect: 100-continue',
  '',
  '',
].join('\r\n');

let database: TestDatabase;
let service: Service;

beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await service.process.end('SIGKILL');
  await database.drop();
});

async function start(delay: string): Promise<void> {
  service = await startService({
    DATABASE_URL: database.url,
    SHUTDOWN_DELAY: delay,
    JWT_SECRET: 'x'.repeat(32),
  });
  await new Client(service.url).create('/users', { name: 'ann', email: 'ann@example.com' });
}

/** A connection and the text that it has received. */
async function open(): Promise<{ socket: Socket; received: () => string }> {
  const { port, hostname } = new URL(service.url);
  const socket = connect({ port: Number(port), host: hostname });
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString();
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, received: () => text };
}

/** Sends a request up to the first half of its body. */
async function half(): Promise<{ socket: Socket; received: () => string }> {
  const connection = await open();
  connection.socket.write(HEADERS);
  await eventually(() => Promise.resolve(connection.received().includes('100 Continue')));
  connection.socket.write(BODY.slice(0, 20));
  return connection;
}

async function notListening(): Promise<void> {
  await eventually(async () =>
    fetch(`${service.url}/health/live`).then(
      () => false,
      () => true,
    ),
  );
}

describe('the end of the service', () => {
  test.each([
    ['has sent nothing', ''],
    ['has sent half a request line', 'GET /us'],
    ['has sent a part of the headers', 'POST /events HTTP/1.1\r\nHost: calendar\r\nContent-'],
    ['has had a response', 'GET /health/live HTTP/1.1\r\nHost: calendar\r\n\r\n'],
    [
      'has had a response and sent half a request line',
      'GET /health/live HTTP/1.1\r\nHost: calendar\r\n\r\nGET /us',
    ],
  ])('closes a connection that %s', async (_, sent) => {
    await start('0s');
    const { socket, received } = await open();
    socket.write(sent);
    if (sent.includes('\r\n\r\n')) await eventually(() => Promise.resolve(received().includes('"ok"')));
    const closed = once(socket, 'close');
    expect(await service.process.end('SIGTERM')).toBe(0);
    await closed;
  });

  test.each([
    ['during the delay', '1h'],
    ['without a delay', '0s'],
  ])('finishes a request whose body arrives %s', async (_, delay) => {
    await start(delay);
    const { socket, received } = await half();
    process.kill(service.process.pid, 'SIGTERM');
    if (delay === '0s') await notListening();
    else await eventually(async () => (await fetch(`${service.url}/health/ready`)).status === 503);
    socket.write(BODY.slice(20));
    await once(socket, 'close');
    expect(received()).toMatch(/HTTP\/1\.1 201 Created\r\n/);
    expect(received()).toMatch(/\r\nconnection: close\r\n/i);
    if (delay !== '0s') process.kill(service.process.pid, 'SIGTERM');
    expect(await service.process.ended).toBe(0);
    expect(await query(database.url, 'SELECT title FROM events')).toEqual([{ title: 'Planning' }]);
  });

  test('finishes a request whose body begins during the delay and ends after it', async () => {
    await start('1h');
    process.kill(service.process.pid, 'SIGTERM');
    await eventually(async () => (await fetch(`${service.url}/health/ready`)).status === 503);
    const { socket, received } = await half();
    process.kill(service.process.pid, 'SIGTERM');
    await notListening();
    socket.write(BODY.slice(20));
    await once(socket, 'close');
    expect(received()).toMatch(/HTTP\/1\.1 201 Created\r\n/);
    expect(await service.process.ended).toBe(0);
  });

  test('refuses a request whose body does not arrive in time', async () => {
    await start('0s');
    const { socket, received } = await half();
    process.kill(service.process.pid, 'SIGTERM');
    await once(socket, 'close');
    expect(received()).toMatch(/HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(await service.process.ended).toBe(0);
    expect(await query(database.url, 'SELECT title FROM events')).toEqual([]);
  });
});
