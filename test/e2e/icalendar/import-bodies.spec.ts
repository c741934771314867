import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IMPORT_BODY_LIMIT } from '../../../src/http/body/calendar-body.js';
import { REQUESTS_PER_CONNECTION } from '../../../src/http/load/admission.js';
import { MAX_IMPORT_BYTES_AT_ONCE } from '../../../src/icalendar/rest/import-bodies.js';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addGuest, addKey } from '../../support/tenants/tenant.js';

const FILE = calendarFile(vevent());
const OPEN = MAX_IMPORT_BYTES_AT_ONCE / IMPORT_BODY_LIMIT;

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly code?: string; readonly results?: readonly { readonly status: string }[] };
}

/** An import of which the service has the headers alone, until `send`. */
class BegunImport {
  private readonly request: ClientRequest;
  readonly answer: Promise<Answer>;

  constructor(url: string, headers: Readonly<Record<string, string | number>>) {
    this.request = request(url, { method: 'POST', headers: { 'content-type': 'text/calendar', ...headers } });
    this.answer = this.read();
    // A test that abandons the request does not wait for its answer.
    this.answer.catch(() => undefined);
    this.request.on('error', () => undefined);
    this.request.flushHeaders();
  }

  drip(part: string): void {
    this.request.write(part);
  }

  send(body: string): void {
    this.request.end(body);
  }

  abandon(): void {
    this.request.destroy();
  }

  private async read(): Promise<Answer> {
    const [response] = (await once(this.request, 'response')) as [IncomingMessage];
    const parts: Buffer[] = [];
    for await (const part of response) parts.push(part as Buffer);
    const { statusCode: status, headers } = response;
    return { status, headers, body: JSON.parse(Buffer.concat(parts).toString()) };
  }
}

const LARGEST = { 'content-length': IMPORT_BODY_LIMIT };

describe('the body of an import', () => {
  let application: TestApplication;
  let client: Client;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication({ DATABASE_POOL_SIZE: '1' });
    client = new Client(application.url);
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  function begin(path: string, headers: Readonly<Record<string, string | number>> = {}): BegunImport {
    return new BegunImport(`${application.url}/users/${path}`, { ...LARGEST, ...headers });
  }

  test('is not read if the caller is refused', async () => {
    const [ann, bob] = [await FileUser.of(client), await FileUser.of(client)];
    const { body: calendars } = await client.get(`/users/${bob.id}/calendars`);
    const token = { authorization: 'Bearer x.y.z' };
    const refused = [
      begin(`${ann.id}/events:import`, token),
      begin('999999/events:import'),
      begin('x/events:import'),
      begin(`${ann.id}/events:import?calendar_id=${calendars[0].id}`),
      begin(`${ann.id}/events:import`, { 'content-length': IMPORT_BODY_LIMIT + 1 }),
    ];
    const answers = await Promise.all(refused.map(async ({ answer }) => answer));
    expect(answers.map(({ status }) => status)).toEqual([401, 404, 400, 404, 413]);
    for (const each of refused) each.abandon();
  });

  test('is read, in pieces too, and without a length', async () => {
    const ann = await FileUser.of(client);
    const begun = new BegunImport(`${application.url}/users/${ann.id}/events:import`, {
      'transfer-encoding': 'chunked',
    });
    await sleep(100);
    begun.send(FILE);
    expect(await begun.answer).toMatchObject({ status: 200, body: { results: [{ status: 'created' }] } });
  });

  test('is 413 if it becomes too large', async () => {
    const ann = await FileUser.of(client);
    const begun = new BegunImport(`${application.url}/users/${ann.id}/events:import`, {
      'transfer-encoding': 'chunked',
    });
    begun.send(`${FILE}${'\r\n'.repeat(IMPORT_BODY_LIMIT / 2)}`);
    expect(await begun.answer).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
  });

  test('takes no place from other requests while it arrives', async () => {
    const ann = await FileUser.of(client);
    const slow = Array.from({ length: 2 * REQUESTS_PER_CONNECTION }, () =>
      begin(`${ann.id}/events:import`, { 'content-length': FILE.length }),
    );
    await sleep(200);
    expect((await client.get(`/users/${ann.id}`)).status).toBe(200);
    for (const each of slow) each.send(FILE);
    const answers = await Promise.all(slow.map(async ({ answer }) => answer));
    expect(answers.map(({ status }) => status)).toEqual(slow.map(() => 200));
  });

  test('is not read while those of other imports take too much memory', async () => {
    const ann = await FileUser.of(client);
    const path = `${ann.id}/events:import`;
    const open = Array.from({ length: OPEN }, () => begin(path));
    await sleep(200);
    const { answer } = begin(path, { 'content-length': FILE.length });
    expect(await answer).toMatchObject({
      status: 503,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
      body: { code: 'overloaded' },
    });
    for (const each of open) each.abandon();
    await eventually(async () => (await ann.send(FILE)).status === 200);
  });

  test('that drips ends with its time, and gives its memory to other imports', async () => {
    const ann = await FileUser.of(client);
    const dripping = Array.from({ length: OPEN }, () => begin(`${ann.id}/events:import`));
    const drip = setInterval(() => {
      for (const each of dripping) each.drip('\r\n');
    }, 200);
    try {
      await sleep(500);
      expect((await ann.send(FILE)).status).toBe(503);
      const answers = await Promise.allSettled(dripping.map(async ({ answer }) => answer));
      const statuses = answers.map((each) => (each.status === 'fulfilled' ? each.value.status : 'closed'));
      expect(statuses.filter((status) => status !== 408 && status !== 400 && status !== 'closed')).toEqual(
        [],
      );
      await eventually(async () => (await ann.send(FILE)).status === 200);
    } finally {
      clearInterval(drip);
    }
  }, 40_000);

  test.each([
    ['413', { 'content-length': IMPORT_BODY_LIMIT + 1 }],
    ['401', { 'content-length': 2 ** 20, authorization: 'Bearer x.y.z' }],
  ])('that is refused with %s leaves a connection that is closed, or of use', async (status, headers) => {
    const ann = await FileUser.of(client);
    const { hostname, port } = new URL(application.url);
    const socket = connect(Number(port), hostname);
    let received = '';
    socket.on('data', (data) => {
      received += data.toString();
    });
    let closed = false;
    socket.on('close', () => {
      closed = true;
    });
    socket.on('error', () => undefined);
    const fields = { host: 'service', 'content-type': 'text/calendar', ...headers };
    const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /users/${ann.id}/events:import HTTP/1.1\r\n${lines.join('')}\r\n`);
    await eventually(async () => received.startsWith(`HTTP/1.1 ${status}`));
    socket.write('\r\n'.repeat(headers['content-length'] / 2 + 1));
    socket.write('GET /health/live HTTP/1.1\r\nhost: service\r\n\r\n');
    await eventually(async () => closed || (received.match(/HTTP\/1\.1 \d{3}/g) ?? []).length === 2);
    expect((await client.get(`/users/${ann.id}`)).status).toBe(200);
    socket.destroy();
  });

  test('counts for its Idempotency-Key', async () => {
    const ann = await addGuest(backend);
    const path = `/users/${ann.id}/events:import`;
    const headers = { 'content-type': 'text/calendar', 'idempotency-key': 'one' };
    const [first, again, other] = [
      await backend.sendBytes('POST', path, FILE, headers),
      await backend.sendBytes('POST', path, FILE, headers),
      await backend.sendBytes('POST', path, calendarFile(vevent('UID:two')), headers),
    ];
    expect([first.status, again.status, other.status]).toEqual([200, 200, 422]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(again.body).toEqual(first.body);
  });
});
