import { get } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, Event } from '../../../clients/typescript/src/schema.js';
import { type Account, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-first-key-of-the-tests-0123456789-0123456789';
const WINDOW = 'from=2026-07-01T00:00:00Z&to=2026-07-15T00:00:00Z';
const ONLY_CREATE = { 'if-none-match': '*' };
const AT_ONCE = 8;

function eventPath(externalId: string): `/events/by-external-id/${string}` {
  return `/events/by-external-id/${encodeURIComponent(externalId)}`;
}

function userPath(externalId: string): `/users/by-external-id/${string}` {
  return `/users/by-external-id/${encodeURIComponent(externalId)}`;
}

function ascending(a: number, b: number): number {
  return a - b;
}

describe('PUT by external id', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let cid: Account;
  let made = 0;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    bob = await signUp(nobody, 'bob');
    cid = await signUp(nobody, 'cid');
  });
  afterAll(async () => application.close());

  function newId(): string {
    made += 1;
    return `case-${made}`;
  }

  function series(fields: object = {}) {
    return {
      title: 'Review',
      start_date: '2026-07-01T09:00:00Z',
      duration: 3600,
      organizer_user_id: ann.id,
      invited_user_ids: [bob.id],
      repeat: { frequency: 'daily', count: 5 },
      ...fields,
    };
  }

  async function put(externalId: string, fields: object = {}, client = backend, headers = {}) {
    const {
      status,
      headers: answered,
      body,
    } = await client.send('PUT', eventPath(externalId), series(fields), headers);
    return { status, headers: answered, body: body as BookedEvent, refusal: body as unknown as Refused };
  }

  interface Refused {
    readonly code: string;
    readonly errors: readonly { readonly field: string }[];
  }

  async function read(externalId: string): Promise<Event> {
    return (await backend.get(eventPath(externalId))).body as Event;
  }

  function person(fields: object = {}) {
    made += 1;
    return { name: 'Olya', email: `olya${made}@example.com`, ...fields };
  }

  async function keyWith(scopes: string[]): Promise<Client> {
    const { body } = await backend.send('POST', '/api-keys', { name: 'few', scopes });
    return nobody.with((body as { key: string }).key);
  }

  describe('of an event', () => {
    test('creates it with its Location, and then replaces it', async () => {
      const id = newId();
      const created = await put(id, { location: 'Room 5' });
      expect([created.status, created.headers.get('location')]).toEqual([201, eventPath(id)]);
      expect(created.body).toMatchObject({ external_id: id, location: 'Room 5', version: 1 });
      const replaced = await put(id, { title: 'Second review' });
      expect([replaced.status, replaced.headers.get('location')]).toEqual([200, null]);
      expect(replaced.body).toMatchObject({
        id: created.body.id,
        title: 'Second review',
        location: null,
        version: 2,
      });
    });

    test('sets every field of a creation, and gives absent ones their default', async () => {
      const id = newId();
      const desc = 'All of it';
      const fields = {
        location: 'Room 5',
        time_zone: 'Europe/Berlin',
        visibility: 'private',
        show_as: 'free',
        url: 'https://crm.example/1',
        color: '#1a73e8',
        categories: ['a'],
        conference: { phone: '112' },
        metadata: { case_id: '1', other: 'x' },
      };
      await put(id, { ...fields, desc });
      const fresh = newId();
      const { body: bare } = await put(fresh, { repeat: null });
      const { body } = await put(id, { repeat: null });
      const { id: _, external_id: __, version: ___, attendees: ____, ...expected } = bare;
      const { created_at: _____, updated_at: ______, conflicts: _______, ...same } = expected;
      expect(body).toMatchObject({ ...same, metadata: {} });
      expect((await put(id, { ...fields, desc })).body).toMatchObject({
        ...fields,
        description: desc,
        conference: { url: null, provider: null, phone: '112', pin: null },
      });
    });

    test.each<[string, object]>([
      ['', {}],
      [
        ', in another spelling',
        {
          start_date: '2026-07-01T11:00:00+02:00',
          duration: undefined,
          end_date: '2026-07-01T10:00:00Z',
          invited_user_ids: [2, 2, 1],
        },
      ],
      [
        ', that names the defaults',
        { visibility: 'public', show_as: 'busy', categories: [], metadata: {}, url: null },
      ],
      [', that refuses conflicts', { conflict_policy: 'reject' }],
    ])('that changes nothing makes no new version%s', async (_, fields) => {
      const id = newId();
      const { body: created } = await put(id);
      // An event at the same time: the second request would be refused if it booked the time again.
      await backend.create('/events', {
        title: 'Other',
        start_date: '2026-07-01T09:00:00Z',
        duration: 60,
        organizer_user_id: bob.id,
      });
      const before = await backend.get(eventPath(id));
      const again = await put(id, fields);
      expect([again.status, again.body.version, again.body.updated_at]).toEqual([200, 1, created.updated_at]);
      const after = await backend.get(eventPath(id));
      expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    });

    test.each<[string, object]>([
      [
        'an endless rule of a zone',
        { time_zone: 'Europe/Berlin', start_date: '2026-07-01T09:00:00', repeat: { frequency: 'weekly' } },
      ],
      ['a start off its rule', { repeat: { frequency: 'weekly', days_of_week: [5] } }],
      ['UNTIL', { repeat: { frequency: 'daily', until: '2026-08-01' } }],
      [
        'RDATEs and EXDATEs',
        {
          repeat: {
            rrule: 'FREQ=DAILY;COUNT=9',
            rdates: ['2026-07-20T09:00:00Z'],
            exdates: ['2026-07-03T09:00:00Z'],
          },
        },
      ],
      [
        'whole days',
        { start_date: '2026-07-01', duration: undefined, all_day: true, repeat: { frequency: 'monthly' } },
      ],
      [
        'the second pass of an hour',
        { time_zone: 'Europe/Berlin', start_date: '2026-10-25T01:30:00Z', repeat: null },
      ],
      ['a rule of the month of its start', { repeat: { frequency: 'yearly' } }],
    ])('of an equal event with %s changes nothing', async (_, fields) => {
      const id = newId();
      expect((await put(id, fields)).status).toBe(201);
      const before = await read(id);
      expect((await put(id, fields)).status).toBe(200);
      expect(await read(id)).toEqual(before);
    });

    test('every night keeps the occurrence that a person deleted, the one that was moved, and the answers', async () => {
      const id = newId();
      const { body: event } = await put(id);
      const [, invite] = event.attendees;
      await bob.client.post(`/event-invites/${invite.invite_id ?? 0}:accept`, { comment: 'Fine.' });
      await ann.client.delete(`/events/${event.id}/occurrences/2026-07-03T09:00:00Z`);
      await ann.client.patch(`/events/${event.id}/occurrences/2026-07-04T09:00:00Z`, {
        start_date: '2026-07-04T15:00:00Z',
      });
      const before = await read(id);
      const occurrences = async () =>
        (await backend.get(`/events/${event.id}/occurrences?${WINDOW}&show_cancelled=true`)).body;
      const occurred = await occurrences();
      expect((await put(id)).status).toBe(200);
      expect(await read(id)).toEqual(before);
      expect(await occurrences()).toEqual(occurred);

      // A change of the title, and of the time, keeps them as a PATCH does.
      expect((await put(id, { title: 'Renamed' })).body.attendees[1]).toMatchObject({
        status: 'accepted',
        comment: 'Fine.',
        invite_id: invite.invite_id,
      });
      expect(await occurrences()).toMatchObject(
        (occurred as object[]).map((one) => Object.assign({}, one, { title: 'Renamed' })),
      );
      await put(id, { title: 'Renamed', start_date: '2026-07-01T10:00:00Z' });
      expect(
        ((await occurrences()) as { original_start: string; start: string; status: string }[]).map(
          ({ original_start, start, status }) => [original_start, start, status],
        ),
      ).toEqual([
        ['2026-07-01T10:00:00Z', '2026-07-01T10:00:00Z', 'confirmed'],
        ['2026-07-02T10:00:00Z', '2026-07-02T10:00:00Z', 'confirmed'],
        ['2026-07-03T10:00:00Z', '2026-07-03T10:00:00Z', 'cancelled'],
        ['2026-07-04T10:00:00Z', '2026-07-04T15:00:00Z', 'confirmed'],
        ['2026-07-05T10:00:00Z', '2026-07-05T10:00:00Z', 'confirmed'],
      ]);
    });

    test('keeps EXDATEs that it does not name, and drops them if it does', async () => {
      const id = newId();
      const { body: event } = await put(id);
      const deleted = { repeat: { ...series().repeat, exdates: ['2026-07-03T09:00:00Z'] } };
      await ann.client.patch(`/events/${event.id}`, deleted as object);
      const before = await read(id);
      await put(id);
      expect(await read(id)).toEqual(before);
      await put(id, { repeat: { ...series().repeat, exdates: [] } });
      expect((await read(id)).recurrence).toEqual(['RRULE:FREQ=DAILY;COUNT=5']);
    });

    test('sets the end of a rule as named, also if the start moves', async () => {
      const id = newId();
      const repeat = { frequency: 'daily', until: '2026-07-10' };
      await put(id, { repeat });
      await put(id, { repeat, start_date: '2026-07-02T09:00:00Z' });
      const fresh = newId();
      await put(fresh, { repeat, start_date: '2026-07-02T09:00:00Z' });
      expect((await read(id)).rrule).toBe((await read(fresh)).rrule);
    });

    test('replaces the attendees', async () => {
      const id = newId();
      const { body: before } = await put(id, { invited_user_ids: [bob.id] });
      const { body } = await put(id, { invited_user_ids: [cid.id, bob.id] });
      expect(body.attendees.map(({ user }) => user?.id)).toEqual([ann.id, bob.id, cid.id]);
      expect(body.attendees[1].invite_id).toBe(before.attendees[1].invite_id);
      expect((await put(id, { invited_user_ids: [] })).body.attendees).toHaveLength(1);
    });

    test('leaves a cancelled event cancelled', async () => {
      const id = newId();
      const { body: event } = await put(id);
      await ann.client.patch(`/events/${event.id}`, { status: 'cancelled' });
      const before = await read(id);
      expect(before.status).toBe('cancelled');
      await put(id);
      expect(await read(id)).toEqual(before);
    });

    test('of a deleted event creates another', async () => {
      const id = newId();
      const { body: first } = await put(id);
      await ann.client.delete(`/events/${first.id}`);
      const { status, body } = await put(id);
      expect(status).toBe(201);
      expect(body.id).toBeGreaterThan(first.id);
    });

    test('changes no reminder if it changes nothing', async () => {
      const id = newId();
      const start = { start_date: '2999-07-01T09:00:00Z' };
      const { body: event } = await put(id, start);
      await ann.client.put(`/users/${ann.id}/events/${event.id}/reminders`, {
        use_default: false,
        overrides: [{ minutes_before: 10 }],
      });
      const planned = async () =>
        query<{ row: string }>(
          application.database.url,
          `SELECT p.xmin::text || p::text AS row FROM pending_reminders p WHERE event_id = ${event.id}`,
        );
      const before = await planned();
      expect(before).toHaveLength(1);
      await put(id, start);
      expect(await planned()).toEqual(before);
    });

    test.each<[string, () => number[], () => [number, string][]]>([
      ['invites nobody', () => [], () => [[bob.id, 'organizer']]],
      [
        'invites the organizer before',
        () => [ann.id, bob.id],
        () => [
          [bob.id, 'organizer'],
          [ann.id, 'accepted'],
        ],
      ],
      [
        'invites somebody else',
        () => [cid.id],
        () => [
          [bob.id, 'organizer'],
          [cid.id, 'needs_action'],
        ],
      ],
    ])('with another organizer hands the event over, and %s', async (_, invited, attendees) => {
      const id = newId();
      const { body: event } = await put(id);
      const other = { organizer_user_id: bob.id, invited_user_ids: invited() };
      const { status, body } = await put(id, other);
      expect([status, body.id, body.organizer_user_id]).toEqual([200, event.id, bob.id]);
      expect(body.version).toBe(event.version + 1);
      expect(body.attendees.map((attendee) => [attendee.user?.id, attendee.status])).toEqual(attendees());
      const before = await read(id);
      expect((await put(id, other)).body.version).toBe(before.version);
      expect(await read(id)).toEqual(before);
      // And back.
      const back = await put(id);
      expect(back.body).toMatchObject({ organizer_user_id: ann.id, version: before.version + 1 });
      expect(back.body.attendees.map(({ user }) => user?.id)).toEqual([ann.id, bob.id]);
      expect((await put(id)).body.version).toBe(back.body.version);
    });

    test('as the organizer hands the event over only to an attendee who has accepted', async () => {
      const id = newId();
      const { body: event } = await put(id);
      const other = { organizer_user_id: bob.id };
      expect((await put(id, other, backend.as(ann.id))).refusal.code).toBe('organizer_must_accept');
      expect(await read(id)).toMatchObject({ organizer_user_id: ann.id, version: event.version });
      await bob.client.post(`/event-invites/${event.attendees[1].invite_id ?? 0}:accept`);
      expect((await put(id, other, backend.as(ann.id))).body).toMatchObject({ organizer_user_id: bob.id });
    });

    test.each<[string, object, string]>([
      ['another external id', { external_id: 'other' }, 'external_id'],
      ['no external id', { external_id: null }, 'external_id'],
      ['no title', { title: undefined }, 'title'],
      ['a status', { status: 'cancelled' }, 'status'],
      ['an unknown user', { invited_user_ids: [99_999] }, 'invited_user_ids'],
      ['a wrong text in its metadata', { metadata: { case_id: 42 } }, 'metadata.case_id'],
    ])('with %s is refused, and changes nothing', async (_, fields, field) => {
      const id = newId();
      await put(id);
      const before = await read(id);
      const { status, refusal } = await put(id, fields);
      expect([status, refusal.errors[0].field]).toEqual([field === 'invited_user_ids' ? 404 : 400, field]);
      expect(await read(id)).toEqual(before);
    });

    test('accepts its external id in the body, too', async () => {
      const id = newId();
      expect((await put(id, { external_id: id })).status).toBe(201);
    });

    test('only creates with If-None-Match', async () => {
      const id = newId();
      expect((await put(id, {}, backend, ONLY_CREATE)).status).toBe(201);
      const before = await read(id);
      const refused = await put(id, { title: 'Other' }, backend, ONLY_CREATE);
      expect([refused.status, refused.refusal.code]).toEqual([412, 'precondition_failed']);
      expect(await read(id)).toEqual(before);
      const wrong = await put(id, {}, backend, { 'if-none-match': '"1"' });
      expect([wrong.status, wrong.refusal.errors[0].field]).toEqual([400, 'If-None-Match']);
    });

    test('only replaces the version of If-Match', async () => {
      const id = newId();
      for (const tag of ['"1"', '*'])
        expect((await put(id, {}, backend, { 'if-match': tag })).status).toBe(412);
      const { headers } = await put(id);
      const tag = { 'if-match': headers.get('etag') ?? '' };
      expect((await put(id, { title: 'Other' }, backend, tag)).status).toBe(200);
      expect((await put(id, { title: 'Third' }, backend, tag)).refusal.code).toBe('precondition_failed');
      // Also if it changes nothing.
      expect((await put(id, { title: 'Other' }, backend, tag)).status).toBe(412);
      expect((await put(id, { title: 'Third' }, backend, { 'if-match': '*' })).status).toBe(200);
    });

    test('creates once, however many requests come at the same time', async () => {
      for (const title of ['One', 'Two', 'Three']) {
        const id = newId();
        const answers = await Promise.all(Array.from({ length: AT_ONCE }, async () => put(id, { title })));
        expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([
          ...Array(AT_ONCE - 1).fill(200),
          201,
        ]);
        expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
        expect(await read(id)).toMatchObject({ title, version: 1 });
      }
    });

    test('of one id with different bodies leaves one of them whole', async () => {
      const id = newId();
      const titles = Array.from({ length: AT_ONCE }, (_, index) => `Title ${index}`);
      const answers = await Promise.all(titles.map(async (title) => put(id, { title, location: title })));
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
      expect(answers.every(({ status }) => status < 300)).toBe(true);
      const { title, location, version } = await read(id);
      expect([location, version]).toEqual([title, AT_ONCE]);
    });

    test('meets deletions at the same time without a fault', async () => {
      const id = newId();
      const requests = Array.from({ length: AT_ONCE }, async (_, index) => {
        const { body, status } = await put(id, { title: `${index}` });
        const { status: deleted } = await backend.delete(`/events/${body.id}`);
        return [status, deleted];
      });
      for (const [status, deleted] of await Promise.all(requests)) {
        expect([200, 201]).toContain(status);
        expect([204, 404]).toContain(deleted);
      }
    });

    test.each<[string, () => Client, number, string]>([
      ['a person', () => ann.client, 403, 'key_required'],
      ['a key as another user', () => backend.as(cid.id), 403, 'forbidden'],
      ['a client without a token for a user with a password', () => nobody, 401, 'token_required'],
    ])('is refused to %s', async (_, client, status, code) => {
      const id = newId();
      const created = await put(id, {}, client());
      expect([created.status, created.refusal.code]).toEqual([status, code]);
      await put(id);
      const before = await read(id);
      const replaced = await put(id, { title: 'Other' }, client());
      expect([replaced.status, replaced.refusal.code]).toEqual([status, code]);
      expect(await read(id)).toEqual(before);
    });

    test('serves a key as the organizer, and no exchanged token', async () => {
      const id = newId();
      expect((await put(id, {}, backend.as(ann.id))).status).toBe(201);
      expect((await put(id, { title: 'Other' }, backend.as(ann.id))).body).toMatchObject({ title: 'Other' });
      const { body } = await backend.send('POST', '/auth/token-exchange', { user_id: ann.id });
      const browser = nobody.with((body as { access_token: string }).access_token);
      expect((await put(id, {}, browser)).refusal.code).toBe('key_required');
      expect((await browser.get(eventPath(id))).body).toMatchObject({ code: 'key_required' });
    });

    test('serves a client without a token for a user without a password', async () => {
      const id = newId();
      const { body: dee } = await nobody.create('/users', { name: 'dee', email: 'dee@example.com' });
      const mine = { organizer_user_id: dee.id, visibility: 'private' };
      expect((await put(id, mine, nobody)).body).toMatchObject({ external_id: id, title: 'Review' });
      expect((await put(id, { ...mine, title: 'Other' }, nobody)).status).toBe(200);
    });

    test('needs the scope of the method', async () => {
      const id = newId();
      const [reader, writer] = [await keyWith(['events.read']), await keyWith(['events.write'])];
      expect((await put(id, {}, reader)).refusal.code).toBe('scope_missing');
      expect((await put(id, {}, writer)).status).toBe(201);
      expect((await reader.get(eventPath(id))).status).toBe(200);
      expect((await writer.get(eventPath(id))).body).toMatchObject({ code: 'scope_missing' });
    });
  });

  describe('of a user', () => {
    test('creates the user with a verified address, and then replaces the user', async () => {
      const id = newId();
      const body = person({ time_zone: 'Europe/Moscow', double_booking: 'reject', metadata: { team: 'a' } });
      const created = await backend.send('PUT', userPath(id), body);
      expect([created.status, created.headers.get('location')]).toEqual([201, userPath(id)]);
      expect(created.body).toMatchObject({ ...body, external_id: id, email_verified: true });
      const { name, email } = body;
      const replaced = await backend.send('PUT', userPath(id), { name, email });
      expect(replaced.status).toBe(200);
      expect(replaced.body).toMatchObject({
        id: (created.body as { id: number }).id,
        time_zone: 'UTC',
        double_booking: 'allow',
        metadata: {},
        external_id: id,
      });
      expect((await backend.get(userPath(id))).body).toEqual(replaced.body);
    });

    test('that changes nothing writes nothing', async () => {
      const id = newId();
      const body = person({
        password: PASSWORD,
        working_hours: [{ days_of_week: [1, 5], from: '09:00', to: '18:00' }],
        availability_overrides: [
          { date: '2026-12-31', intervals: [{ from: '10:00', to: '24:00' }] },
          { date: '2026-12-24', intervals: [] },
        ],
        away: [{ from: '2026-12-25T00:00:00+01:00', to: '2026-12-27T00:00:00+01:00', reason: 'Family' }],
        default_reminders: [{ minutes_before: 10, method: 'log' }],
        metadata: { b: '1', a: '2' },
      });
      const created = await backend.send('PUT', userPath(id), body);
      const session = await nobody.post('/auth/login', { email: body.email, password: PASSWORD });
      const row = async () =>
        query<{ row: string }>(
          application.database.url,
          `SELECT xmin::text || users::text AS row FROM users WHERE external_id = '${id}'`,
        );
      const before = await row();
      const again = await backend.send('PUT', userPath(id), body);
      expect([again.status, again.body]).toEqual([200, created.body]);
      expect(await row()).toEqual(before);
      // The same password ends no session.
      const own = nobody.with(session.body.access_token);
      expect((await own.get('/users/me')).status).toBe(200);
    });

    test('without a password keeps the password, and with another one sets it', async () => {
      const id = newId();
      const body = person({ password: PASSWORD });
      await backend.send('PUT', userPath(id), body);
      await backend.send('PUT', userPath(id), { ...body, password: undefined, name: 'Olga' });
      const logIn = async (password: string) =>
        (await nobody.send('POST', '/auth/login', { email: body.email, password })).status;
      expect(await logIn(PASSWORD)).toBe(200);
      await backend.send('PUT', userPath(id), { ...body, password: 'another long password' });
      expect([await logIn(PASSWORD), await logIn('another long password')]).toEqual([401, 200]);
    });

    test('creates once, however many requests come at the same time', async () => {
      const id = newId();
      const body = person();
      const answers = await Promise.all(
        Array.from({ length: AT_ONCE }, async () => backend.send('PUT', userPath(id), body)),
      );
      // The address is unique, too: a request that loses both ways looks again.
      expect(answers.map(({ status }) => status).toSorted(ascending)).toEqual([
        ...Array(AT_ONCE - 1).fill(200),
        201,
      ]);
    });

    test.each<[string, object, number, string]>([
      ['another external id', { external_id: 'other' }, 400, 'external_id'],
      ['no name', { name: undefined }, 400, 'name'],
      ['the address of another user', { email: 'ann@example.com' }, 409, 'email'],
      ['a wrong text in its metadata', { metadata: { team: 7 } }, 400, 'metadata.team'],
    ])('with %s is refused', async (_, fields, status, field) => {
      const id = newId();
      const body = person();
      await backend.send('PUT', userPath(id), body);
      const before = (await backend.get(userPath(id))).body;
      const refused = await backend.send('PUT', userPath(id), { ...body, ...fields });
      expect([refused.status, refused.body.errors[0].field]).toEqual([status, field]);
      expect((await backend.get(userPath(id))).body).toEqual(before);
    });

    test('only creates with If-None-Match', async () => {
      const id = newId();
      const body = person();
      expect((await backend.send('PUT', userPath(id), body, ONLY_CREATE)).status).toBe(201);
      expect((await backend.send('PUT', userPath(id), body, ONLY_CREATE)).status).toBe(412);
    });

    test('is refused to a person, and to a key as another person', async () => {
      const id = newId();
      const body = person();
      for (const client of [ann.client, nobody.with(ROOT).as(ann.id)]) {
        await backend.send('PUT', userPath(id), body);
        const refused = await client.send('PUT', userPath(id), { ...body, name: 'Other' });
        expect(refused.status).toBe(403);
      }
      expect((await ann.client.get(userPath(id))).body).toMatchObject({ code: 'key_required' });
      expect((await backend.get(userPath(id))).body).toMatchObject({ name: 'Olya' });
    });

    test('without a token acts for users without a password alone', async () => {
      const id = newId();
      const body = person();
      expect((await nobody.send('PUT', userPath(id), body)).status).toBe(201);
      expect((await nobody.send('PUT', userPath(id), { ...body, name: 'Olga' })).status).toBe(200);
      await backend.send('PUT', userPath(id), { ...body, password: PASSWORD });
      expect((await nobody.send('PUT', userPath(id), body)).body).toMatchObject({ code: 'token_required' });
    });
  });

  describe('finds an external id', () => {
    test.each([
      'https://crm.example/a b?x=1',
      'a/b',
      '%2F',
      '100%',
      'a%252Fb',
      'Ünïcode 𝒳',
      'a:b',
      'a%3Ab',
      'a+b&c=d#e',
      ';v=1',
      '...',
      '../a',
      'x'.repeat(255),
      '\u{1f4c5}'.repeat(255),
    ])('%s, encoded once', async (id) => {
      const { status, headers, body } = await put(id);
      expect([status, body.external_id]).toEqual([201, id]);
      const location = headers.get('location') ?? '';
      expect(decodeURIComponent(location.slice('/events/by-external-id/'.length))).toBe(id);
      expect((await backend.get(location as `/events/${string}`)).body).toMatchObject({ id: body.id });
      expect((await put(id)).status).toBe(200);
      expect((await backend.delete(`/events/${body.id}`)).status).toBe(204);
    });

    test.each(['x'.repeat(256), '\u{1f4c5}'.repeat(256), 'x'.repeat(12_000)])(
      'of no more than its length',
      async (id) => {
        const errors = [{ field: 'external_id', message: 'must have at most 255 characters' }];
        expect(await put(id)).toMatchObject({ status: 400, refusal: { errors } });
        for (const path of [eventPath(id), userPath(id)])
          expect((await backend.get(path)).body).toMatchObject({ status: 400, errors });
      },
    );

    test.each(['.', '..', '%2e', '.%2E'])('that a path can end with: %s is refused', async (segment) => {
      for (const kind of ['events', 'users']) {
        // Neither the URL class nor fetch sends such a path.
        const [status, text] = await new Promise<[number | undefined, string]>((resolve, reject) => {
          const { hostname: host, port } = new URL(application.url);
          const path = `/${kind}/by-external-id/${segment}`;
          get({ host, port, path, headers: { authorization: `Bearer ${ROOT}` } }, (response) => {
            let body = '';
            response
              .on('data', (part) => (body += part))
              .on('end', () => resolve([response.statusCode, body]));
          }).on('error', reject);
        });
        const message = 'must not be `.` or `..`, which clients and proxies remove from paths';
        expect([status, JSON.parse(text)]).toMatchObject([
          400,
          { errors: [{ field: 'external_id', message }] },
        ]);
      }
    });

    test('that no event and no user has as 404', async () => {
      expect((await backend.get(eventPath('none'))).body).toMatchObject({
        status: 404,
        code: 'event_not_found',
      });
      expect((await backend.get(userPath('none'))).body).toMatchObject({
        status: 404,
        code: 'user_not_found',
      });
    });
  });
});
