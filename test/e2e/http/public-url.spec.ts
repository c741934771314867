import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Problem } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { type Document, documentOf } from '../../support/openapi/operation.js';
import { describeServiceBehind, MARCH, seedMarch } from '../../support/servers/behind-proxy.js';
import { startPathProxy } from '../../support/servers/path-proxy.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const PUBLIC_URL = 'https://example.com/calendar';

/** Asks for a URL as it is written, as a client of any host may. */
async function rawGet(
  server: string,
  path: string,
  method = 'GET',
): Promise<{ head: IncomingMessage; body: Partial<Document & Problem> }> {
  const { hostname, port } = new URL(server);
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' };
  const sent = request({ hostname, port, path, method, headers }).end();
  const [head] = (await once(sent, 'response')) as [IncomingMessage];
  return { head, body: (await json(head)) as Partial<Document & Problem> };
}

describeServiceBehind('a proxy', startPathProxy);

describe('with PUBLIC_URL', () => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startTestApplication({ PUBLIC_URL });
    await seedMarch(new Client(application.url));
  });
  afterAll(async () => application.close());

  test('no URL has a host of the request', async () => {
    const list = `/users/1/events?${MARCH}&limit=3`;
    for (const target of [list, `http://evil.example${list}`]) {
      const { head, body } = await rawGet(application.url, target);
      expect(body).toHaveLength(3);
      expect(head.headers.link).toMatch(new RegExp(`^<${PUBLIC_URL}/users/1/events\\?`));
      expect(head.headers.link).not.toContain('evil');
    }
    const { body: document } = await rawGet(application.url, '/openapi.json');
    expect(document.servers).toMatchObject([{ url: PUBLIC_URL }]);
    expect(JSON.stringify(document)).not.toContain('evil');
  });

  test('the instance of a request with a bad path is its URL', async () => {
    const { status, body } = await new Client(application.url).get('/%zz?page=1');
    expect(status).toBe(400);
    expect(body.instance).toBe(`${PUBLIC_URL}/%zz`);
  });

  test('the instance of a request whose target is no path is the service', async () => {
    const { body } = await rawGet(application.url, '*', 'OPTIONS');
    expect(body.instance).toBe(`${PUBLIC_URL}/`);
  });

  test('the instance of a request that cannot be read is the service', async () => {
    const { hostname, port } = new URL(application.url);
    const socket = connect(Number(port), hostname);
    socket.end('no HTTP\r\n\r\n');
    const body = (await text(socket)).split('\r\n\r\n')[1];
    expect(JSON.parse(body)).toMatchObject({ status: 400, instance: `${PUBLIC_URL}/` });
  });
});

describe('without PUBLIC_URL', () => {
  let application: TestApplication;
  let client: Client;
  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    await seedMarch(client);
  });
  afterAll(async () => application.close());

  test('Link, Location and the instance of a problem are paths, whatever host the request names', async () => {
    const list = `/users/1/events?${MARCH}&limit=3`;
    for (const target of [list, `http://evil.example${list}`]) {
      expect((await rawGet(application.url, target)).head.headers.link).toMatch(
        /^<\/users\/1\/events\?from=/,
      );
    }
    expect((await rawGet(application.url, 'http://evil.example/users/999')).body.instance).toBe('/users/999');
    expect((await rawGet(application.url, 'http://evil.example?a=b')).body.instance).toBe('/');
    const targets = [
      '//evil.example/x',
      '///evil.example/x',
      '/\\evil.example/x',
      'http://a.example//evil.example/x',
    ];
    for (const target of targets)
      expect((await rawGet(application.url, target)).body.instance).toBe('/evil.example/x');
    expect((await rawGet(application.url, '//evil.example/%zz')).body.instance).toBe('/evil.example/%zz');
    expect((await rawGet(application.url, 'ftp://evil.example/x')).body.instance).toBe('/');
    expect((await rawGet(application.url, '*', 'OPTIONS')).body.instance).toBe('/');
    const made = await client.post('/users', { name: 'cid', email: 'cid@example.com' });
    expect(made.headers.get('location')).toBe(`/users/${made.body.id}`);
  });

  test('the document names the root of its own server', async () => {
    expect((await documentOf(client)).servers).toMatchObject([{ url: '/' }]);
  });
});

describe('to a page of another origin', () => {
  test('Location is readable', async () => {
    const application = await startTestApplication({ CORS_ORIGINS: 'https://web.example.com' });
    const { headers } = await new Client(application.url).send('GET', '/users/1', undefined, {
      origin: 'https://web.example.com',
    });
    await application.close();
    expect(headers.get('access-control-expose-headers')?.split(', ')).toContain('Location');
  });
});
