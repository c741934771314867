import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { requestsOf } from '../../support/openapi/operations.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';
const API_KEY = 'cal_the-key-of-the-cache-0123456789-0123456789';

const PERSONAL = 'private, no-cache';

function tagOf({ headers }: ServiceResponse): string {
  return headers.get('etag') ?? '';
}

function told({ status, headers }: ServiceResponse): {
  status: number;
  tag: string | null;
  cacheControl: string | null;
} {
  return { status, tag: headers.get('etag'), cacheControl: headers.get('cache-control') };
}

/** Probes have no tag, and an export is a stream. */
function hasTag(path: string): boolean {
  return !/^\/(?:health|metrics)|:export$/.test(path);
}

async function ask(
  client: Client,
  path: string,
  ifNoneMatch: string,
  method = 'GET',
): Promise<ServiceResponse> {
  return client.send(method, path, undefined, { 'if-none-match': ifNoneMatch });
}

/** Without `from`, a search starts now: the next one may have another response. */
function startsNow(path: string): boolean {
  return path.startsWith('/events:nearest') && !path.includes('from=');
}

/** No cache keeps a stream. */
const STREAM = '/changes:stream';

describe('HTTP caching', () => {
  let application: TestApplication;
  let nobody: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  let event: BookedEvent;
  let path: string;

  beforeAll(async () => {
    application = await startTestApplication({
      BOOTSTRAP_API_KEY: API_KEY,
      WEBHOOK_ALLOW_PRIVATE: 'true',
      CALENDAR_FETCH: 'off',
    });
    nobody = new Client(application.url);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    eve = await signUp(nobody, 'eve');
    const created = await ann.client.post('/events', {
      title: 'Planning',
      start_date: '2026-03-02T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      repeat: { frequency: 'daily', count: 3 },
    });
    event = created.body;
    path = `/events/${event.id}`;
  });
  afterAll(async () => application.close());

  test('every GET of the document but the probes is answered 304 where nothing changed', async () => {
    const backend = nobody.with(API_KEY);
    const externalId = 'of-the-product';
    const user = await backend.send('PUT', `/users/by-external-id/${externalId}`, {
      name: 'Cy',
      email: 'cy@product.example',
    });
    const put = await backend.send('PUT', `/events/by-external-id/${externalId}`, {
      title: 'Review',
      start_date: '2026-03-02T09:00:00Z',
      duration: 3600,
      organizer_user_id: user.body.id,
    });
    const room = await backend.send('PUT', '/rooms/by-external-id/room-of-the-product', { name: 'Blue' });
    const subscription = await backend.send('POST', '/webhook-subscriptions', {
      url: 'http://127.0.0.1:9/',
      types: ['event.created'],
    });
    const feed = await ann.client.send('POST', `/calendars/${event.calendar_id}/feeds`, { detail: 'full' });
    const [, , token] = (feed.body as { readonly url: string }).url.split('/');
    const elsewhere = await ann.client.send('POST', `/users/${ann.id}/calendar-subscriptions`, {
      url: 'http://127.0.0.1:9/',
    });
    const hold = await backend.send('POST', '/holds', {
      start_date: '2126-03-02T09:00:00Z',
      duration: '1h',
      room_ids: [room.body.id],
    });
    const statuses = [user, put, room, subscription, feed, elsewhere, hold].map(({ status }) => status);
    expect(statuses).toEqual([201, 201, 201, 201, 201, 201, 201]);
    // The list of the keys shows the time of the last use: the requests above were the first.
    const document = JSON.parse(readFileSync('openapi.json', 'utf8'));
    const requests = requestsOf(document, {
      external_id: [externalId, 'room-of-the-product'],
      event_id: [event.id],
      calendar_id: [event.calendar_id],
      user_id: [ann.id],
      room_id: [room.body.id],
      webhook_subscription_id: [subscription.body.id],
      feed_id: [feed.body.id],
      hold_id: [hold.body.id],
      token: [token],
      calendar_subscription_id: [elsewhere.body.id],
      invite_id: [event.attendees[1].invite_id],
      tenant_id: [1],
      user_ids: [[ann.id]],
      email: [ann.email],
      from: ['2026-03-01T00:00:00Z'],
      to: ['2026-04-01T00:00:00Z'],
    }).filter(({ method, path: place }) => method === 'GET' && !startsNow(place) && place !== STREAM);
    const asked = [{ operation: 'openapi', path: '/openapi.json' }, ...requests];
    const seen = new Set<string>();
    const wrong: unknown[] = [];
    for (const { operation, path: place } of asked.filter((one) => hasTag(one.path))) {
      const person = place.includes('event-invites/') ? bob.client : ann.client;
      const client = /^\/(?:api-keys|tenants|changes|webhook|holds)|\/by-external-id\//.test(place)
        ? backend
        : person;
      const first = await client.get(place);
      if (first.status !== 200) continue;
      seen.add(operation);
      const again = await ask(client, place, tagOf(first));
      const found = { ...told(again), first: told(first).tag, body: again.body };
      const cacheControl = place === '/openapi.json' ? null : PERSONAL;
      const expected = { status: 304, tag: found.first, cacheControl, first: found.first, body: null };
      const isTag = /^"(?:\d+-)?[\da-f]{32}"$/.test(found.first ?? '');
      if (!isTag || JSON.stringify(found) !== JSON.stringify(expected)) wrong.push({ place, found });
    }
    expect(wrong).toEqual([]);
    const tagged = asked.filter((one) => hasTag(one.path)).map(({ operation }) => operation);
    expect(seen).toEqual(new Set(tagged));
    for (const probe of ['/health/live', '/health/ready', '/metrics'])
      expect((await nobody.get(probe)).headers.get('etag')).toBeNull();
  });

  test.each<[string, (tag: string) => string, number]>([
    ['the tag', (tag) => tag, 304],
    ['the tag, weak', (tag) => `W/${tag}`, 304],
    ['a list with it', (tag) => `"a,b", W/"other" ,${tag}`, 304],
    ['*', () => '*', 304],
    ['another tag', () => '"other"', 200],
    ['a list of others', () => '"a", W/"b"', 200],
    ['the version alone', () => `"${event.version}"`, 200],
    ['no tag at all', () => 'x', 200],
    ['a broken list', (tag) => `${tag}, "`, 200],
  ])('If-None-Match with %s', async (_, header, status) => {
    const tag = tagOf(await bob.client.get(path));
    const answer = await ask(bob.client, path, header(tag));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('etag')).toBe(tag);
    expect((await ask(bob.client, path, header(tag), 'HEAD')).status).toBe(status);
  });

  test('a client learns of every change, also of the name of an attendee', async () => {
    const list = `/users/${bob.id}/events?${WINDOW}`;
    const changes: [string, () => Promise<ServiceResponse>][] = [
      ['title', async () => ann.client.patch(path, { title: 'Plans' })],
      ['name', async () => bob.client.patch(`/users/${bob.id}`, { name: 'Robert' })],
      ['answer', async () => bob.client.post(`/event-invites/${event.attendees[1].invite_id}:accept`)],
    ];
    for (const [name, change] of changes) {
      const tags = [tagOf(await bob.client.get(path)), tagOf(await bob.client.get(list))];
      expect((await change()).status).toBe(200);
      expect({ name, status: (await ask(bob.client, path, tags[0] ?? '')).status }).toEqual({
        name,
        status: 200,
      });
      expect({ name, status: (await ask(bob.client, list, tags[1] ?? '')).status }).toEqual({
        name,
        status: 200,
      });
    }
  });

  test('the tag of any representation is a precondition for a change', async () => {
    for (const query of ['', '?max_attendees=0', '?max_attendees=1']) {
      const tag = tagOf(await ann.client.get(path + query));
      const change = async () =>
        ann.client.send('PATCH', path, { location: `Room ${query}` }, { 'if-match': tag });
      expect((await change()).status).toBe(200);
      expect((await change()).status).toBe(412);
    }
  });

  test('the tag of what a stranger sees of a private event tells nothing of its changes', async () => {
    await ann.client.patch(path, { visibility: 'private' });
    const asked = [path, `${path}/occurrences?${WINDOW}`, `/users/${bob.id}/events?${WINDOW}`];
    const tags = async (client: Client) =>
      Promise.all(asked.map(async (one) => tagOf(await client.get(one))));
    const before = { eve: await tags(eve.client), bob: await tags(bob.client) };
    await ann.client.patch(path, { title: 'A secret' });
    await bob.client.post(`/event-invites/${event.attendees[1].invite_id}:tentative`);
    expect(await tags(eve.client)).toEqual(before.eve);
    const after = await tags(bob.client);
    for (const [index, tag] of after.entries()) expect(tag).not.toBe(before.bob[index]);
    for (const [index, tag] of before.eve.entries())
      expect((await ask(bob.client, asked[index] ?? '', tag)).status).toBe(200);
    await ann.client.patch(path, { visibility: 'public' });
  });

  test('every response that depends on the caller is personal, refusals too', async () => {
    const personal: [string, Promise<ServiceResponse>, number][] = [
      ['created', nobody.post('/users', { name: 'new', email: 'new@example.com' }), 201],
      ['changed', ann.client.patch(path, { title: 'Plans' }), 200],
      ['not there', ann.client.get('/events/4711'), 404],
      ['forbidden', eve.client.patch(path, { title: 'Mine' }), 403],
      ['unauthenticated', nobody.with('x').get(path), 401],
      ['invalid', ann.client.get('/free-busy'), 400],
      ['deleted', ann.client.delete(`${path}/occurrences/2026-03-04T09:00:00Z`), 204],
    ];
    for (const [name, sent, status] of personal) {
      const answer = await sent;
      const cacheControl = answer.headers.get('cache-control');
      expect({ name, status: answer.status, cacheControl }).toEqual({ name, status, cacheControl: PERSONAL });
    }
  });

  test('what holds tokens is not stored, and what is public is not personal', async () => {
    const login = await nobody.post('/auth/login', {
      email: ann.email,
      password: 'correct horse battery staple',
    });
    expect(login.headers.get('cache-control')).toBe('no-store');
    expect((await nobody.get('/metrics')).headers.get('cache-control')).toBe('no-store');
    for (const open of ['/openapi.json', '/docs', '/health/live', '/health/ready'])
      expect((await nobody.get(open)).headers.get('cache-control')).not.toBe(PERSONAL);
  });
});
