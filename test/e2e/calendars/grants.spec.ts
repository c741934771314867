import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewReminder } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, nextPage } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey, addTenant } from '../../support/tenants/tenant.js';

const to = (userId: number) => ({ type: 'user', user_id: userId }) as const;

describe('grants', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  let calendar: number;
  let path: `/calendars/${number}/grants`;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
    eve = await signUp(anyone, 'eve');
  });
  afterAll(async () => application.close());

  beforeEach(async () => {
    calendar = await addCalendar(ann, 'Shared');
    path = `/calendars/${calendar}/grants`;
  });

  test('begin with one for the tenant, whose role is that of a reader', async () => {
    const grants = [{ grantee: { type: 'tenant' }, role: 'reader', sees_private: false }];
    for (const id of [calendar, await primaryCalendarOf(ann)])
      expect(await ann.client.get(`/calendars/${id}/grants`)).toMatchObject({ status: 200, body: grants });
  });

  test('are created, listed, changed and deleted by the user of the calendar', async () => {
    const created = await ann.client.post(path, { grantee: to(bob.id), role: 'writer', sees_private: true });
    const grant = { grantee: to(bob.id), role: 'writer', sees_private: true };
    expect(created).toMatchObject({ status: 201, body: grant });
    const { id } = created.body;
    expect(created.headers.get('location')).toBe(`${path}/${id}`);
    expect((await ann.client.get(path)).body).toMatchObject([
      { grantee: { type: 'tenant' } },
      { id, ...grant },
    ]);
    expect(await ann.client.patch(`${path}/${id}`, { role: 'reader' })).toMatchObject({
      status: 200,
      body: { id, ...grant, role: 'reader' },
    });
    expect(await ann.client.patch(`${path}/${id}`, { sees_private: false })).toMatchObject({
      body: { role: 'reader', sees_private: false },
    });
    expect((await ann.client.delete(`${path}/${id}`)).status).toBe(204);
    expect((await ann.client.get(path)).body).toHaveLength(1);
  });

  test('are listed in pages', async () => {
    for (const { id } of [bob, eve]) await share(ann.client, calendar, id, 'reader');
    const page = await ann.client.get(`${path}?limit=2`);
    expect(page.body).toHaveLength(2);
    const rest = await ann.client.get(nextPage(page) as typeof path);
    expect(rest.body).toMatchObject([{ grantee: to(eve.id) }]);
    expect(nextPage(rest)).toBeUndefined();
  });

  test.each<[string, object, number, string, string | null]>([
    ["the calendar's own user", { type: 'user', user_id: 'ann' }, 400, 'invalid_input', 'grantee.user_id'],
    ['no user', { type: 'user', user_id: 999_999 }, 404, 'user_not_found', 'grantee.user_id'],
    ['a user without an id', { type: 'user' }, 400, 'invalid_input', 'grantee.user_id'],
    ['the tenant by an id', { type: 'tenant', user_id: 'bob' }, 400, 'invalid_input', 'grantee.user_id'],
    ['another type', { type: 'group' }, 400, 'invalid_input', 'grantee.type'],
    ['the tenant again', { type: 'tenant' }, 409, 'grant_exists', null],
  ])('are refused to %s, and nothing changes', async (_, grantee, status, code, field) => {
    const ids = { ann: ann.id, bob: bob.id };
    const named = Object.fromEntries(
      Object.entries(grantee).map(([name, value]) => [name, ids[value as 'ann'] ?? value]),
    );
    const { body, ...refused } = await ann.client.send('POST', path, { grantee: named, role: 'reader' });
    expect([refused.status, body.code]).toEqual([status, code]);
    expect(body.errors ?? []).toMatchObject(field === null ? [] : [{ field }]);
    expect((await ann.client.get(path)).body).toHaveLength(1);
  });

  test.each([
    ['user', 'is required for a grant to a user'],
    ['tenant', 'must be absent for a grant to the tenant'],
  ])('are refused in plain words: %s', async (type, message) => {
    const grantee = { type, ...(type === 'tenant' && { user_id: bob.id }) };
    const { body } = await ann.client.send('POST', path, { grantee, role: 'reader' });
    expect(body.errors).toEqual([{ field: 'grantee.user_id', message }]);
  });

  test('are refused to a user of another tenant, as to an unknown id', async () => {
    const { backend: other } = await addTenant(application, 'Other');
    const { body: stranger } = await other.create('/users', { name: 'eve', email: 'eve@other.example.com' });
    const refused = await ann.client.send('POST', path, { grantee: to(stranger.id), role: 'reader' });
    const errors = [{ field: 'grantee.user_id' }];
    expect(refused).toMatchObject({ status: 404, body: { code: 'user_not_found', errors } });
    expect((await ann.client.get(path)).body).toHaveLength(1);
    expect(await other.get(path)).toMatchObject({ status: 404, body: { code: 'calendar_not_found' } });
  });

  test('are refused a second time to a user, with a name of the grantee', async () => {
    await share(ann.client, calendar, bob.id, 'none');
    expect(await ann.client.send('POST', path, { grantee: to(bob.id), role: 'reader' })).toMatchObject({
      status: 409,
      body: { code: 'grant_exists', detail: expect.stringContaining(String(bob.id)) },
    });
  });

  test('are one for a grantee, also if requests race', async () => {
    const body = { grantee: to(bob.id), role: 'reader' };
    const answers = await Promise.all([1, 2, 3, 4].map(async () => ann.client.send('POST', path, body)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409]);
  });

  test('are refused for a role that there is not', async () => {
    const refused = await ann.client.send('POST', path, { grantee: to(bob.id), role: 'editor' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'role' }] } });
    expect(await ann.client.send('POST', path, { grantee: to(bob.id) })).toMatchObject({ status: 400 });
  });

  test.each(['reader', 'writer', 'free_busy_reader'] as const)(
    "are not changed by a %s, who sees their own and the tenant's",
    async (role) => {
      const own = await share(ann.client, calendar, bob.id, role);
      const others = await share(ann.client, calendar, eve.id, 'reader');
      expect((await bob.client.get(path)).body.map(({ grantee }) => grantee)).toEqual([
        { type: 'tenant' },
        to(bob.id),
      ]);
      const requests = [
        ['POST', path, { grantee: to(eve.id), role: 'reader' }, 403],
        ['PATCH', `${path}/${own}`, { role: 'owner' }, 403],
        ['PATCH', `${path}/${others}`, { role: 'none' }, 403],
        ['DELETE', `${path}/${others}`, undefined, 403],
      ] as const;
      for (const [method, url, body, status] of requests)
        expect([url, (await bob.client.send(method, url, body)).status]).toEqual([url, status]);
      expect(await bob.client.patch(`/calendars/${calendar}`, { name: 'Taken' })).toMatchObject({
        status: 403,
      });
      expect((await ann.client.get(path)).body).toMatchObject([
        { role: 'reader' },
        { role },
        { role: 'reader' },
      ]);
    },
  );

  test('are changed by an owner, who also changes and deletes the calendar', async () => {
    await share(ann.client, calendar, bob.id, 'owner');
    const grant = await share(bob.client, calendar, eve.id, 'reader');
    expect(await bob.client.patch(`${path}/${grant}`, { role: 'none' })).toMatchObject({ status: 200 });
    expect(await bob.client.delete(`${path}/${grant}`)).toMatchObject({ status: 204 });
    expect(await bob.client.patch(`/calendars/${calendar}`, { name: 'Ours' })).toMatchObject({
      status: 200,
      body: { name: 'Ours', role: 'owner' },
    });
    expect((await bob.client.delete(`/calendars/${calendar}?events=move`)).status).toBe(204);
    expect((await ann.client.get(`/calendars/${calendar}`)).status).toBe(404);
  });

  test('let no owner change the reminders, which are private to the user of the calendar', async () => {
    await share(ann.client, calendar, bob.id, 'owner');
    const told = { minutes_before: 5, method: 'webhook' as const, url: 'https://example.com/told' };
    const change = async ({ client }: Account, default_reminders: NewReminder[] | null) =>
      (await client.patch(`/calendars/${calendar}`, { default_reminders })).status;
    expect([await change(bob, [told]), await change(bob, null)]).toEqual([403, 403]);
    expect((await ann.client.get(`/calendars/${calendar}`)).body.default_reminders).toBeNull();
    expect(await change(ann, [{ minutes_before: 5 }])).toBe(200);
  });

  test('are seen and changed by a key, and not by a person of no role', async () => {
    await share(backend, calendar, bob.id, 'none');
    expect((await backend.get(path)).body).toHaveLength(2);
    for (const url of [`/calendars/${calendar}`, path] as const)
      expect(await bob.client.get(url)).toMatchObject({ status: 404, body: { code: 'calendar_not_found' } });
    expect(
      (await bob.client.send('POST', path, { grantee: { type: 'tenant' }, role: 'reader' })).status,
    ).toBe(404);
  });

  describe('are given up by their grantee', () => {
    test('so that the grant of the tenant holds', async () => {
      const grant = await share(ann.client, calendar, bob.id, 'owner');
      expect((await bob.client.delete(`${path}/${grant}`)).status).toBe(204);
      expect((await bob.client.get(`/calendars/${calendar}`)).body).toMatchObject({ role: 'reader' });
    });

    test.each<['none' | 'free_busy_reader' | 'reader', 'reader' | 'reader+', number]>([
      ['none', 'reader', 404],
      ['free_busy_reader', 'reader', 403],
      ['reader', 'reader+', 403],
      ['reader', 'reader', 204],
    ])('of the role %s, unless the tenant, with %s, may do more: %d', async (own, tenants, status) => {
      const grant = await share(ann.client, calendar, bob.id, own);
      await shareWithTenant(ann.client, calendar, tenants);
      expect((await bob.client.delete(`${path}/${grant}`)).status).toBe(status);
      expect((await ann.client.get(path)).body).toHaveLength(status === 204 ? 1 : 2);
    });
  });

  test('give the role with which a calendar is listed; no list has a calendar of the role none', async () => {
    const [hidden, times, own] = [
      await addCalendar(ann, 'Hidden'),
      await addCalendar(ann, 'Times'),
      await addCalendar(bob, 'Own'),
    ];
    await share(ann.client, hidden, bob.id, 'none');
    await share(ann.client, times, bob.id, 'free_busy_reader');
    await share(ann.client, calendar, bob.id, 'writer');
    const listed = (await bob.client.get('/calendars')).body.map(({ id, name, role }) => [id, name, role]);
    expect(listed.filter(([id]) => [hidden, times, own, calendar].includes(id as number))).toEqual([
      [calendar, 'Shared', 'writer'],
      [times, null, 'free_busy_reader'],
      [own, 'Own', 'owner'],
    ]);
    // Those on which the tenant alone has a grant are no calendars of the caller.
    expect(listed.map(([id]) => id)).not.toContain(await primaryCalendarOf(ann));
    const ofAnn = (await bob.client.get(`/users/${ann.id}/calendars`)).body;
    expect(ofAnn.map(({ id }) => id)).toEqual(expect.arrayContaining([times, calendar]));
    expect(ofAnn.map(({ id }) => id)).not.toContain(hidden);
    expect(ofAnn.find(({ id }) => id === times)).toMatchObject({ name: null, color: null });
  });

  test('end with the deletion of their grantee', async () => {
    const fay = await signUp(anyone, 'fay');
    await share(ann.client, calendar, fay.id, 'writer');
    expect((await backend.delete(`/users/${fay.id}`)).status).toBe(204);
    expect((await ann.client.get(path)).body).toHaveLength(1);
  });

  test('end with the deletion of their calendar', async () => {
    const grant = await share(ann.client, calendar, bob.id, 'owner');
    expect((await ann.client.delete(`/calendars/${calendar}?events=move`)).status).toBe(204);
    const requests = [
      ['GET', path, undefined],
      ['POST', path, { grantee: to(eve.id), role: 'reader' }],
      ['PATCH', `${path}/${grant}`, { role: 'none' }],
      ['DELETE', `${path}/${grant}`, undefined],
    ] as const;
    for (const client of [ann.client, bob.client, backend]) {
      for (const [method, url, body] of requests) {
        const absent = { status: 404, body: { code: 'calendar_not_found' } };
        expect(await client.send(method, url, body)).toMatchObject(absent);
      }
    }
    expect((await bob.client.get('/calendars')).body.map(({ id }) => id)).not.toContain(calendar);
    const rows = await query(
      application.database.url,
      `SELECT FROM calendar_grants WHERE calendar_id = ${calendar}`,
    );
    expect(rows).toEqual([]);
  });

  test.each<[string, string, object | undefined]>([
    ['DELETE', '?events=move', undefined],
    ['PATCH', '', { name: 'Taken' }],
    ['POST', '/grants', { grantee: { type: 'user', user_id: 3 }, role: 'owner' }],
  ])('give no right to a change that begins before they end: %s %s', async (method, place, body) => {
    const grant = await share(ann.client, calendar, bob.id, 'owner');
    const revocation = query(
      application.database.url,
      `BEGIN; SELECT FROM calendars WHERE id = ${calendar} FOR NO KEY UPDATE;
       DELETE FROM calendar_grants WHERE id = ${grant}; SELECT pg_sleep(0.5); COMMIT`,
    );
    await eventually(async () => {
      const sleeping = `SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()`;
      return (await query(application.database.url, sleeping)).length > 0;
    });
    const changed = await bob.client.send(method, `/calendars/${calendar}${place}`, body);
    await revocation;
    expect(changed.status).toBe(403);
    expect((await ann.client.get(path)).body).toHaveLength(1);
  });

  test('are bounded in number', async () => {
    await query(
      application.database.url,
      `INSERT INTO users (name, email, normalised_email) SELECT 'u', 'g' || n || '@example.com', 'g' || n || '@example.com' FROM generate_series(1, 499) n;
       INSERT INTO calendar_grants (calendar_id, user_id, role) SELECT ${calendar}, id, 'reader' FROM users WHERE name = 'u'`,
    );
    const refused = await ann.client.send('POST', path, { grantee: to(bob.id), role: 'reader' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'too_many_grants' } });
  });

  test('come from the replay of a repeated request only as far as the caller sees them', async () => {
    await share(ann.client, calendar, bob.id, 'owner');
    const request = { grantee: to(eve.id), role: 'reader' } as const;
    const keyed = bob.client.withHeaders({ 'idempotency-key': 'grant-eve' });
    const { body } = await keyed.post(path, request);
    expect(await keyed.post(path, request)).toMatchObject({ status: 201, body: { id: body.id } });
    await shareWithTenant(ann.client, calendar, 'none');
    const own = (await ann.client.get(path)).body.find(({ grantee }) => grantee.user_id === bob.id)?.id;
    await ann.client.delete(`${path}/${own}`);
    expect((await keyed.post(path, request)).status).toBe(404);
  });
});

test.each(['none', 'free_busy_reader', 'writer'] as const)(
  'DEFAULT_CALENDAR_ROLE=%s is the role of the tenant on new calendars',
  async (role) => {
    const application = await startTestApplication({ DEFAULT_CALENDAR_ROLE: role });
    try {
      const ann = await signUp(new Client(application.url), 'ann');
      const grants = [{ grantee: { type: 'tenant' }, role, sees_private: false }];
      for (const id of [await primaryCalendarOf(ann), await addCalendar(ann, 'Work')])
        expect((await ann.client.get(`/calendars/${id}/grants`)).body).toMatchObject(grants);
    } finally {
      await application.close();
    }
  },
);

test('an instance of the version before gives the tenant the role of a reader on the calendars of its users', async () => {
  const application = await startTestApplication({ DEFAULT_CALENDAR_ROLE: 'none' });
  try {
    const { url } = application.database;
    await query(
      url,
      `INSERT INTO users (name, email, normalised_email) VALUES ('old', 'old@example.com', 'old@example.com')`,
    );
    expect(
      await query(
        url,
        `SELECT g.role, g.user_id FROM calendar_grants g JOIN calendars c ON c.id = g.calendar_id
           JOIN users u ON u.id = c.user_id WHERE u.name = 'old'`,
      ),
    ).toEqual([{ role: 'reader', user_id: null }]);
  } finally {
    await application.close();
  }
});
