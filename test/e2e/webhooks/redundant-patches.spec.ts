import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { WebhookBench } from '../../support/service/webhooks.js';

const DAILY = {
  title: 'Planning',
  description: null,
  location: 'Room 1',
  start_date: '2026-01-06T09:00:00Z',
  duration: 3600,
  repeat: { frequency: 'daily', count: 5 },
  visibility: 'public',
  show_as: 'busy',
  url: 'https://example.com/7',
  color: '#336699',
  categories: ['work', 'plan'],
  conference: { url: 'https://meet.example.com/7', provider: 'Meet' },
  external_id: 'crm-7',
  metadata: { crm: '7', team: 'a' },
  invited: [{ email: 'zoe@example.net', name: 'Zoe' }],
} as const;

describe('a PATCH whose values an event has already', () => {
  let bench: WebhookBench;
  let ann: Account;
  let bob: Account;
  let room: number;
  let id: number;

  beforeAll(async () => {
    bench = await WebhookBench.start();
    const anyone = new Client(bench.application.url);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
    room = (await bench.backend.create('/rooms', { name: 'Room 1', kind: 'room' })).body.id;
  });
  afterAll(async () => bench.close());

  beforeEach(async () => {
    const { url } = bench.application.database;
    await query(url, 'DELETE FROM webhook_subscriptions; DELETE FROM events');
    id = (
      await bench.backend.create('/events', {
        ...DAILY,
        organizer_user_id: ann.id,
        invited_user_ids: [bob.id],
        invited_room_ids: [room],
      })
    ).body.id;
    await bench.subscribe();
  });

  const logged = async () =>
    query(bench.application.database.url, `SELECT sequence FROM event_changes WHERE event_id = ${id}`);

  const read = async () => bench.backend.get(`/events/${id}`);

  /** Expects that a PATCH responds with the event as it is, and writes nothing. */
  async function expectNothingWritten(
    patch: () => Promise<{ status: number; body: unknown }>,
  ): Promise<void> {
    const [before, changes] = [await read(), await logged()];
    expect(await patch()).toMatchObject({ status: 200, body: before.body as object });
    const after = await read();
    expect(after.body).toEqual(before.body);
    expect(after.headers.get('etag')).toBe(before.headers.get('etag'));
    expect(await logged()).toEqual(changes);
    expect(await bench.deliver()).toEqual([]);
  }

  const send = async (client: Client, fields: object, headers = {}) =>
    (await client.send('PATCH', `/events/${id}`, fields, headers)).status;

  const patch = (fields: object) => async () => bench.backend.send('PATCH', `/events/${id}`, fields);

  test.each<[string, () => object]>([
    ['the title', () => ({ title: 'Planning' })],
    [
      'all fields of the creation',
      () => ({
        ...DAILY,
        organizer_user_id: ann.id,
        invited_user_ids: [bob.id, ann.id],
        invited_room_ids: [room],
        status: 'confirmed',
      }),
    ],
    ['the end in another form', () => ({ end_date: '2026-01-06T11:00:00+01:00' })],
    [
      'a key of the metadata, and one to remove that is not there',
      () => ({ metadata: { crm: '7', x: null } }),
    ],
    ['a user by the id, and no other kind', () => ({ invited_user_ids: [bob.id] })],
    ['the guest, without the name', () => ({ invited: [{ email: 'ZOE@example.net' }] })],
    ['only how answers and conflicts are treated', () => ({ keep_answers: true, conflict_policy: 'allow' })],
  ])('writes nothing: %s', async (_, fields) => expectNothingWritten(patch(fields())));

  test('writes nothing: the calendar', async () => {
    const calendar_id = await primaryCalendarOf(ann);
    await expectNothingWritten(patch({ calendar_id }));
  });

  test('writes nothing: the `repeat` and the times of the response', async () => {
    const { start_date, end_date, time_zone, all_day, repeat } = (await read()).body as Record<
      string,
      unknown
    >;
    await expectNothingWritten(patch({ start_date, end_date, time_zone, all_day, repeat }));
  });

  test('writes nothing, by its organizer, of a private event', async () => {
    await ann.client.patch(`/events/${id}`, { visibility: 'private' });
    await bench.deliver();
    const { version } = (await read()).body as { version: number };
    expect(
      await ann.client.patch(`/events/${id}`, { title: 'Planning', visibility: 'private' }),
    ).toMatchObject({ status: 200, body: { version } });
    expect(await bench.deliver()).toEqual([]);
  });

  test.each<[string, () => object]>([
    ['another title', () => ({ title: 'Review' })],
    ['no location', () => ({ location: null })],
    ['categories in another order', () => ({ categories: ['plan', 'work'] })],
    ['a conference without a provider', () => ({ conference: { url: 'https://meet.example.com/7' } })],
    ['another external id', () => ({ external_id: 'crm-8' })],
    ['no external id', () => ({ external_id: null })],
    ['one key less', () => ({ metadata: { team: null } })],
    ['no metadata', () => ({ metadata: null })],
    ['no user', () => ({ invited_user_ids: [] })],
    ['no room', () => ({ invited_room_ids: [] })],
    ['no guest', () => ({ invited: [] })],
    [
      'the user by the address alone, with a role',
      () => ({ invited: [{ email: 'zoe@example.net', role: 'optional' }] }),
    ],
    ['another length', () => ({ duration: 1800 })],
    ['another number of occurrences', () => ({ repeat: { frequency: 'daily', count: 4 } })],
    ['a zone for the end', () => ({ end_time_zone: 'Europe/Berlin' })],
    ['status cancelled', () => ({ status: 'cancelled' })],
  ])('with one more that differs is a change: %s', async (_, fields) => {
    expect(await patch({ title: 'Planning', ...fields() })()).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
    expect(await bench.deliver()).toMatchObject([{ type: 'event.updated', data: { version: 2 } }]);
  });

  test('is a change of the calendar if it names another one', async () => {
    const calendar_id = await addCalendar(ann, 'Work');
    expect(await patch({ title: 'Planning', calendar_id })()).toMatchObject({
      status: 200,
      body: { version: 2 },
    });
  });

  test('is a change if its caller does not see the value', async () => {
    const grant = await share(ann.client, await primaryCalendarOf(ann), bob.id, 'writer');
    const versions: unknown[] = [];
    for (const fields of [{ title: 'Planning' }, { metadata: { crm: '7' } }, { invited: DAILY.invited }])
      versions.push((await bob.client.patch(`/events/${id}`, fields)).body.version);
    expect(versions).toEqual([1, 2, 3]);
    await ann.client.delete(`/calendars/${await primaryCalendarOf(ann)}/grants/${grant}`);
  });

  test('is refused all the same, by `If-Match`, without access, for a calendar of nobody, and for bad fields', async () => {
    expect(await send(bench.backend, { title: 'Planning' }, { 'if-match': '"7"' })).toBe(412);
    expect(await send(bob.client, { title: 'Planning' })).toBe(403);
    expect(await send(bench.backend, { title: 'Planning', calendar_id: 999_999 })).toBe(404);
    expect(await send(bench.backend, { title: 'Planning', external_id: 'crm-7' })).toBe(200);
    expect(await send(ann.client, { title: 'Planning', external_id: 'crm-7' })).toBe(403);
    expect(await send(bench.backend, { title: '' })).toBe(400);
    expect(await bench.deliver()).toEqual([]);
  });

  test('is refused by `conflict_policy` if the event is in conflict', async () => {
    await bench.backend.create('/events', { ...DAILY, external_id: 'crm-9', organizer_user_id: ann.id });
    await bench.deliver();
    expect(await patch({ title: 'Planning', conflict_policy: 'reject' })()).toMatchObject({
      status: 409,
      body: { code: 'time_taken' },
    });
    expect(await patch({ title: 'Planning', start_date: DAILY.start_date })()).toMatchObject({
      status: 200,
      body: { version: 1, conflicts: expect.arrayContaining([expect.objectContaining({ user_id: ann.id })]) },
    });
    expect(await bench.deliver()).toEqual([]);
  });

  test('makes no room answer', async () => {
    const { body } = await bench.backend.create('/rooms', {
      name: 'Room 2',
      kind: 'room',
      auto_accept: false,
    });
    await patch({ invited_room_ids: [body.id] })();
    await bench.backend.patch(`/rooms/${body.id}`, { auto_accept: true });
    await bench.deliver();
    await expectNothingWritten(patch({ title: 'Planning' }));
  });

  test('in a batch writes nothing, also beside a member that does, and external ids may be exchanged', async () => {
    const { body: other } = await bench.backend.create('/events', {
      ...DAILY,
      start_date: '2026-02-06T09:00:00Z',
      external_id: 'crm-8',
      organizer_user_id: ann.id,
    });
    await bench.deliver();
    const update = async (...requests: object[]) =>
      bench.backend.send('POST', '/events:batch-update', { requests });
    expect(
      await update({ id, title: 'Planning', external_id: 'crm-7' }, { id: other.id, title: 'Review' }),
    ).toMatchObject({ status: 200, body: { events: [{ version: 1 }, { version: 2 }] } });
    expect(await bench.deliver()).toMatchObject([{ data: { id: other.id, title: 'Review' } }]);
    expect(await update({ id, external_id: 'crm-8' }, { id: other.id, external_id: 'crm-7' })).toMatchObject({
      status: 200,
      body: {
        events: [
          { version: 2, external_id: 'crm-8' },
          { version: 3, external_id: 'crm-7' },
        ],
      },
    });
    expect(await bench.deliver()).toHaveLength(2);
  });
});
