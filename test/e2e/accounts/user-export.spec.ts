import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { UserExport } from '../../../clients/typescript/src/schema.js';
import { MAX_EXPORTS_AT_ONCE } from '../../../src/accounts/read/user-export.service.js';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share } from '../../support/client/sharing.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
const EVENTS = 2_000;
const START = '2026-04-06T10:00:00Z';

/** Every field that an export has, by its place. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  '': [
    'user',
    'calendars',
    'grants',
    'events',
    'invites',
    'reminders',
    'webhook_subscriptions',
    'calendar_feeds',
    'calendar_subscriptions',
    'holds',
    'changes',
  ],
  user: [
    'id',
    'kind',
    'name',
    'email',
    'created_at',
    'updated_at',
    'time_zone',
    'working_hours',
    'availability_overrides',
    'away',
    'double_booking',
    'invitations',
    'email_verified',
    'default_reminders',
    'external_id',
    'metadata',
  ],
  calendars: [
    'id',
    'user_id',
    'name',
    'color',
    'time_zone',
    'counts_as_busy',
    'default_reminders',
    'primary',
    'read_only',
    'position',
    'role',
    'external_id',
    'metadata',
    'created_at',
    'updated_at',
  ],
  'calendars.default_reminders': ['minutes_before', 'method'],
  'calendars.metadata': [],
  grants: ['calendar_id', 'id', 'grantee', 'role', 'sees_private', 'created_at', 'updated_at'],
  'grants.grantee': ['type', 'user_id'],
  'user.default_reminders': ['minutes_before', 'method'],
  'user.metadata': [],
  'events.metadata': [],
  events: [
    'redacted',
    'id',
    'title',
    'description',
    'location',
    'start_date',
    'end_date',
    'duration',
    'all_day',
    'floating',
    'time_zone',
    'end_time_zone',
    'organizer_user_id',
    'owner_user_id',
    'imported',
    'calendar_id',
    'visibility',
    'show_as',
    'status',
    'repeat',
    'rrule',
    'recurrence',
    'attendees',
    'attendees_omitted',
    'version',
    'created_at',
    'updated_at',
    'changed_occurrences',
    'url',
    'color',
    'categories',
    'conference',
    'external_id',
    'metadata',
  ],
  'events.repeat': ['frequency'],
  'events.attendees': [
    'status',
    'role',
    'only_occurrences',
    'user',
    'guest',
    'invite_id',
    'comment',
    'created_at',
    'updated_at',
  ],
  'events.attendees.user': ['id', 'kind', 'name', 'email', 'created_at', 'updated_at'],
  'events.changed_occurrences': [
    'redacted',
    'event_id',
    'start',
    'end',
    'original_start',
    'status',
    'title',
    'description',
    'location',
    'show_as',
    'answers',
    'attendees_omitted',
  ],
  'events.changed_occurrences.answers': ['user_id', 'invite_id', 'status', 'removed', 'comment'],
  invites: ['id', 'event_id', 'user_id', 'guest', 'status', 'comment', 'created_at', 'updated_at'],
  reminders: ['event_id', 'use_default', 'overrides', 'reminders'],
  'reminders.overrides': ['minutes_before', 'method'],
  'reminders.reminders': ['minutes_before', 'method'],
  webhook_subscriptions: [
    'id',
    'url',
    'types',
    'user_id',
    'calendar_id',
    'status',
    'disabled_reason',
    'failing_since',
    'previous_secret_expires_at',
    'created_by_key_id',
    'created_at',
    'updated_at',
  ],
  changes: ['event_id', 'version', 'kind', 'api_key_id', 'at'],
};

/** The fields of each object in a document, by its place. */
function fieldsOf(value: unknown, place = '', found: Record<string, string[]> = {}): typeof found {
  if (Array.isArray(value)) for (const item of value) fieldsOf(item, place, found);
  else if (value !== null && typeof value === 'object') {
    found[place] = [...new Set([...(found[place] ?? []), ...Object.keys(value)])];
    for (const [name, part] of Object.entries(value))
      fieldsOf(part, place ? `${place}.${name}` : name, found);
  }
  return found;
}

function sorted(fields: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(fields).map(([place, names]) => [place, names.toSorted()]));
}

async function create({ id, client }: Account, fields: Record<string, unknown>) {
  const { status, body } = await client.send('POST', '/events', {
    organizer_user_id: id,
    start_date: START,
    duration: 3600,
    ...fields,
  });
  expect(status).toBe(201);
  return body;
}

describe('an export', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let ben: Account;

  beforeAll(async () => {
    application = await startTestApplication({
      AUTH_MODE: 'required',
      BOOTSTRAP_API_KEY: ROOT,
      DIRECTORY: 'shared',
      REMINDER_DISPATCH: 'off',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_DISPATCH: 'off',
    });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    ben = await signUp(nobody, 'ben');
    await ann.client.patch(`/users/${ann.id}`, {
      default_reminders: [{ minutes_before: 10, method: 'log' }],
    });
    const { body: work } = await ann.client.create('/users/me/calendars', {
      name: 'Work',
      default_reminders: [{ minutes_before: 7, method: 'log' }],
    });
    await share(backend, work.id, ben.id, 'none');
    await ben.client.post('/users/me/calendars', { name: 'Of Ben' });
    const { body: cid } = await backend.create('/users', { name: 'Cid', email: 'cid@example.com' });
    const own = await create(ann, { title: 'Own', invited_user_ids: [cid.id], visibility: 'private' });
    const series = await create(ben, {
      title: 'Series',
      invited_user_ids: [ann.id],
      repeat: { frequency: 'weekly' },
    });
    await create(ben, { title: 'Of others' });
    await ann.client.send('POST', `/event-invites/${series.attendees[1].invite_id}:accept`, {
      comment: 'Mine',
    });
    await ann.client.send('POST', `/event-invites/${series.attendees[1].invite_id}:decline`, {
      original_start: '2026-04-13T10:00:00Z',
      comment: 'Away',
    });
    await ben.client.send('PATCH', `/events/${series.id}/occurrences/2026-04-20T10:00:00Z`, {
      title: 'Zebra',
    });
    await ann.client.send('PUT', `/users/${ann.id}/events/${own.id}/reminders`, {
      use_default: false,
      overrides: [{ minutes_before: 5, method: 'log' }],
    });
    for (const { id, client } of [ann, ben]) {
      const url = `http://127.0.0.1:9/${id}`;
      await client.create('/webhook-subscriptions', { url, types: ['event.created'], user_id: id });
    }
  });
  afterAll(async () => application.close());

  async function exported(caller: Client, id = ann.id): Promise<UserExport> {
    const { status, body } = await caller.send('GET', `/users/${id}:export`);
    expect(status).toBe(200);
    return body;
  }

  test('has the user, the calendars, the grants, the events, the invites, the reminders, the webhook subscriptions and the own changes, with no other field than these', async () => {
    const data = await exported(ann.client);
    expect(sorted(fieldsOf(data))).toEqual(sorted(FIELDS));
    expect(data.calendars.map(({ name }) => name)).toEqual(['Calendar', 'Work']);
    expect(data.events.map(({ title }) => title)).toEqual(['Own', 'Series']);
    expect(data.events[1]?.changed_occurrences).toMatchObject([
      { original_start: '2026-04-13T10:00:00Z', answers: [{ user_id: ann.id, comment: 'Away' }] },
      { original_start: '2026-04-20T10:00:00Z', title: 'Zebra' },
    ]);
    expect(data.invites).toMatchObject([{ user_id: ann.id, status: 'accepted', comment: 'Mine' }]);
    expect(data.reminders).toMatchObject([{ overrides: [{ minutes_before: 5 }] }]);
    expect(data.webhook_subscriptions).toMatchObject([{ user_id: ann.id, status: 'active' }]);
    const [own, series] = data.events.map(({ id }) => id);
    expect(data.changes.map((change) => [change.event_id, change.version, change.kind])).toEqual([
      [own, 1, 'created'],
      [series, 2, 'updated'],
      [series, 3, 'updated'],
    ]);
  });

  test("shows what the user's own requests show, also to a key", async () => {
    const data = await exported(backend);
    expect(data).toEqual(await exported(ann.client));
    expect(data.user).toEqual((await ann.client.get('/users/me')).body);
    for (const { changed_occurrences: _, imported: __, ...event } of data.events)
      expect(event).toEqual((await ann.client.send('GET', `/events/${event.id}`)).body);
    expect(data.calendars).toEqual((await ann.client.get('/calendars')).body);
    expect(data.invites).toEqual((await ann.client.send('GET', '/users/me/event-invites')).body);
    // With DIRECTORY=shared, ann does not see the address of a user who has not accepted.
    expect(data.events[0]?.attendees[1]?.user).toMatchObject({ name: 'Cid', email: null });
  });

  test("has the grants on the user's calendars and those to the user, but none that hides a calendar of another user", async () => {
    const [main, work] = (await ann.client.get('/calendars')).body.map(({ id }) => id);
    const [shared, hidden] = [await addCalendar(ben, 'Shared'), await addCalendar(ben, 'Hidden')];
    const taken = await share(ben.client, shared, ann.id, 'writer+');
    await share(ben.client, hidden, ann.id, 'none');
    const { body: dee } = await backend.create('/users', { name: 'Dee', email: 'dee@example.com' });
    await share(backend, await primaryCalendarOf(ben), dee.id, 'reader');
    const { grants } = await exported(ann.client);
    expect(grants).toMatchObject([
      { calendar_id: main, grantee: { type: 'tenant' }, role: 'reader' },
      { calendar_id: work, grantee: { type: 'tenant' }, role: 'reader' },
      { calendar_id: work, grantee: { user_id: ben.id }, role: 'none', sees_private: false },
      { id: taken, calendar_id: shared, grantee: { user_id: ann.id }, role: 'writer', sees_private: true },
    ]);
    const [, { calendar_id: _, ...ofWork }] = grants;
    expect((await ann.client.get(`/calendars/${work}/grants`)).body[0]).toEqual(ofWork);
    const ofBen = (await exported(ben.client, ben.id)).grants.map(({ calendar_id: id, role }) => [id, role]);
    expect(ofBen).toContainEqual([hidden, 'none']);
    expect(ofBen.map(([id]) => id)).not.toContain(work);
  });

  test('has no grant on the calendar of a deleted user, as no other request of the user shows it', async () => {
    const { body: gone } = await backend.create('/users', { name: 'Gone', email: 'gone@example.com' });
    const calendar = await primaryCalendarOf({ client: backend, id: gone.id });
    const grant = await share(backend, calendar, ann.id, 'reader');
    // The record of an event that another user attends keeps the row of the deleted user.
    await backend.create('/events', {
      title: 'Left',
      start_date: START,
      duration: 3600,
      organizer_user_id: gone.id,
      invited_user_ids: [ben.id],
    });
    const ids = async () => (await exported(ann.client)).grants.map(({ id }) => id);
    expect(await ids()).toContain(grant);
    await backend.delete(`/users/${gone.id}`);
    expect((await ann.client.get(`/calendars/${calendar}/grants`)).status).toBe(404);
    expect(await ids()).not.toContain(grant);
  });

  test('is a file that no cache keeps', async () => {
    const { headers } = await ann.client.send('GET', '/users/me:export');
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="user-${ann.id}.json"`,
      'cache-control': 'no-store',
    });
  });

  test('of a user without events is complete', async () => {
    const { body: user } = await backend.create('/users', { name: 'Dan', email: 'dan@example.com' });
    const data = await exported(backend, user.id);
    expect(data).toMatchObject({
      user: { name: 'Dan' },
      events: [],
      invites: [],
      reminders: [],
      webhook_subscriptions: [],
      calendar_feeds: [],
      calendar_subscriptions: [],
      holds: [],
      changes: [],
    });
  });

  describe('of a large calendar', () => {
    let owner: number;

    beforeAll(async () => {
      const { body } = await backend.create('/users', { name: 'Owner', email: 'owner@example.com' });
      owner = body.id;
      await query(
        application.database.url,
        `WITH made AS (
           INSERT INTO events (title, description, organizer_id, time_zone, start, duration, span)
           SELECT 'Event ' || n, repeat('x', 10000), ${owner}, 'UTC', '2026-04-06T10:00:00', 3600,
                  '[2026-04-06T10:00:00Z,2026-04-06T11:00:00Z)' FROM generate_series(1, ${EVENTS}) AS n
           RETURNING id, span)
         INSERT INTO attendees (event_id, user_id, span, status) SELECT id, ${owner}, span, 'organizer' FROM made`,
      );
    });

    /** Requests the export. `read` gets the response, of which nothing has been read. */
    function open(read: (response: IncomingMessage) => void, token = ROOT): void {
      const url = new URL(`/users/${owner}:export`, application.url);
      request(url, { headers: { authorization: `Bearer ${token}` }, agent: false }, read).end();
    }

    test('arrives whole, in many parts', async () => {
      const parts: Buffer[] = [];
      await new Promise((resolve) => {
        open((response) => {
          response.on('data', (part: Buffer) => parts.push(part)).on('end', resolve);
          expect(response.headers['transfer-encoding']).toBe('chunked');
        });
      });
      const data = JSON.parse(Buffer.concat(parts).toString()) as UserExport;
      expect(data.events).toHaveLength(EVENTS);
      expect(new Set(data.events.map(({ id }) => id)).size).toBe(EVENTS);
      expect(parts.length).toBeGreaterThan(20);
    });

    test('waits for a client that reads slowly, and stops when the client leaves', async () => {
      const responses: IncomingMessage[] = [];
      for (let count = 0; count < MAX_EXPORTS_AT_ONCE; count += 1) {
        await new Promise<void>((resolve) => {
          open((response) => {
            responses.push(response.pause());
            resolve();
          });
        });
      }
      const refused = await backend.send('GET', `/users/${owner}:export`);
      expect([refused.status, refused.body.code]).toEqual([503, 'overloaded']);
      for (const response of responses) response.destroy();
      // The places are free again only if the service has stopped.
      await eventually(async () => (await backend.send('GET', `/users/${ann.id}:export`)).status === 200);
    });

    test.each([
      [
        'the password changes',
        async () => backend.patch(`/users/${owner}`, { password: `other ${PASSWORD}` }),
      ],
      ['the user is deleted', async () => backend.send('DELETE', `/users/${owner}`)],
    ])('ends on the way if %s', async (_, end) => {
      await backend.patch(`/users/${owner}`, { password: PASSWORD });
      const { body } = await nobody.post('/auth/login', { email: 'owner@example.com', password: PASSWORD });
      const response = await new Promise<IncomingMessage>((resolve) => {
        open((opened) => resolve(opened.pause()), body.access_token);
      });
      expect(response.statusCode).toBe(200);
      let text = '';
      response.on('data', (part) => (text += part)).pause();
      // The service may end the response before it responds to the change.
      const failure = once(response, 'end').then(() => null, String);
      expect([200, 204]).toContain((await end()).status);
      response.resume();
      expect(await failure).toContain('aborted');
      expect(text.length).toBeGreaterThan(0);
      expect(() => JSON.parse(text)).toThrow(SyntaxError);
    });
  });
});
