import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');

/** Seconds from a deletion to its last step. */
const GRACE = 60;

const PAST = '2026-02-02T10:00:00Z';
const FUTURE = '2026-04-06T10:00:00Z';
const WINDOW = 'from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z';

describe('a user who is deleted', () => {
  const clock = new TestClock();
  let first: TestApplication;
  let second: TestApplication;
  let nobody: Client;
  let backend: Client;
  let users = 0;
  let name: string;
  let ann: Awaited<ReturnType<typeof signUp>>;
  let ben: Awaited<ReturnType<typeof signUp>>;

  beforeAll(async () => {
    const environment = { AUTH_MODE: 'required', BOOTSTRAP_API_KEY: ROOT, REMINDER_DISPATCH: 'off' };
    first = await startTestApplication(environment, clock);
    second = await startTestApplication(environment, clock, undefined, first.database);
    nobody = new Client(first.url);
    backend = nobody.with(ROOT);
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });
  beforeEach(async () => {
    users += 1;
    name = `ann${users}`;
    ann = await signUp(nobody, name);
    ben = await signUp(nobody, `ben${users}`);
  });

  async function sql<Row extends object>(statement: string): Promise<Row[]> {
    return query<Row>(first.database.url, statement);
  }

  async function create({ id, client }: typeof ann, fields: Record<string, unknown>) {
    const { body } = await client.send('POST', '/events', {
      organizer_user_id: id,
      title: 'Secret plan',
      description: 'Nobody must know',
      location: 'Room 1',
      start_date: FUTURE,
      duration: 3600,
      ...fields,
    });
    expect(body).toMatchObject({ id: expect.any(Number) });
    return body;
  }

  async function remove(id: number, search = '', caller = backend): Promise<void> {
    const { status, body } = await caller.send('DELETE', `/users/${id}${search}`);
    expect([status, body]).toEqual([204, null]);
  }

  /** An event of Ben that Ann has accepted. */
  async function answered(fields: Record<string, unknown>) {
    const { id, attendees } = await create(ben, { invited_user_ids: [ann.id], ...fields });
    const invite = attendees[1].invite_id;
    await ann.client.send('POST', `/event-invites/${invite}:accept`, { comment: 'My private comment' });
    return { id, version: (await read(id)).version };
  }

  /** Sends the attendees of an event of Ben. */
  async function writeAttendees(by: string, id: number, ids: readonly number[]) {
    if (by === 'PATCH') return ben.client.send('PATCH', `/events/${id}`, { invited_user_ids: ids });
    if (by === 'batch')
      return ben.client.send('POST', '/events:batch-update', { requests: [{ id, invited_user_ids: ids }] });
    await backend.send('PATCH', `/events/${id}`, { external_id: `past-${id}` });
    return backend.send('PUT', `/events/by-external-id/past-${id}`, {
      title: 'Replaced',
      organizer_user_id: ben.id,
      location: 'Room 1',
      start_date: PAST,
      duration: 3600,
      invited_user_ids: ids,
    });
  }

  const rowOfAnn = async () => sql(`SELECT FROM users WHERE id = ${ann.id}`);

  /** The response to the same request about a user who has never been. */
  async function ofAbsentUser(method: string, path: string, input?: object) {
    const [absentPath, absentInput] = [path, input && JSON.stringify(input)].map((text) =>
      text?.replaceAll(String(ann.id), '999999'),
    );
    return backend.send(method, absentPath as string, absentInput);
  }

  /** Until the last step of every deletion is done. */
  async function graceIsOver(): Promise<void> {
    clock.advance(GRACE);
    await eventually(async () => (await sql('SELECT FROM user_deletions')).length === 0);
  }

  const read = async (id: number) => (await backend.send('GET', `/events/${id}`)).body;

  describe('loses access', () => {
    test('on every instance, from the next request on', async () => {
      const other = new Client(second.url);
      const { body: exchanged } = await backend.post('/auth/token-exchange', { user_id: ann.id });
      const callers = [ann.client, nobody.with(exchanged.access_token)].map((caller) =>
        caller.at(second.url),
      );
      for (const caller of callers) expect((await caller.get('/users/me')).status).toBe(200);
      expect((await backend.as(ann.id).get('/users/me')).status).toBe(200);
      await remove(ann.id, '', ann.client);
      for (const caller of callers) expect((await caller.get('/users/me')).status).toBe(401);
      const credentials = { email: ann.email, password: PASSWORD };
      expect((await other.post('/auth/login', credentials)).status).toBe(401);
      expect((await other.post('/auth/refresh', { refresh_token: ann.refreshToken })).status).toBe(401);
      const acting = await backend.as(ann.id).at(second.url).get('/users/me');
      const exchange = await backend.send('POST', '/auth/token-exchange', { user_id: ann.id });
      for (const { status, body } of [acting, exchange])
        expect([status, (body as { code: string }).code]).toEqual([404, 'user_not_found']);
    });

    test('and leaves no row that served the user alone', async () => {
      const event = await create(ben, { invited_user_ids: [ann.id], start_date: PAST });
      await ann.client.patch(`/users/${ann.id}`, {
        default_reminders: [{ minutes_before: 10, method: 'log' }],
      });
      const own = await create(ann, { repeat: { frequency: 'weekly' } });
      for (const id of [event.id, own.id]) {
        await ann.client.send('PUT', `/users/${ann.id}/events/${id}/reminders`, {
          use_default: false,
          overrides: [{ minutes_before: 5, method: 'log' }],
        });
      }
      await ann.client.withHeaders({ 'idempotency-key': 'once' }).send('POST', '/events', {
        title: 'Own',
        organizer_user_id: ann.id,
        start_date: FUTURE,
        duration: 60,
      });
      await sql(`INSERT INTO external_identities (issuer, subject, user_id, created_at)
                 VALUES ('https://issuer.example', '${name}', ${ann.id}, now())`);
      await sql(`INSERT INTO mailed_tokens (user_id, purpose, hash, email, generation, expires_at)
                 VALUES (${ann.id}, 'verify_email', 'x', '${ann.email}', 0, now() + interval '1 day')`);
      const rows = async () =>
        Promise.all(
          ['refresh_tokens', 'external_identities', 'mailed_tokens', 'pending_reminders', 'event_reminders']
            .map((table) => `SELECT count(*)::integer AS count FROM ${table} WHERE user_id = ${ann.id}`)
            .concat(`SELECT count(*)::integer AS count FROM idempotency_keys WHERE caller = 'user ${ann.id}'`)
            .map(async (count) => (await sql<{ count: number }>(count))[0]?.count ?? 0),
        );
      for (const count of await rows()) expect(count).toBeGreaterThan(0);
      await remove(ann.id);
      expect(await rows()).toEqual([0, 0, 0, 0, 0, 0]);
    });
  });

  test('is in no stored response to the request that created the user', async () => {
    const input = { name: 'Cid', email: `cid-of-${name}@example.com` };
    const keyed = backend.withHeaders({ 'idempotency-key': `creation of ${users}`.replaceAll(' ', '-') });
    const { body: cid } = await keyed.send('POST', '/users', input);
    expect((await keyed.send('POST', '/users', input)).body).toEqual(cid);
    await remove(cid.id);
    const stored = await sql(`SELECT FROM idempotency_keys WHERE answer::text LIKE '%${input.email}%'`);
    expect(stored).toEqual([]);
    const repeated = await keyed.send('POST', '/users', input);
    expect([repeated.status, repeated.body.code]).toEqual([404, 'user_not_found']);
  });

  describe('cannot be found or named', () => {
    test('by any request', async () => {
      const past = await create(ben, { invited_user_ids: [ann.id], start_date: PAST });
      const other = await create(ben, { start_date: PAST });
      await remove(ann.id);
      const { id } = ann;
      const unknown: [string, string, object?][] = [
        ['GET', `/users/${id}`],
        ['PATCH', `/users/${id}`, { name: 'Ghost' }],
        ['POST', `/users/${id}:verify-email`],
        ['DELETE', `/users/${id}`],
        ['GET', `/users/${id}/events?${WINDOW}`],
        ['GET', `/users/${id}/event-invites`],
        ['GET', `/users/${id}/events/${past.id}/reminders`],
        ['GET', `/free-busy?user_ids=${id}&${WINDOW}`],
        ['GET', `/events:nearest-empty-time-interval?duration=1h&user_ids=${id}`],
        ['POST', '/events', { title: 'A', organizer_user_id: id, start_date: FUTURE, duration: 60 }],
        [
          'POST',
          '/events',
          { title: 'A', organizer_user_id: ben.id, invited_user_ids: [id], start_date: FUTURE, duration: 60 },
        ],
      ];
      for (const [method, path, input] of unknown) {
        const { status, body } = await backend.send(method, path, input);
        expect([method, path, status]).toEqual([method, path, 404]);
        expect(body.code).toBe('user_not_found');
        const absent = await ofAbsentUser(method, path, input);
        expect(absent.body.code).toBe(body.code);
      }
      for (const invited of [id, 999_999]) {
        const { status, body } = await backend.send('PATCH', `/events/${other.id}`, {
          invited_user_ids: [invited],
        });
        expect([status, body.code]).toEqual([404, 'user_not_found']);
      }
      expect((await backend.get(`/users?email=${ann.email}`)).body).toEqual([]);
      expect((await backend.get(`/users?email=deleted-${id}@deleted.invalid`)).body).toEqual([]);
    });

    test('and does not hinder a change of the events that others organize', async () => {
      const past = await create(ben, { invited_user_ids: [ann.id], start_date: PAST });
      await remove(ann.id);
      const { status, body } = await ben.client.patch(`/events/${past.id}`, {
        start_date: '2026-02-02T12:00:00Z',
      });
      expect([status, body]).toMatchObject([200, { attendees: [{}, { user: { name: 'deleted user' } }] }]);
    });

    test('but stays among the attendees whom a change names, as the attendees who stay', async () => {
      const { id, version } = await answered({ start_date: PAST });
      await remove(ann.id);
      const { attendees } = await read(id);
      const ids = attendees.map(({ user }: { user: { id: number } }) => user.id);
      const [{ id: cid }] = [await signUp(nobody, `cid${users}`)];
      for (const path of ['PATCH', 'batch', 'PUT']) {
        const { status, body } = await writeAttendees(path, id, [...ids, cid]);
        expect([path, status, body]).toMatchObject([path, 200, {}]);
        expect((await read(id)).attendees.slice(0, 2)).toEqual(attendees);
      }
      expect((await read(id)).version).toBeGreaterThan(version);
      const left = await ben.client.patch(`/events/${id}`, { invited_user_ids: [cid] });
      expect(left.status).toBe(200);
      const again = await writeAttendees('PATCH', id, ids);
      expect([again.status, again.body.code]).toEqual([404, 'user_not_found']);
    });

    test('and does not stay in an event that a key hands over', async () => {
      const event = await create(ann, { invited_user_ids: [ben.id], start_date: PAST });
      await remove(ann.id);
      const named = { organizer_user_id: ben.id, invited_user_ids: [ben.id] };
      for (const input of [named, { status: 'confirmed', start_date: FUTURE }]) {
        const { status, body } = await backend.send('PATCH', `/events/${event.id}`, input);
        expect([status, body]).toMatchObject([200, { organizer_user_id: ben.id }]);
        expect(body.attendees).toMatchObject([{ status: 'organizer', user: { id: ben.id } }]);
      }
    });

    test('and leaves the address and the external id to a new user', async () => {
      const { email } = ann;
      await sql(`UPDATE users SET external_id = '${name}', metadata = '{"a":"b"}' WHERE id = ${ann.id}`);
      await remove(ann.id);
      const [row] = await sql(
        `SELECT name, email, external_id, metadata, protected FROM users WHERE id = ${ann.id}`,
      );
      const gone = { name: 'deleted user', email: `deleted-${ann.id}@deleted.invalid` };
      expect(row ?? gone).toMatchObject(gone);
      const { status, body } = await nobody.post('/users', { name, email, password: PASSWORD });
      expect(status).toBe(201);
      expect(body).toMatchObject({ email });
      expect(body).not.toMatchObject({ id: ann.id });
      await sql(`UPDATE users SET external_id = '${name}' WHERE email = '${email}'`);
      await graceIsOver();
      expect((await logIn(nobody, email)).client).toBeDefined();
    });

    test('also if another user has the address of a deleted one', async () => {
      const email = `deleted-${ann.id}@deleted.invalid`;
      expect((await nobody.post('/users', { name: 'Sly', email, password: PASSWORD })).status).toBe(201);
      await remove(ann.id);
      expect((await backend.get(`/users?email=${email}`)).body).toMatchObject([{ name: 'Sly' }]);
    });
  });

  describe('with the events of the user cancelled', () => {
    test('keeps their times and the values of the product, and no text', async () => {
      const event = await create(ann, {
        invited_user_ids: [ben.id],
        repeat: { frequency: 'weekly', count: 4 },
      });
      const occurrence = `/events/${event.id}/occurrences/2026-04-13T10:00:00Z`;
      expect((await ann.client.send('PATCH', occurrence, { title: 'Zebra', location: 'Zoo' })).status).toBe(
        200,
      );
      await sql(`UPDATE events SET external_id = '${name}', metadata = '{"case":"42"}', url = 'https://a.example',
                        categories = '{a}', conference = '{"url":"https://b.example"}' WHERE id = ${event.id}`);
      const before = await read(event.id);
      await remove(ann.id);
      const after = await read(event.id);
      expect(after).toMatchObject({
        status: 'cancelled',
        title: 'Cancelled event',
        description: null,
        location: null,
        start_date: before.start_date,
        end_date: before.end_date,
        rrule: before.rrule,
        version: before.version + 1,
        organizer_user_id: ann.id,
      });
      const deleted = { name: 'deleted user', email: `deleted-${ann.id}@deleted.invalid` };
      expect(after.attendees[0].user).toMatchObject(deleted);
      const [row] = await sql(
        `SELECT external_id, metadata, url, categories, conference FROM events WHERE id = ${event.id}`,
      );
      expect(row).toEqual({
        external_id: name,
        metadata: { case: '42' },
        url: null,
        categories: [],
        conference: null,
      });
      const texts = await sql(
        `SELECT title, location FROM occurrence_overrides WHERE event_id = ${event.id}`,
      );
      expect(texts).toEqual([{ title: null, location: null }]);
      const { body: shown } = await ben.client.get(`/users/${ben.id}/events?${WINDOW}&show_cancelled=true`);
      expect(JSON.stringify(shown)).not.toMatch(new RegExp(`Secret|Zebra|Zoo|${name}`));
      const busy = await ben.client.get(`/free-busy?user_ids=${ben.id}&${WINDOW}`);
      expect(busy.body).toMatchObject([{ user_id: ben.id, busy: [] }]);
    });

    test('erases the texts of events that were cancelled or over before', async () => {
      const over = await create(ann, { start_date: PAST, invited_user_ids: [ben.id] });
      await remove(ann.id);
      expect(await read(over.id)).toMatchObject({ title: 'Cancelled event', description: null });
    });

    test('does not remind the others', async () => {
      await ben.client.patch(`/users/${ben.id}`, {
        default_reminders: [{ minutes_before: 10, method: 'log' }],
      });
      const event = await create(ann, { invited_user_ids: [ben.id] });
      await ben.client.send('POST', `/event-invites/${event.attendees[1].invite_id}:accept`);
      const pending = async () => sql(`SELECT FROM pending_reminders WHERE event_id = ${event.id}`);
      expect(await pending()).toHaveLength(1);
      await remove(ann.id);
      expect(await pending()).toHaveLength(0);
    });
  });

  describe('and attends the events of others', () => {
    test('leaves those that are not over, with the answers', async () => {
      const series = await answered({ start_date: PAST, repeat: { frequency: 'weekly' } });
      const future = await answered({});
      await remove(ann.id);
      for (const { id, version } of [series, future]) {
        const event = await read(id);
        expect(event.attendees.map((attendee: { user: { id: number } }) => attendee.user.id)).toEqual([
          ben.id,
        ]);
        expect(event).toMatchObject({ version: version + 1, title: 'Secret plan', status: 'confirmed' });
      }
    });

    test('stays in those that are over as "deleted user", without a comment', async () => {
      const { id } = await answered({ start_date: PAST });
      await remove(ann.id);
      const [, attendee] = (await read(id)).attendees;
      expect(attendee).toMatchObject({
        status: 'accepted',
        comment: null,
        user: { id: ann.id, name: 'deleted user', email: `deleted-${ann.id}@deleted.invalid` },
      });
      await graceIsOver();
      expect((await read(id)).attendees[1]).toEqual(attendee);
    });

    test('is not remembered as a user who declined', async () => {
      const event = await create(ben, { invited_user_ids: [ann.id] });
      await ann.client.send('POST', `/event-invites/${event.attendees[1].invite_id}:decline`, {
        comment: 'Mine',
      });
      await ben.client.send('PATCH', `/events/${event.id}`, { invited_user_ids: [] });
      const declines = async () => sql(`SELECT FROM remembered_declines WHERE user_id = ${ann.id}`);
      expect(await declines()).toHaveLength(1);
      await remove(ann.id);
      expect(await declines()).toHaveLength(0);
    });
  });

  describe('at the end', () => {
    test('leaves no row if nothing refers to it', async () => {
      await create(ben, { invited_user_ids: [ann.id] });
      await remove(ann.id);
      expect(await rowOfAnn()).toHaveLength(1);
      await graceIsOver();
      expect(await rowOfAnn()).toHaveLength(0);
      expect((await backend.send('GET', `/users/${ann.id}`)).status).toBe(404);
    });

    test('keeps its row if an event needs it', async () => {
      await create(ann, {});
      await remove(ann.id);
      await graceIsOver();
      expect(await rowOfAnn()).toHaveLength(1);
    });

    test('loses what a request has written that began before', async () => {
      const event = await create(ben, {});
      await remove(ann.id);
      // As a request of an instance that had read the user before the deletion.
      await sql(`INSERT INTO attendees (event_id, user_id, span, status, invite_id)
                 SELECT id, ${ann.id}, span, 'needs_action', nextval('invite_ids') FROM events WHERE id = ${event.id}`);
      await sql(`INSERT INTO events (title, organizer_id, time_zone, start, duration, span)
                 SELECT 'Late', ${ann.id}, time_zone, start, duration, span FROM events WHERE id = ${event.id}`);
      await graceIsOver();
      expect(await sql(`SELECT FROM attendees WHERE user_id = ${ann.id}`)).toHaveLength(0);
      const late = await sql(`SELECT title, status FROM events WHERE organizer_id = ${ann.id}`);
      expect(late).toEqual([{ title: 'Cancelled event', status: 'cancelled' }]);
    });
  });
});
