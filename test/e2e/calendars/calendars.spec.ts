import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, nextPage } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const LOG_5 = { minutes_before: 5, method: 'log' };

async function namesOf(
  client: Client,
  path: '/calendars' | `/users/${string}/calendars`,
): Promise<(string | null)[]> {
  return (await client.get(path)).body.map(({ name }) => name);
}

describe('calendars', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => application.close());

  test('begin with a primary one, which is created with the user', async () => {
    const [user] = await createUsers(anyone, 1);
    expect(await anyone.get(`/users/${user}/calendars`)).toMatchObject({
      status: 200,
      body: [
        {
          user_id: user,
          name: 'Calendar',
          color: null,
          time_zone: null,
          counts_as_busy: true,
          default_reminders: null,
          primary: true,
          position: 0,
          role: 'owner',
          external_id: null,
          metadata: {},
        },
      ],
    });
  });

  test('have all the fields that their user names', async () => {
    const fields = {
      name: 'Work',
      color: '#0b8043',
      time_zone: 'Asia/Tokyo',
      counts_as_busy: false,
      default_reminders: [{ minutes_before: 5, method: 'log' as const }],
      position: 7,
      metadata: { team: 'blue' },
    };
    const created = await ann.client.post('/users/me/calendars', fields);
    expect(created).toMatchObject({ status: 201, body: { ...fields, user_id: ann.id, primary: false } });
    expect(created.headers.get('location')).toBe(`/calendars/${created.body.id}`);
    expect((await ann.client.get(`/calendars/${created.body.id}`)).body).toEqual(created.body);
    const patch = { name: 'Office', color: '#AABBCC', time_zone: null, default_reminders: null };
    const changed = await ann.client.patch(`/calendars/${created.body.id}`, {
      ...patch,
      counts_as_busy: true,
      metadata: { team: null, floor: '2' },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { ...patch, color: '#aabbcc', counts_as_busy: true, position: 7, metadata: { floor: '2' } },
    });
  });

  test('keep `[]` apart from null in their reminders', async () => {
    const { body } = await ann.client.post('/users/me/calendars', { name: 'Silent', default_reminders: [] });
    expect(body.default_reminders).toEqual([]);
    const inheriting = await ann.client.patch(`/calendars/${body.id}`, { default_reminders: null });
    expect(inheriting.body.default_reminders).toBeNull();
  });

  test('come in the order of their positions, and with the same position in that of their ids', async () => {
    const [user] = await createUsers(anyone, 1);
    const path = `/users/${user}/calendars` as const;
    const ids: number[] = [];
    for (const name of ['A', 'B', 'C']) ids.push((await anyone.create(path, { name })).body.id);
    expect(await namesOf(anyone, path)).toEqual(['Calendar', 'A', 'B', 'C']);
    await anyone.patch(`/calendars/${ids[2]}`, { position: 1 });
    // One position changes alone, so A and C have the same.
    expect((await anyone.get(path)).body.map(({ name, position }) => `${name} ${position}`)).toEqual([
      'Calendar 0',
      'A 1',
      'C 1',
      'B 2',
    ]);
  });

  test('come in pages', async () => {
    const [user] = await createUsers(anyone, 1);
    const path = `/users/${user}/calendars` as const;
    for (const name of ['A', 'B', 'C', 'D']) await anyone.create(path, { name, position: 3 });
    const pages: (string | null)[][] = [];
    for await (const page of anyone.pages(`/users/${user}/calendars?limit=2`))
      pages.push(page.body.map(({ name }) => name));
    expect(pages).toEqual([['Calendar', 'A'], ['B', 'C'], ['D']]);
  });

  test('of the caller are listed, with the role', async () => {
    const { body } = await bob.client.get('/calendars');
    expect(body).toMatchObject([{ user_id: bob.id, primary: true, role: 'owner' }]);
  });

  test('of the tenant are listed for a key, by user', async () => {
    const all: number[] = [];
    for await (const page of backend.pages('/calendars?limit=3'))
      all.push(...page.body.map(({ user_id }) => user_id));
    expect(all).toEqual(all.toSorted((a, b) => a - b));
    expect(new Set(all)).toEqual(new Set((await backend.get('/users')).body.map(({ id }) => id)));
  });

  test('of users without a password are listed without a token', async () => {
    const { body } = await anyone.get('/calendars');
    const users = body.map(({ user_id }) => user_id);
    expect(users.length).toBeGreaterThan(0);
    expect(users).not.toContain(ann.id);
  });

  test('show other users their names, but neither reminders nor what the product keeps', async () => {
    const { body } = await ann.client.post('/users/me/calendars', { name: 'Club' });
    const seen = await bob.client.get(`/calendars/${body.id}`);
    expect(seen).toMatchObject({ status: 200, body: { name: 'Club', role: 'reader' } });
    const { default_reminders, external_id, metadata } = seen.body;
    expect([default_reminders, external_id, metadata]).toEqual([undefined, undefined, undefined]);
    expect((await backend.get(`/calendars/${body.id}`)).body).toMatchObject({ role: 'owner', metadata: {} });
  });

  test.each<[string, () => Client, number, string]>([
    ['another person', () => bob.client, 403, 'forbidden'],
    ['a request without a token', () => anyone, 401, 'token_required'],
  ])('refuse %s', async (_, client, status, code) => {
    const { body } = await ann.client.post('/users/me/calendars', { name: 'Own' });
    const refused = [
      await client().send('POST', `/users/${ann.id}/calendars`, { name: 'Planted' }),
      await client().send('PATCH', `/calendars/${body.id}`, { name: 'Planted' }),
      await client().send('DELETE', `/calendars/${body.id}?events=move`),
    ];
    expect(refused.map((one) => [one.status, one.body.code])).toEqual(refused.map(() => [status, code]));
    expect((await ann.client.get(`/calendars/${body.id}`)).body).toEqual(body);
    expect(await namesOf(ann.client, '/users/me/calendars')).not.toContain('Planted');
  });

  test('have a key as their writer, also one that acts as the user', async () => {
    const { body } = await backend.create(`/users/${ann.id}/calendars`, {
      name: 'By the product',
      external_id: 'crm/a b?x=1',
    });
    expect(body).toMatchObject({ user_id: ann.id, external_id: 'crm/a b?x=1' });
    const acting = await backend.as(ann.id).patch(`/calendars/${body.id}`, { external_id: 'crm-2' });
    expect(acting.body.external_id).toBe('crm-2');
    expect((await backend.as(bob.id).patch(`/calendars/${body.id}`, { name: 'x' })).status).toBe(403);
  });

  test('have an external id that is unique in the tenant and that no person writes', async () => {
    const first = await backend.create(`/users/${ann.id}/calendars`, { name: 'A', external_id: 'one' });
    const second = await backend.post(`/users/${bob.id}/calendars`, { name: 'B', external_id: 'one' });
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'external_id_taken', errors: [{ field: 'external_id' }] },
    });
    const person = await bob.client.send('POST', '/users/me/calendars', { name: 'B', external_id: 'two' });
    expect(person).toMatchObject({ status: 403, body: { code: 'key_required' } });
    await backend.delete(`/calendars/${first.body.id}?events=move`);
    expect((await backend.post(`/users/${bob.id}/calendars`, { name: 'B', external_id: 'one' })).status).toBe(
      201,
    );
  });

  test.each<[string, object, string]>([
    ['no name', { color: '#0b8043' }, 'name'],
    ['an empty name', { name: '  ' }, 'name'],
    ['a name that is too long', { name: 'x'.repeat(101) }, 'name'],
    ['a color by name', { name: 'A', color: 'green' }, 'color'],
    ['a short color', { name: 'A', color: '#fff' }, 'color'],
    ['a zone that is none', { name: 'A', time_zone: 'Mars/Olympus' }, 'time_zone'],
    ['a negative position', { name: 'A', position: -1 }, 'position'],
    ['a position beyond the last', { name: 'A', position: 1_000_001 }, 'position'],
    ['a flag as text', { name: 'A', counts_as_busy: 'yes' }, 'counts_as_busy'],
    ['a key of metadata that is none', { name: 'A', metadata: { 'a b': 'x' } }, 'metadata.a b'],
    ['the same reminder twice', { name: 'A', default_reminders: [LOG_5, LOG_5] }, 'default_reminders.1'],
    ['an unknown field', { name: 'A', primary: true }, 'primary'],
  ])('refuse %s', async (_, body, field) => {
    const before = await namesOf(ann.client, '/users/me/calendars');
    const refused = await ann.client.send('POST', '/users/me/calendars', body);
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((error) => error.field)).toContain(field);
    expect(await namesOf(ann.client, '/users/me/calendars')).toEqual(before);
  });

  test('refuse a change without a field', async () => {
    const [{ id }] = (await ann.client.get('/calendars')).body;
    expect((await ann.client.send('PATCH', `/calendars/${id}`, {})).status).toBe(400);
  });

  test.each([
    ['GET', '/calendars/999999', 404],
    ['PATCH', '/calendars/999999', 404],
    ['DELETE', '/calendars/999999?events=move', 404],
    ['GET', '/calendars/999999/events?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z', 404],
    ['GET', '/users/999999/calendars', 404],
    ['GET', '/calendars/x', 400],
  ])('that do not exist: %s %s is %i', async (method, path, status) => {
    const { body, status: given } = await ann.client.send(
      method,
      path,
      method === 'PATCH' ? { name: 'A' } : undefined,
    );
    expect(given).toBe(status);
    expect(body.code).toMatch(/^(?:(?:calendar|user)_not_found|invalid_input)$/);
  });

  test('are at most a hundred of one user, in a crowd too', async () => {
    const [user] = await createUsers(anyone, 1);
    const path = `/users/${user}/calendars` as const;
    for (let place = 1; place < 98; place += 1) await anyone.create(path, { name: `${place}` });
    const crowd = await Promise.all([1, 2, 3, 4].map(async () => anyone.post(path, { name: 'last' })));
    expect(crowd.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 409, 409]);
    const refused = await anyone.send('POST', path, { name: 'beyond' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'too_many_calendars' } });
    const page = await anyone.get(`${path}?limit=1000`);
    expect([page.body.length, nextPage(page)]).toEqual([100, undefined]);
  });

  test('give a repeated creation the same calendar', async () => {
    const key = { 'idempotency-key': 'calendar-1' };
    const first = await ann.client.send('POST', '/users/me/calendars', { name: 'Once' }, key);
    const second = await ann.client.send('POST', '/users/me/calendars', { name: 'Once' }, key);
    expect([second.status, second.body.id]).toEqual([201, first.body.id]);
  });
});

describe('with DIRECTORY=shared', () => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startTestApplication({ DIRECTORY: 'shared' });
  });
  afterAll(async () => application.close());

  test('a stranger gets the response to a calendar that does not exist', async () => {
    const anyone = new Client(application.url);
    const [ann, eve] = [await signUp(anyone, 'ann'), await signUp(anyone, 'eve')];
    const [{ id }] = (await ann.client.get('/calendars')).body;
    const window = 'from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z';
    for (const [method, path] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', '?events=delete'],
      ['GET', `/events?${window}`],
    ]) {
      const body = method === 'PATCH' ? { name: 'x' } : undefined;
      const [hidden, absent] = [
        await eve.client.send(method, `/calendars/${id}${path}`, body),
        await eve.client.send(method, `/calendars/999${path}`, body),
      ];
      expect(hidden.status).toBe(404);
      expect(JSON.stringify(hidden.body).replaceAll(`${id}`, '999')).toBe(
        JSON.stringify(absent.body).replaceAll(`${id}`, '999'),
      );
    }
    expect((await eve.client.get(`/users/${ann.id}/calendars`)).status).toBe(404);
  });
});
