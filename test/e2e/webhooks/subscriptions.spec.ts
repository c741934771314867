import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, nextPage, type ServiceResponse } from '../../support/client/client.js';
import { primaryCalendarOf } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey, addTenant, type TestTenant } from '../../support/tenants/tenant.js';

const URL = 'https://192.0.2.1.example.com/hook';
const PATH = '/webhook-subscriptions';
const TYPES = ['event.created', 'event.deleted'];

/** The body of a subscription, or of a problem. */
interface Posted {
  readonly id: number;
  readonly secret: string;
  readonly created_at: string;
  readonly created_by_key_id: number | null;
  readonly detail: string;
}

async function post(client: Client, fields: object = {}): Promise<ServiceResponse<Posted>> {
  const response: ServiceResponse = await client.send('POST', PATH, { url: URL, types: TYPES, ...fields });
  return response as ServiceResponse<Posted>;
}

describe('webhook subscriptions', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let other: TestTenant;
  let ann: Account;
  let bob: Account;

  beforeAll(async () => {
    application = await startTestApplication({ WEBHOOK_DISPATCH: 'off', WEBHOOK_ALLOW_PRIVATE: 'true' });
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    other = await addTenant(application, 'other');
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => application.close());
  afterEach(async () => query(application.database.url, 'DELETE FROM webhook_subscriptions'));

  test('of a user are made, read, listed and deleted by the user', async () => {
    const created = await post(ann.client, { user_id: ann.id });
    const { id, secret, ...shown } = created.body;
    expect(created).toMatchObject({
      status: 201,
      body: { secret: expect.stringMatching(/^whsec_[\w+/]{43}=$/) },
    });
    expect(created.headers.get('location')).toBe(`${PATH}/${id}`);
    expect(created.headers.get('cache-control')).toBe('no-store');
    expect(shown).toEqual({
      url: URL,
      types: TYPES,
      user_id: ann.id,
      calendar_id: null,
      status: 'active',
      disabled_reason: null,
      failing_since: null,
      previous_secret_expires_at: null,
      created_by_key_id: null,
      created_at: expect.any(String),
      updated_at: shown.created_at,
    });
    expect(await ann.client.get(`${PATH}/${id}`)).toMatchObject({ status: 200, body: { id, ...shown } });
    const { body: listed } = await ann.client.get(PATH);
    expect(listed).toEqual([{ id, ...shown }]);
    expect((await ann.client.delete(`${PATH}/${id}`)).status).toBe(204);
    expect(await ann.client.get(`${PATH}/${id}`)).toMatchObject({
      status: 404,
      body: { code: 'webhook_subscription_not_found' },
    });
    expect(secret).toBeDefined();
  });

  test('keep the secret sealed in the database', async () => {
    const { body } = await post(ann.client, { user_id: ann.id });
    const rows = await query<{ row: string }>(
      application.database.url,
      'SELECT s::text AS row FROM webhook_subscriptions s',
    );
    expect(rows).toHaveLength(1);
    expect(rows[0].row).not.toContain(body.secret.slice(6));
    expect(rows[0].row).not.toContain('whsec');
  });

  test('are listed in pages', async () => {
    for (let count = 0; count < 3; count += 1) await post(ann.client, { user_id: ann.id });
    const page = await ann.client.get(`${PATH}?limit=2`);
    expect(page.body).toHaveLength(2);
    const rest = await ann.client.get(nextPage(page) as typeof PATH);
    expect(rest.body).toHaveLength(1);
    expect(nextPage(rest)).toBeUndefined();
  });

  test.each<[string, object, number, string, string]>([
    ['an unknown type', { types: ['event.created', 'event.moved'] }, 400, 'invalid_input', 'types'],
    ['no type', { types: [] }, 400, 'invalid_input', 'types'],
    ['a type of the service', { types: ['webhook.test'] }, 400, 'invalid_input', 'types'],
    ['another scheme', { url: 'ftp://example.com' }, 400, 'invalid_input', 'url'],
    ['a password in the URL', { url: 'https://a:b@example.com' }, 400, 'invalid_input', 'url'],
    ['no URL', { url: 'example.com' }, 400, 'invalid_input', 'url'],
    ['a user and a calendar', { calendar_id: 1 }, 400, 'invalid_input', 'calendar_id'],
    ['an unknown field', { secret: 'mine' }, 400, 'invalid_input', 'secret'],
    ['no user', { user_id: 999_999 }, 404, 'user_not_found', 'user_id'],
    ['no calendar', { user_id: undefined, calendar_id: 999_999 }, 404, 'calendar_not_found', 'calendar_id'],
  ])('are refused for %s', async (_, fields, status, code, field) => {
    expect(await post(ann.client, { user_id: ann.id, ...fields })).toMatchObject({
      status,
      body: { code, errors: [{ field }] },
    });
  });

  test('name an unknown type in their refusal', async () => {
    const refused = await post(ann.client, { user_id: ann.id, types: ['event.created', 'event.moved'] });
    expect(refused.body.detail).toContain('event.moved');
  });

  test('of other users are not for a person', async () => {
    expect(await post(bob.client, { user_id: ann.id })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const calendar = await primaryCalendarOf(ann);
    expect(await post(bob.client, { calendar_id: calendar })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    const { body } = await post(ann.client, { calendar_id: calendar });
    expect(body).toMatchObject({ user_id: ann.id, calendar_id: calendar });
    for (const method of ['GET', 'DELETE'])
      expect((await bob.client.send(method, `${PATH}/${body.id}`)).status).toBe(404);
    expect((await bob.client.send('PATCH', `${PATH}/${body.id}`, { status: 'disabled' })).status).toBe(404);
    for (const action of ['test', 'rotate-secret'])
      expect((await bob.client.send('POST', `${PATH}/${body.id}:${action}`)).status).toBe(404);
    expect((await bob.client.send('GET', `${PATH}/${body.id}/deliveries`)).status).toBe(404);
    expect((await bob.client.get(PATH)).body).toEqual([]);
  });

  test('of a tenant are for keys alone', async () => {
    expect(await post(ann.client)).toMatchObject({ status: 403, body: { code: 'key_required' } });
    expect(await post(anyone)).toMatchObject({ status: 401, body: { code: 'token_required' } });
    expect(await post(backend)).toMatchObject({ status: 201, body: { user_id: null, calendar_id: null } });
  });

  test('of a tenant are hidden from persons and from other tenants', async () => {
    const { body } = await post(backend);
    for (const client of [ann.client, other.backend, anyone])
      expect((await client.get(`${PATH}/${body.id}`)).status).toBe(404);
    expect((await other.backend.get(PATH)).body).toEqual([]);
    expect(await post(other.backend, { user_id: ann.id })).toMatchObject({ status: 404 });
  });

  test('are not for a key that acts as a user', async () => {
    expect(await post(backend.as(ann.id), { user_id: ann.id })).toMatchObject({
      status: 403,
      body: { code: 'reauthentication_required' },
    });
    const { body } = await post(backend, { user_id: ann.id });
    const asAnn = backend.as(ann.id);
    expect((await asAnn.get(`${PATH}/${body.id}`)).status).toBe(200);
    expect(await asAnn.send('POST', `${PATH}/${body.id}:rotate-secret`)).toMatchObject({
      status: 403,
      body: { code: 'reauthentication_required' },
    });
  });

  test('need the scope of webhooks', async () => {
    const { body } = await backend.create('/api-keys', { name: 'narrow', scopes: ['events.read'] });
    const narrow = anyone.with((body as { key: string }).key);
    expect(await post(narrow)).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  });

  test('outlive the key that made them', async () => {
    const { body: key } = await backend.create('/api-keys', { name: 'maker', scopes: ['webhooks.write'] });
    const { body } = await post(anyone.with((key as { key: string }).key));
    expect(body.created_by_key_id).toBe(key.id);
    await backend.delete(`/api-keys/${key.id}`);
    expect(await backend.get(`${PATH}/${body.id}`)).toMatchObject({
      status: 200,
      body: { status: 'active', created_by_key_id: key.id },
    });
  });

  test.each<[string, () => [Client, object], number]>([
    ['user', () => [ann.client, { user_id: ann.id }], 20],
    ['tenant', () => [backend, {}], 100],
  ])('of a %s are limited, also if they are made at the same time', async (_, caller, max) => {
    const [client, fields] = caller();
    const responses = await Promise.all(Array.from({ length: max + 5 }, async () => post(client, fields)));
    const statuses = responses.map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(max);
    const refused = responses.filter(({ status }) => status !== 201);
    expect(refused[0]).toMatchObject({ status: 409, body: { code: 'too_many_subscriptions' } });
    expect(refused).toHaveLength(5);
    // The limit of one owner is not that of another.
    expect((await post(bob.client, { user_id: bob.id })).status).toBe(201);
  });

  test('get another secret, beside which the previous one lives for a day', async () => {
    const { body } = await post(ann.client, { user_id: ann.id });
    const rotated = await ann.client.send('POST', `${PATH}/${body.id}:rotate-secret`);
    const shown = rotated.body as { secret: string; previous_secret_expires_at: string };
    expect(rotated.status).toBe(200);
    expect(shown.secret).toMatch(/^whsec_/);
    expect(shown.secret).not.toBe(body.secret);
    const left = Date.parse(shown.previous_secret_expires_at) - Date.now();
    expect(Math.abs(left - 24 * 3_600_000)).toBeLessThan(60_000);
  });

  test('do not repeat a secret', async () => {
    const key = { 'idempotency-key': 'once' };
    const first = await ann.client.send('POST', PATH, { url: URL, types: TYPES, user_id: ann.id }, key);
    expect(first.status).toBe(201);
    expect(
      await ann.client.send('POST', PATH, { url: URL, types: TYPES, user_id: ann.id }, key),
    ).toMatchObject({
      status: 409,
      body: { code: 'secret_not_repeated' },
    });
  });

  test('are disabled and enabled, with a reason', async () => {
    const { body } = await post(ann.client, { user_id: ann.id });
    const path = `${PATH}/${body.id}` as const;
    expect(await ann.client.patch(path, { status: 'disabled' })).toMatchObject({
      status: 200,
      body: { status: 'disabled', disabled_reason: 'requested' },
    });
    expect(await ann.client.send('POST', `${path}:test`)).toMatchObject({
      status: 409,
      body: { code: 'subscription_disabled' },
    });
    expect(await ann.client.patch(path, { status: 'active' })).toMatchObject({
      status: 200,
      body: { status: 'active', disabled_reason: null },
    });
    expect(await ann.client.send('PATCH', path, { status: 'paused' })).toMatchObject({ status: 400 });
    expect(await ann.client.send('PATCH', path, {})).toMatchObject({ status: 400 });
  });

  test('of a user who had no password end with the first one', async () => {
    const { body: carl } = await anyone.create('/users', { name: 'carl', email: 'carl@example.com' });
    const { body } = await post(anyone, { user_id: carl.id });
    expect((await anyone.get(PATH)).body).toMatchObject([{ id: body.id }]);
    await backend.patch(`/users/${carl.id}`, { password: PASSWORD });
    expect((await backend.get(`${PATH}/${body.id}`)).status).toBe(404);
  });

  test('end with the user', async () => {
    const { body: dora } = await backend.create('/users', { name: 'dora', email: 'dora@example.com' });
    const { body: ofUser } = await post(backend, { user_id: dora.id });
    const [calendar] = (await backend.get(`/users/${dora.id}/calendars`)).body;
    const { body: ofCalendar } = await post(backend, { calendar_id: calendar.id });
    await backend.delete(`/users/${dora.id}`);
    expect((await backend.get(`${PATH}/${ofUser.id}`)).status).toBe(404);
    expect((await backend.get(`${PATH}/${ofCalendar.id}`)).status).toBe(404);
  });
});

describe('the URL of a webhook subscription', () => {
  let application: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication({ WEBHOOK_DISPATCH: 'off' });
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  test.each([
    'http://127.0.0.1/hook',
    'http://localhost:8080',
    'https://10.0.0.1',
    'https://169.254.169.254/latest/meta-data',
    'http://[::1]',
    'http://[::ffff:10.0.0.1]',
    'http://2130706433',
  ])('may not be %s', async (url) => {
    expect(await backend.send('POST', PATH, { url, types: TYPES })).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ field: 'url', message: 'must be at a public address' }] },
    });
  });

  test('may not have a host name that does not resolve', async () => {
    const url = 'https://hooks.nowhere.invalid/';
    const message = 'must have a host name that resolves, and to public addresses alone';
    expect(await backend.send('POST', PATH, { url, types: TYPES })).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ field: 'url', message }] },
    });
  });

  test('may be a public address', async () => {
    expect(await backend.send('POST', PATH, { url: 'https://93.184.216.34/', types: TYPES })).toMatchObject({
      status: 201,
    });
  });
});
