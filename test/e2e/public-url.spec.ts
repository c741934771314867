import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../support/account.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { type Answer, Client } from '../support/client.js';
import { type PathProxy, startPathProxy } from '../support/path-proxy.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
const MARCH = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

function at(date: string): object {
  return { title: 'x', start_date: `${date}T09:00:00Z`, duration: 3600 };
}

/** Ann, who attends an event of Bob's on each day in March, and has a series of as many days in May. */
async function seed(client: Client): Promise<Account> {
  const ann = await signUp(client, 'ann');
  const bob = await signUp(client, 'bob');
  for (const day of DAYS) {
    const event = { ...at(`2026-03-0${day}`), organizer_user_id: bob.id, invited_user_ids: [ann.id] };
    const { body } = await bob.client.post('/events', event);
    await ann.client.post(`/event-invites/${body.attendees[1].invite_id}:accept`);
  }
  const repeat = { frequency: 'daily', count: DAYS.length };
  await ann.client.post('/events', { ...at('2026-05-01'), organizer_user_id: ann.id, repeat });
  return ann;
}

function nextOf({ headers }: Answer): string | null {
  return /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? null;
}

/** Asks for a URL as it is written, as a client of any host may. */
async function rawGet(server: string, path: string): Promise<{ head: IncomingMessage; body: any }> {
  const { hostname, port } = new URL(server);
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'gopher' };
  const sent = request({ hostname, port, path, headers }).end();
  const [head] = (await once(sent, 'response')) as [IncomingMessage];
  return { head, body: await json(head) };
}

describe('behind a proxy that strips a path, with PUBLIC_URL', () => {
  let proxy: PathProxy;
  let application: TestApplication;
  let client: Client;
  let ann: Account;

  beforeAll(async () => {
    proxy = await startPathProxy('/calendar');
    // The slash at the end is not part of the prefix.
    application = await startTestApplication({ PUBLIC_URL: `${proxy.url}/`, TRUST_PROXY: 'loopback' });
    proxy.leadTo(application.url);
    client = new Client(proxy.url);
    ann = await seed(client);
  });
  afterAll(async () => {
    await application.close();
    await proxy.close();
  });

  test.each([
    `/users/1/events?${MARCH}`,
    `/users/1/events?${MARCH}&expand=true`,
    '/users/1/event-invites?status=accepted',
    '/events/8/occurrences?from=2026-05-01T00:00:00Z&to=2026-06-01T00:00:00Z',
  ])('the links of %s lead from page to page to the end of the list', async (list) => {
    const [path] = list.split('?');
    const whole = (await ann.client.get(list)).body;
    expect(whole).toHaveLength(DAYS.length);
    const found: unknown[] = [];
    for (let next: string | null = `${proxy.url}${list}&limit=3`; next !== null; ) {
      expect(next.startsWith(`${proxy.url}${path}?`)).toBe(true);
      const page = await ann.client.at('').get(next);
      expect(page.status).toBe(200);
      found.push(...page.body);
      next = nextOf(page);
    }
    expect(found).toEqual(whole);
  });

  test('Location leads to what was created, also in the answer to a repeat', async () => {
    const user = { name: 'cid', email: 'cid@example.com' };
    const event = { title: 'x', start_date: '2026-05-01T09:00:00Z', duration: 60, organizer_user_id: ann.id };
    for (const [path, body] of [
      ['/users', user],
      ['/events', event],
      ['/events?max_attendees=1', { ...event, title: 'y' }],
    ] as const) {
      const key = { 'idempotency-key': `location of ${path}`.replaceAll(' ', '-') };
      const [made, repeated] = [
        await ann.client.send('POST', path, body, key),
        await ann.client.send('POST', path, body, key),
      ];
      expect(made.status).toBe(201);
      const location = made.headers.get('location') ?? '';
      expect(location).toBe(`${proxy.url}${path.split('?')[0]}/${made.body.id}`);
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      expect(repeated.headers.get('location')).toBe(location);
      expect((await ann.client.at('').get(location)).body.id).toBe(made.body.id);
    }
  });

  test('a refusal and a changed resource have no Location', async () => {
    const refused = await client.post('/users', { name: 'x' });
    expect(refused.status).toBe(400);
    expect(refused.headers.get('location')).toBeNull();
    const changed = await ann.client.patch('/events/8', { title: 'renamed' });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('location')).toBeNull();
  });

  test('the instance of a problem is the URL of the request', async () => {
    for (const path of ['/users/999', '/no-such-path', '/%zz']) {
      const { status, body } = await client.get(`${path}?page=1`);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(body.instance).toBe(proxy.url + path);
    }
  });

  test('the instance of a request that cannot be read is the service', async () => {
    const { hostname, port } = new URL(application.url);
    const socket = connect(Number(port), hostname);
    socket.end('no HTTP\r\n\r\n');
    const body = (await text(socket)).split('\r\n\r\n')[1];
    expect(JSON.parse(body)).toMatchObject({ status: 400, instance: `${proxy.url}/` });
  });

  test('no URL has a host of the request', async () => {
    const list = `/users/1/events?${MARCH}&limit=3`;
    for (const target of [list, `http://evil.example${list}`]) {
      const { head, body } = await rawGet(application.url, target);
      expect(body).toHaveLength(3);
      expect(head.headers.link).toMatch(new RegExp(`^<${proxy.url}/users/1/events\\?`));
      expect(head.headers.link).not.toContain('evil');
    }
    const { body: document } = await rawGet(application.url, '/openapi.json');
    expect(document.servers).toMatchObject([{ url: proxy.url }]);
    expect(JSON.stringify(document)).not.toContain('evil');
  });

  test('the document names the public address as its server', async () => {
    const { status, body } = await client.get('/openapi.json');
    expect(status).toBe(200);
    expect(body.servers).toMatchObject([{ url: proxy.url }]);
    // What "Try it out" in Swagger UI asks for.
    const tried = await client.at(body.servers[0].url).get('/users/1');
    expect(tried).toMatchObject({ status: 200, body: { id: 1 } });
  });

  test.each(['/docs', '/docs/'])('Swagger UI at %s loads its files from below the path', async (page) => {
    const html = await client.get(page);
    expect(html.status).toBe(200);
    const references = [...html.body.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, reference]) => reference);
    const urls = references.map((reference) => new URL(reference, proxy.url + page).href);
    const files = ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-init.js'];
    expect(urls).toEqual(expect.arrayContaining(files.map((file) => `${proxy.url}/docs/${file}`)));
    for (const url of urls) {
      const file = await client.at('').get(url);
      expect([url, file.status]).toEqual([url, 200]);
    }
    expect((await client.get('/docs/swagger-ui-init.js')).body).toContain(`"url": "${proxy.url}"`);
  });
});

describe('without PUBLIC_URL', () => {
  let application: TestApplication;
  let client: Client;
  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    await seed(client);
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
    const made = await client.post('/users', { name: 'cid', email: 'cid@example.com' });
    expect(made.headers.get('location')).toBe(`/users/${made.body.id}`);
  });

  test('the document names the root of its own server', async () => {
    expect((await client.get('/openapi.json')).body.servers).toMatchObject([{ url: '/' }]);
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
