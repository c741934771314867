import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../client/account.js';
import { Client, nextPage, type ServiceResponse } from '../client/client.js';
import { documentOf } from '../openapi/operation.js';
import { startTestApplication, type TestApplication } from '../service/application.js';
import type { PathProxy } from './path-proxy.js';

const DAYS = [1, 2, 3, 4, 5, 6, 7];
export const MARCH = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

function at(date: string): Pick<NewEvent, 'title' | 'start_date' | 'duration'> {
  return { title: 'x', start_date: `${date}T09:00:00Z`, duration: 3600 };
}

/** Ann, who attends an event of Bob's on each day in March, and has a series of as many days in May. */
export async function seedMarch(client: Client): Promise<Account> {
  const ann = await signUp(client, 'ann');
  const bob = await signUp(client, 'bob');
  for (const day of DAYS) {
    const event = { ...at(`2026-03-0${day}`), organizer_user_id: bob.id, invited_user_ids: [ann.id] };
    const { body } = await bob.client.create('/events', event);
    await ann.client.post(`/event-invites/${body.attendees[1].invite_id}:accept`);
  }
  const repeat = { frequency: 'daily', count: DAYS.length } as const;
  await ann.client.create('/events', { ...at('2026-05-01'), organizer_user_id: ann.id, repeat });
  return ann;
}

/** The tests of a service that clients reach by a proxy alone, under `/calendar`. */
export function describeServiceBehind(name: string, startProxy: (path: string) => Promise<PathProxy>): void {
  describe(`behind ${name} that strips a path, with PUBLIC_URL`, () => {
    let proxy: PathProxy;
    let application: TestApplication;
    let client: Client;
    let ann: Account;

    beforeAll(async () => {
      proxy = await startProxy('/calendar');
      // The slash at the end is not part of the prefix.
      application = await startTestApplication({ PUBLIC_URL: `${proxy.url}/`, TRUST_PROXY: 'loopback' });
      await proxy.leadTo(application.url);
      client = new Client(proxy.url);
      ann = await seedMarch(client);
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
      for (let next: string | undefined = `${proxy.url}${list}&limit=3`; next !== undefined; ) {
        expect(next.startsWith(`${proxy.url}${path}?`)).toBe(true);
        const page: ServiceResponse = await ann.client.at('').get(next);
        expect(page.status).toBe(200);
        found.push(...(page.body as unknown[]));
        next = nextPage(page);
      }
      expect(found).toEqual(whole);
    });

    test('Location leads to what was created, also in the answer to a repeat', async () => {
      const user = { name: 'cid', email: 'cid@example.com' };
      const event = {
        title: 'x',
        start_date: '2026-05-01T09:00:00Z',
        duration: 60,
        organizer_user_id: ann.id,
      };
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
        expect((await ann.client.at('').get(location)).body).toMatchObject({ id: made.body.id });
      }
    });

    test('a refusal and a changed resource have no Location', async () => {
      const refused = await client.send('POST', '/users', { name: 'x' });
      expect(refused.status).toBe(400);
      expect(refused.headers.get('location')).toBeNull();
      const changed = await ann.client.patch('/events/8', { title: 'renamed' });
      expect(changed.status).toBe(200);
      expect(changed.headers.get('location')).toBeNull();
    });

    test('the instance of a problem is the URL of the request', async () => {
      for (const path of ['/users/999', '/users/x', '/no-such-path']) {
        const { status, body } = await client.get(`${path}?page=1`);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(body.instance).toBe(proxy.url + path);
      }
    });

    test('the document names the public address as its server', async () => {
      const { servers } = await documentOf(client);
      expect(servers).toMatchObject([{ url: proxy.url }]);
      // The request of "Try it out" in Swagger UI.
      const tried = await client.at(servers[0].url).get('/users/1');
      expect(tried).toMatchObject({ status: 200, body: { id: 1 } });
    });

    test.each(['/docs', '/docs/'])('Swagger UI at %s loads its files from below the path', async (page) => {
      const { status, body } = await client.get(page);
      expect(status).toBe(200);
      const html = body as unknown as string;
      const references = [...html.matchAll(/(?:src|href)="([^"#]+)"/g)].map(([, reference]) => reference);
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
}
