import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, nextPage, type ServiceResponse } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addGuest, addKey, addTenant, type TestTenant } from '../../support/tenants/tenant.js';

const ADDRESS = /^\/feeds\/feed_[\w-]{43}\/calendar\.ics$/;

describe('the feeds of a calendar', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let other: TestTenant;
  let ann: Account;
  let bob: Account;
  let calendarId: number;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    other = await addTenant(application, 'other');
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    calendarId = await addCalendar(ann, 'Work');
  });
  afterEach(async () => query(application.database.url, 'DELETE FROM calendar_feeds'));

  async function feedOf(client: Client, of = calendarId, detail: 'full' | 'busy' = 'full') {
    return (await client.create(`/calendars/${of}/feeds`, { detail })).body;
  }

  async function sendNew(client: Client): Promise<ServiceResponse> {
    return client.send('POST', `/calendars/${calendarId}/feeds`, { detail: 'full' });
  }

  test('are made, listed, read and deleted by the user, and only the creation shows the address', async () => {
    const path = `/calendars/${calendarId}/feeds` as const;
    const created = await ann.client.create(path, { detail: 'busy', include_private: true });
    const { url, ...shown } = created.body;
    expect(url).toMatch(ADDRESS);
    expect(shown).toEqual({
      id: expect.any(Number),
      calendar_id: calendarId,
      detail: 'busy',
      include_private: true,
      created_by_key_id: null,
      created_at: expect.any(String),
    });
    expect(created.headers.get('location')).toBe(`${path}/${shown.id}`);
    expect(created.headers.get('cache-control')).toBe('no-store');
    expect((await ann.client.get(path)).body).toEqual([shown]);
    expect((await ann.client.get(`${path}/${shown.id}`)).body).toEqual(shown);
    expect((await anyone.get(url)).status).toBe(200);
    expect((await ann.client.delete(`${path}/${shown.id}`)).status).toBe(204);
    expect((await ann.client.get(path)).body).toEqual([]);
    expect(await ann.client.get(`${path}/${shown.id}`)).toMatchObject({
      status: 404,
      body: { code: 'feed_not_found' },
    });
    expect(await anyone.get(url)).toMatchObject({ status: 404, body: { code: 'feed_not_found' } });
  });

  test('show private events as "Busy" unless the request has include_private', async () => {
    expect((await feedOf(ann.client)).include_private).toBe(false);
  });

  test('come in pages', async () => {
    const ids = [await feedOf(ann.client), await feedOf(ann.client), await feedOf(ann.client)].map(
      ({ id }) => id,
    );
    const first = await ann.client.get(`/calendars/${calendarId}/feeds?limit=2`);
    const second = await ann.client.get(nextPage(first) as `/calendars/${number}/feeds`);
    expect([first.body, second.body].map((page) => page.map(({ id }) => id))).toEqual([
      ids.slice(0, 2),
      ids.slice(2),
    ]);
  });

  test.each([
    [{}, 'detail'],
    [{ detail: 'all' }, 'detail'],
    [{ detail: 'full', include_private: 'yes' }, 'include_private'],
    [{ detail: 'full', token: 'mine' }, 'token'],
  ])('are refused with the body %j', async (body, field) => {
    expect(await ann.client.send('POST', `/calendars/${calendarId}/feeds`, body)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ field }] },
    });
    expect((await ann.client.get(`/calendars/${calendarId}/feeds`)).body).toEqual([]);
  });

  test('are not repeated by an idempotency key, since the response has a secret', async () => {
    const client = ann.client.withHeaders({ 'idempotency-key': 'once' });
    expect((await sendNew(client)).status).toBe(201);
    expect(await sendNew(client)).toMatchObject({ status: 409, body: { code: 'secret_not_repeated' } });
  });

  test('are at most 20 of one calendar, also of requests at the same moment', async () => {
    for (let count = 0; count < 18; count += 1) expect((await sendNew(ann.client)).status).toBe(201);
    const answers = await Promise.all([
      sendNew(ann.client),
      sendNew(ann.client),
      sendNew(ann.client),
      sendNew(ann.client),
    ]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '201', '409', '409']);
    expect(answers.find(({ status }) => status === 409)).toMatchObject({ body: { code: 'too_many_feeds' } });
  });

  describe('are for the user and keys:', () => {
    const FIELDS = { detail: 'busy' } as const;

    test('a key makes them for any user of its tenant', async () => {
      const feed = await feedOf(backend);
      expect(feed.created_by_key_id).toEqual(expect.any(Number));
      expect((await anyone.get(feed.url)).status).toBe(200);
    });

    test('a key that acts as the user makes none, and neither does a page with an exchanged token', async () => {
      const feed = await feedOf(ann.client);
      const exchanged = await backend.post('/auth/token-exchange', { user_id: ann.id });
      for (const client of [backend.as(ann.id), anyone.with(exchanged.body.access_token)]) {
        expect(await client.send('POST', `/calendars/${calendarId}/feeds`, FIELDS)).toMatchObject({
          status: 403,
          body: { code: 'reauthentication_required' },
        });
        expect((await client.get(`/calendars/${calendarId}/feeds`)).body).toHaveLength(1);
      }
      expect((await backend.as(ann.id).delete(`/calendars/${calendarId}/feeds/${feed.id}`)).status).toBe(204);
    });

    test('an owner by a grant uses none', async () => {
      const { id } = await feedOf(ann.client);
      await share(ann.client, calendarId, bob.id, 'owner');
      const path = `/calendars/${calendarId}/feeds`;
      for (const [method, at] of [
        ['POST', path],
        ['GET', path],
        ['GET', `${path}/${id}`],
        ['DELETE', `${path}/${id}`],
      ] as const) {
        expect(await bob.client.send(method, at, method === 'POST' ? FIELDS : undefined)).toMatchObject({
          status: 403,
          body: { code: 'forbidden' },
        });
      }
    });

    test('a caller without a token makes them only for a user without a password', async () => {
      const guest = await addGuest(backend);
      const primary = await primaryCalendarOf({ client: backend, id: guest.id });
      expect((await anyone.send('POST', `/calendars/${primary}/feeds`, FIELDS)).status).toBe(201);
      expect(await anyone.send('POST', `/calendars/${calendarId}/feeds`, FIELDS)).toMatchObject({
        status: 401,
        body: { code: 'token_required' },
      });
    });

    test('a key needs the scope, and another tenant finds no calendar', async () => {
      const { body: made } = await backend.create('/api-keys', { name: 'r', scopes: ['events.read'] });
      const reader = anyone.with(made.key);
      expect(await reader.send('POST', `/calendars/${calendarId}/feeds`, FIELDS)).toMatchObject({
        status: 403,
        body: { code: 'scope_missing' },
      });
      expect(await other.backend.send('POST', `/calendars/${calendarId}/feeds`, FIELDS)).toMatchObject({
        status: 404,
        body: { code: 'calendar_not_found' },
      });
    });

    test('a feed of one calendar is not a feed of another', async () => {
      const { id } = await feedOf(ann.client);
      const second = await addCalendar(ann, 'Second');
      expect((await ann.client.delete(`/calendars/${second}/feeds/${id}`)).status).toBe(404);
      expect((await ann.client.get(`/calendars/${second}/feeds/${id}`)).status).toBe(404);
    });
  });

  describe('end', () => {
    test('with their calendar', async () => {
      const { url } = await feedOf(ann.client);
      await ann.client.delete(`/calendars/${calendarId}?events=delete`);
      expect(await anyone.get(url)).toMatchObject({ status: 404, body: { code: 'feed_not_found' } });
    });

    test('with their user', async () => {
      const guest = await addGuest(backend);
      const { url } = await feedOf(backend, await primaryCalendarOf({ client: backend, id: guest.id }));
      expect((await anyone.get(url)).status).toBe(200);
      await backend.delete(`/users/${guest.id}`);
      expect((await anyone.get(url)).status).toBe(404);
      expect(await query(application.database.url, 'SELECT id FROM calendar_feeds')).toEqual([]);
    });

    test('with the first password of their user', async () => {
      const guest = await addGuest(backend);
      const { url } = await feedOf(anyone, await primaryCalendarOf({ client: backend, id: guest.id }));
      await anyone.patch(`/users/${guest.id}`, { password: PASSWORD });
      expect((await anyone.get(url)).status).toBe(404);
    });

    test('not with the key that made them', async () => {
      const { body: made } = await backend.create('/api-keys', { name: 'w', scopes: ['events.write'] });
      const { url } = await feedOf(anyone.with(made.key));
      await backend.delete(`/api-keys/${made.id}`);
      expect((await anyone.get(url)).status).toBe(200);
    });
  });

  test('are in the database by the hash of their token alone', async () => {
    const { url } = await feedOf(ann.client);
    const token = url.split('/').at(2) as string;
    const [row] = await query<{ text: string }>(
      application.database.url,
      'SELECT row_to_json(f)::text AS text FROM calendar_feeds f',
    );
    expect(row.text).not.toContain(token.slice('feed_'.length));
  });

  test('are in the export of the user, without their addresses', async () => {
    const { url: _url, ...shown } = await feedOf(ann.client);
    const { body } = await ann.client.get(`/users/${ann.id}:export`);
    expect(body.calendar_feeds).toEqual([shown]);
  });
});
