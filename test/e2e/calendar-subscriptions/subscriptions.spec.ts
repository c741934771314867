import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, nextPage } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addGuest, addKey, addTenant, type TestTenant } from '../../support/tenants/tenant.js';

const NOW = '2026-03-02T09:00:00.000Z';
const URL = 'https://192.0.2.1.example.com/calendar.ics';

describe('the calendar subscriptions of a user', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let other: TestTenant;
  let ann: Account;
  let bob: Account;

  beforeAll(async () => {
    application = await startTestApplication(
      { CALENDAR_FETCH: 'off', WEBHOOK_ALLOW_PRIVATE: 'true' },
      new TestClock(NOW),
    );
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    other = await addTenant(application, 'other');
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => application.close());
  afterEach(async () => {
    for (const { id } of (await backend.get(`/users/${ann.id}/calendar-subscriptions`)).body)
      await backend.delete(`/calendar-subscriptions/${id}`);
  });

  async function subscribe(client = ann.client, userId = ann.id, fields: object = {}) {
    const body = { url: URL, ...fields };
    return (await client.create(`/users/${userId}/calendar-subscriptions`, body)).body;
  }

  test('are made, read, listed, changed and deleted by the user, each with a read-only calendar', async () => {
    const path = `/users/${ann.id}/calendar-subscriptions` as const;
    const created = await ann.client.create(path, { url: URL, counts_as: 'free', name: 'Holidays' });
    const { body } = created;
    expect(body).toEqual({
      id: expect.any(Number),
      user_id: ann.id,
      calendar_id: expect.any(Number),
      url: URL,
      counts_as: 'free',
      last_success_at: null,
      failing_since: null,
      last_error: null,
      last_error_code: null,
      next_fetch_at: NOW,
      created_at: NOW,
      updated_at: NOW,
    });
    const at = `/calendar-subscriptions/${body.id}` as const;
    expect(created.headers.get('location')).toBe(at);
    expect((await ann.client.get(at)).body).toEqual(body);
    expect((await ann.client.get(path)).body).toEqual([body]);
    expect((await ann.client.get(`/calendars/${body.calendar_id}`)).body).toMatchObject({
      user_id: ann.id,
      name: 'Holidays',
      read_only: true,
      primary: false,
      counts_as_busy: false,
      default_reminders: [],
    });
    const changed = await ann.client.patch(at, { counts_as: 'busy', url: `${URL}?year=2027` });
    expect(changed).toMatchObject({
      status: 200,
      body: { ...body, counts_as: 'busy', url: `${URL}?year=2027`, updated_at: expect.any(String) },
    });
    expect((await ann.client.get(`/calendars/${body.calendar_id}`)).body.counts_as_busy).toBe(true);
    expect((await ann.client.delete(at)).status).toBe(204);
    expect(await ann.client.get(at)).toMatchObject({
      status: 404,
      body: { code: 'calendar_subscription_not_found' },
    });
    expect((await ann.client.get(path)).body).toEqual([]);
    expect((await ann.client.get(`/calendars/${body.calendar_id}`)).status).toBe(404);
  });

  test('count as busy, and have the name of the host, unless the request has others', async () => {
    const { counts_as: countsAs, calendar_id: calendarId } = await subscribe();
    expect(countsAs).toBe('busy');
    expect((await ann.client.get(`/calendars/${calendarId}`)).body).toMatchObject({
      name: '192.0.2.1.example.com',
      counts_as_busy: true,
    });
  });

  test('show the counts_as_busy of their calendar, whichever request changes it', async () => {
    const { id, calendar_id: calendarId } = await subscribe();
    await ann.client.patch(`/calendars/${calendarId}`, {
      counts_as_busy: false,
      name: 'Mine',
      color: '#0b8043',
    });
    expect((await ann.client.get(`/calendar-subscriptions/${id}`)).body.counts_as).toBe('free');
  });

  test.each([
    ['webcal://elsewhere.example.com/a.ics', 'https://elsewhere.example.com/a.ics'],
    ['WEBCALS://elsewhere.example.com/a.ics', 'https://elsewhere.example.com/a.ics'],
    ['HTTP://elsewhere.example.com', 'http://elsewhere.example.com/'],
  ])('read the address %s as %s', async (url, read) => {
    expect((await subscribe(ann.client, ann.id, { url })).url).toBe(read);
  });

  test.each([
    [{ url: undefined }, 'url'],
    [{ url: 'ftp://example.com/a.ics' }, 'url'],
    [{ url: 'example.com/a.ics' }, 'url'],
    [{ url: 'https://ann:secret@example.com/a.ics' }, 'url'],
    [{ url: `https://example.com/${'x'.repeat(2_000)}` }, 'url'],
    [{ counts_as: 'tentative' }, 'counts_as'],
    [{ name: '' }, 'name'],
    [{ name: 'x'.repeat(101) }, 'name'],
    [{ calendar_id: 1 }, 'calendar_id'],
  ])('are refused with %j', async (fields, field) => {
    const path = `/users/${ann.id}/calendar-subscriptions`;
    const calendars = (await ann.client.get(`/users/${ann.id}/calendars`)).body.length;
    expect(await ann.client.send('POST', path, { url: URL, ...fields })).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ field }] },
    });
    expect((await ann.client.get(`/users/${ann.id}/calendars`)).body).toHaveLength(calendars);
  });

  test.each(['ftp://example.com/a.ics', 'file:///etc/passwd', 'example.com/a.ics', 'webcal://'])(
    'are refused at %s by a text that names the schemes, also in a change',
    async (url) => {
      const { id } = await subscribe();
      const refusal = {
        status: 400,
        body: { errors: [{ field: 'url', message: 'must be an https, http or webcal URL' }] },
      };
      const path = `/users/${ann.id}/calendar-subscriptions`;
      expect(await ann.client.send('POST', path, { url })).toMatchObject(refusal);
      expect(await ann.client.send('PATCH', `/calendar-subscriptions/${id}`, { url })).toMatchObject(refusal);
      expect((await ann.client.get(`/calendar-subscriptions/${id}`)).body.url).toBe(URL);
    },
  );

  test('are changed only by a body with a field', async () => {
    const { id } = await subscribe();
    for (const body of [{}, { url: 'no URL' }, { name: 'Other' }, { counts_as: null }])
      expect((await ann.client.send('PATCH', `/calendar-subscriptions/${id}`, body)).status).toBe(400);
  });

  test('come in pages', async () => {
    const ids = [await subscribe(), await subscribe(), await subscribe()].map(({ id }) => id);
    const first = await ann.client.get(`/users/${ann.id}/calendar-subscriptions?limit=2`);
    const second = await ann.client.get(nextPage(first) as `/users/${number}/calendar-subscriptions`);
    expect([first, second].map(({ body }) => body.map(({ id }) => id))).toEqual([
      ids.slice(0, 2),
      ids.slice(2),
    ]);
  });

  test('are at most 50 of a user, also of requests at the same moment', async () => {
    const path = `/users/${ann.id}/calendar-subscriptions`;
    const send = async () => ann.client.send('POST', path, { url: URL });
    for (let count = 0; count < 48; count += 1) await subscribe();
    const answers = await Promise.all([send(), send(), send(), send()]);
    expect(answers.map(({ status }) => String(status)).toSorted()).toEqual(['201', '201', '409', '409']);
    expect(answers.find(({ status }) => status === 409)).toMatchObject({
      body: { code: 'too_many_calendar_subscriptions' },
    });
    const calendars = (await ann.client.get(`/users/${ann.id}/calendars?limit=1000`)).body;
    expect(calendars.filter(({ read_only: readOnly }) => readOnly)).toHaveLength(50);
  });

  test('are made once by an idempotency key', async () => {
    const client = ann.client.withHeaders({ 'idempotency-key': 'once' });
    const send = async () => client.send('POST', `/users/${ann.id}/calendar-subscriptions`, { url: URL });
    const [first, second] = [await send(), await send()];
    expect(first.status).toBe(201);
    expect([second.status, second.body]).toEqual([first.status, first.body]);
    expect((await ann.client.get(`/users/${ann.id}/calendar-subscriptions`)).body).toHaveLength(1);
  });

  describe('are for the user and keys:', () => {
    test('a key reaches those of its tenant, also in the name of the user', async () => {
      const { id } = await subscribe(backend);
      const acting = backend.as(ann.id);
      expect((await acting.get(`/calendar-subscriptions/${id}`)).status).toBe(200);
      expect((await subscribe(acting)).user_id).toBe(ann.id);
      expect((await other.backend.get(`/calendar-subscriptions/${id}`)).status).toBe(404);
      expect((await other.backend.get(`/users/${ann.id}/calendar-subscriptions`)).status).toBe(404);
    });

    test('another person finds none', async () => {
      const { id } = await subscribe();
      const path = `/users/${ann.id}/calendar-subscriptions`;
      const created = await bob.client.send('POST', path, { url: URL });
      for (const refused of [created, await bob.client.send('GET', path)])
        expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      const one = `/calendar-subscriptions/${id}`;
      const hidden = [
        await bob.client.send('GET', one),
        await bob.client.send('PATCH', one, { counts_as: 'free' }),
        await bob.client.send('DELETE', one),
        await bob.client.send('POST', `${one}:refresh`),
      ];
      const absent = { status: 404, body: { code: 'calendar_subscription_not_found' } };
      for (const response of hidden) expect(response).toMatchObject(absent);
    });

    test('a caller without a token makes them only for a user without a password', async () => {
      const guest = await addGuest(backend);
      expect((await subscribe(anyone, guest.id)).user_id).toBe(guest.id);
      const path = `/users/${ann.id}/calendar-subscriptions`;
      expect(await anyone.send('POST', path, { url: URL })).toMatchObject({
        status: 401,
        body: { code: 'token_required' },
      });
    });
  });

  test('are in the export of the user', async () => {
    const subscription = await subscribe();
    expect((await ann.client.get(`/users/${ann.id}:export`)).body.calendar_subscriptions).toEqual([
      subscription,
    ]);
  });

  test('go with their user', async () => {
    const guest = await addGuest(backend);
    await subscribe(backend, guest.id);
    await backend.delete(`/users/${guest.id}`);
    const left = `SELECT id FROM calendar_subscriptions WHERE user_id = ${guest.id}`;
    expect(await query(application.database.url, left)).toEqual([]);
  });

  test('are due at once by a request for a refresh', async () => {
    const { id } = await subscribe();
    const later = `UPDATE calendar_subscriptions SET next_fetch_at = '2026-03-02T10:00:00Z' WHERE id = ${id}`;
    await query(application.database.url, later);
    const refreshed = await ann.client.send('POST', `/calendar-subscriptions/${id}:refresh`);
    expect(refreshed).toMatchObject({ status: 202, body: { id, next_fetch_at: NOW } });
  });
});

describe('the address of a subscription', () => {
  let application: TestApplication;
  let backend: Client;
  beforeAll(async () => {
    application = await startTestApplication({ CALENDAR_FETCH: 'off' });
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  test.each(['http://127.0.0.1/a.ics', 'webcal://localhost/a.ics', 'https://[::1]/', 'https://10.0.0.1/'])(
    'is not %s, which is not public, without WEBHOOK_ALLOW_PRIVATE',
    async (url) => {
      const guest = await addGuest(backend);
      const path = `/users/${guest.id}/calendar-subscriptions`;
      expect(await backend.send('POST', path, { url })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'url', message: 'must be at a public address' }] },
      });
    },
  );

  test('is not at a name that does not resolve', async () => {
    const guest = await addGuest(backend);
    const url = 'https://calendars.nowhere.invalid/a.ics';
    expect(await backend.send('POST', `/users/${guest.id}/calendar-subscriptions`, { url })).toMatchObject({
      status: 400,
      body: {
        errors: [
          { field: 'url', message: 'must have a host name that resolves, and to public addresses alone' },
        ],
      },
    });
  });
});
