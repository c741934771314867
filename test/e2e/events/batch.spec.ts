import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { MAX_ATTENDEES_IN_BATCH, MAX_INVITED_USERS } from '../../../src/events/model/event-limits.js';
import { BATCH_BODY_LIMIT, MAX_BATCH_SIZE } from '../../../src/http/body/batch.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client, type Refusal, type ServiceResponse } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { stateOfEvents } from '../../support/database/state-of-events.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-batches-0123456789-0123456789';

/** A member without a fault has another day in each place. */
function day(place: number): string {
  return new Date(Date.UTC(2126, 0, 1 + place, 9)).toISOString().replace('.000Z', 'Z');
}

async function expectRefused(
  response: Promise<ServiceResponse<Pick<Refusal['body'], 'code' | 'errors' | 'detail'>>>,
  expected: readonly [status: number, code: string, field: string],
): Promise<void> {
  const { status, body } = await response;
  expect([status, body.code, body.errors?.[0]?.field]).toEqual(expected);
  expect(body.detail).toContain(expected[2].replace(/(\]).*$/, '$1'));
}

describe('a batch of events', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  /** Users who stand for rooms. */
  let rooms: number[];

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT, DEFAULT_VISIBILITY: 'private' });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    [ann, bob] = [await signUp(nobody, 'ann'), await signUp(nobody, 'bob')];
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    rooms = await createUsers(nobody, 2);
  });

  function meeting(place: number, more: object = {}): NewEvent {
    return {
      title: `Meeting ${place}`,
      start_date: day(place),
      duration: 3600,
      organizer_user_id: ann.id,
      ...more,
    };
  }

  async function create(requests: readonly object[], client = ann.client) {
    return client.send('POST', '/events:batch-create', { requests });
  }

  async function update(requests: readonly object[], client = ann.client) {
    return client.send('POST', '/events:batch-update', { requests });
  }

  async function remove(ids: readonly unknown[], client = ann.client) {
    return client.send('POST', '/events:batch-delete', { ids });
  }

  async function created(requests: readonly object[], client = ann.client) {
    const { status, body } = await create(requests, client);
    if (status !== 200) throw new Error(JSON.stringify(body));
    return body.events;
  }

  async function keyed<T extends string>(operation: T, key: string, body: object) {
    return ann.client.send('POST', `/events:${operation}`, body, { 'idempotency-key': key });
  }

  async function seen(id: number, client = ann.client) {
    return (await client.send('GET', `/events/${id}`)).body;
  }

  async function count(table = 'events'): Promise<number> {
    const [row] = await query<{ count: string }>(application.database.url, `SELECT count(*) FROM ${table}`);
    return Number(row?.count);
  }

  describe('is created', () => {
    test('with the events in the order of the requests, each as its own request creates it', async () => {
      const requests = [3, 1, 2].map((place) =>
        meeting(place, { invited_user_ids: [bob.id, rooms[0]], location: `Room ${place}`, desc: 'Agenda' }),
      );
      const events = await created(requests);
      const single = (await ann.client.post('/events', requests[0])).body;
      expect(events.map(({ title }) => title)).toEqual(['Meeting 3', 'Meeting 1', 'Meeting 2']);
      const { conflicts: _, conflicts_checked_until: __, ...shown } = events[1];
      expect(await seen(events[1].id)).toEqual(shown);
      const own = new Set(['id', 'created_at', 'updated_at', 'attendees', 'conflicts']);
      const without = (event: object) =>
        Object.fromEntries(Object.entries(event).filter(([field]) => !own.has(field)));
      expect(without(events[0])).toEqual(without(single));
      expect(events.map(({ attendees }) => attendees.map(({ user, status }) => [user.id, status]))).toEqual(
        [0, 1, 2].map(() => [
          [ann.id, 'organizer'],
          [bob.id, 'needs_action'],
          [rooms[0], 'needs_action'],
        ]),
      );
      const invites = events.flatMap(({ attendees }) => attendees.flatMap(({ invite_id: id }) => id ?? []));
      expect(new Set(invites).size).toBe(6);
    });

    test('with series, all-day events and the defaults of each', async () => {
      const events = await created([
        meeting(1, { repeat: { frequency: 'weekly', count: 3 } }),
        { title: 'Day', start_date: '2126-05-01', all_day: true, organizer_user_id: ann.id },
      ]);
      expect(events).toMatchObject([
        { all_day: false, show_as: 'busy', visibility: 'private', rrule: expect.stringContaining('COUNT=3') },
        { all_day: true, show_as: 'free', visibility: 'private', end_date: '2126-05-02', rrule: null },
      ]);
    });

    test('with the reminders of the attendees', async () => {
      const reminded = await nobody.create('/users', {
        name: 'reminded',
        email: 'reminded@example.com',
        default_reminders: [{ minutes_before: 10 }],
      });
      const invited_user_ids = [reminded.body.id];
      const events = await created([1, 2, 3].map((place) => meeting(place, { invited_user_ids })));
      const planned = await query<{ event_id: number }>(
        application.database.url,
        `SELECT event_id FROM pending_reminders WHERE user_id = ${reminded.body.id} ORDER BY event_id`,
      );
      expect(planned.map(({ event_id: id }) => id)).toEqual(events.map(({ id }) => id));
    });

    test('by a key for any organizer', async () => {
      const organizers = [bob.id, ann.id];
      const events = await created(
        organizers.map((id, place) => meeting(place, { organizer_user_id: id })),
        backend,
      );
      expect(events.map(({ organizer_user_id: id }) => id)).toEqual(organizers);
    });

    test('by a key that acts as a user for that user alone', async () => {
      const own = [meeting(1)];
      expect((await create(own, backend.as(ann.id))).status).toBe(200);
      await expectRefused(create([...own, meeting(2, { organizer_user_id: bob.id })], backend.as(ann.id)), [
        403,
        'forbidden',
        'requests[1]',
      ]);
    });

    test.each([0, 1])('with the %d attendees that the client asks for', async (max) => {
      const { body } = await ann.client.send('POST', `/events:batch-create?max_attendees=${max}`, {
        requests: [meeting(1, { invited_user_ids: rooms })],
      });
      expect(body.events[0]).toMatchObject({ attendees_omitted: 3 - max });
    });

    test('of a hundred long events', async () => {
      const description = 'Ж'.repeat(8_192);
      const requests = Array.from({ length: MAX_BATCH_SIZE }, (_, place) => meeting(place, { description }));
      expect(JSON.stringify(requests).length * 2).toBeGreaterThan(2 ** 20);
      expect(await created(requests)).toHaveLength(MAX_BATCH_SIZE);
    });
  });

  describe('is refused as a whole', () => {
    test.each<[string, object, number, string, string]>([
      ['a missing field', { title: undefined }, 400, 'invalid_input', 'requests[1].title'],
      ['an unknown field', { colour: 'red' }, 400, 'invalid_input', 'requests[1].colour'],
      ['a field of every object', { constructor: 1 }, 400, 'invalid_input', 'requests[1].constructor'],
      [
        'a nested fault',
        { repeat: { frequency: 'x' } },
        400,
        'invalid_input',
        'requests[1].repeat.frequency',
      ],
      ['two ends', { end_date: day(2) }, 400, 'invalid_input', 'requests[1].end_date'],
      [
        'an end before the start',
        { duration: undefined, end_date: day(0) },
        400,
        'invalid_input',
        'requests[1].end_date',
      ],
      [
        'too many occurrences at a time',
        { duration: 86_400 * 30, repeat: { frequency: 'daily' } },
        400,
        'too_many_overlapping_occurrences',
        'requests[1].repeat',
      ],
      [
        'an organizer who does not exist',
        { organizer_user_id: 2_000_000_000 },
        404,
        'user_not_found',
        'requests[1].organizer_user_id',
      ],
      [
        'an invited user who does not exist',
        { invited_user_ids: [2_000_000_000] },
        404,
        'user_not_found',
        'requests[1].invited_user_ids',
      ],
    ])('with %s', async (_, fault, ...expected) => {
      const before = await stateOfEvents(application.database.url);
      await expectRefused(create([meeting(0), meeting(1, fault), meeting(2)]), expected);
      expect(await stateOfEvents(application.database.url)).toEqual(before);
    });

    test('with an id that is not in digits', async () => {
      const body = JSON.stringify({ requests: [meeting(0), meeting(1)] });
      const place = body.lastIndexOf(`${ann.id}}`);
      const text = `${body.slice(0, place)}${ann.id}.0}]}`;
      await expectRefused(ann.client.send('POST', '/events:batch-create', text), [
        400,
        'invalid_input',
        'requests[1].organizer_user_id',
      ]);
    });

    test('with the status of the first member that is refused', async () => {
      const ofBob = { organizer_user_id: bob.id };
      const unknown = { invited_user_ids: [2_000_000_000] };
      const members = [meeting(0), meeting(1, ofBob), meeting(2, unknown)];
      await expectRefused(create(members), [403, 'forbidden', 'requests[1]']);
      await expectRefused(create(members.toReversed()), [
        404,
        'user_not_found',
        'requests[0].invited_user_ids',
      ]);
    });

    test('without a token for an organizer who has a password', async () => {
      const { headers, ...refused } = await create([meeting(0)], nobody);
      await expectRefused(Promise.resolve({ headers, ...refused }), [401, 'token_required', 'requests[0]']);
      expect(headers.get('www-authenticate')).toContain('Bearer');
    });

    test.each(['batch-create', 'batch-update', 'batch-delete'])(
      'by :%s to a key without the scope',
      async (operation) => {
        const { body: key } = await backend.create('/api-keys', { name: 'reader', scopes: ['events.read'] });
        const body = operation === 'batch-delete' ? { ids: [1] } : { requests: [{ id: 1, title: 'x' }] };
        const refused = await nobody.with(key.key).send('POST', `/events:${operation}`, body);
        expect(refused).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
        expect(refused.body.detail).toContain('events.write');
      },
    );

    test.each([0, MAX_BATCH_SIZE + 1])('with %d members', async (members) => {
      const ids = Array.from({ length: members }, (_, place) => place + 1);
      const requests = ids.map((place) => meeting(place));
      expect(await create(requests)).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'requests' }] },
      });
      expect(await update(ids.map((id) => ({ id, title: 'x' })))).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'requests' }] },
      });
      expect(await remove(ids)).toMatchObject({ status: 400, body: { errors: [{ field: 'ids' }] } });
    });

    test.each([[undefined], [{}], [[]], [{ requests: {} }], [{ requests: [[]] }], [{ requests: [null] }]])(
      'with the body %j',
      async (body) => {
        expect((await ann.client.send('POST', '/events:batch-create', body)).status).toBe(400);
      },
    );

    test('with more attendees than the limit', async () => {
      const invited = Array.from({ length: MAX_INVITED_USERS }, (_, index) => index + 1);
      const events = MAX_ATTENDEES_IN_BATCH / MAX_INVITED_USERS;
      const requests = Array.from({ length: events }, (_, place) =>
        meeting(place, { invited_user_ids: invited }),
      );
      const before = await stateOfEvents(application.database.url);
      expect(await create(requests)).toMatchObject({ status: 400, body: { code: 'too_many_attendees' } });
      expect(await stateOfEvents(application.database.url)).toEqual(before);
    });

    test('with a body beyond the limit', async () => {
      const refused = await ann.client.send('POST', '/events:batch-create', 'x'.repeat(BATCH_BODY_LIMIT + 1));
      expect(refused).toMatchObject({ status: 413, body: { code: 'body_too_large' } });
    });

    test('with more open invitations than a person may have, at the member beyond the limit', async () => {
      const eve = await signUp(nobody, 'eve');
      const invited_user_ids = await createUsers(nobody, 251);
      const members = [1, 2].map((place) => meeting(place, { organizer_user_id: eve.id, invited_user_ids }));
      const before = await count();
      await expectRefused(create(members, eve.client), [
        429,
        'too_many_invitations',
        'requests[1].invited_user_ids',
      ]);
      expect(await count()).toBe(before);
      expect((await create(members.slice(0, 1), eve.client)).status).toBe(200);
    });
  });

  describe('has its conflicts judged after all members are applied', () => {
    test.each([
      ['reject', 'reject', 'requests[0].start_date'],
      ['allow', 'reject', 'requests[1].start_date'],
    ])('so members of one room at one time are in conflict: %s and %s', async (first, second, field) => {
      const members = [first, second].map((conflict_policy) =>
        meeting(1, { organizer_user_id: bob.id, invited_user_ids: [rooms[0]], conflict_policy }),
      );
      const before = await count();
      await expectRefused(create(members, backend), [409, 'time_taken', field]);
      expect(await count()).toBe(before);
    });

    test('for an attendee who allows no double booking', async () => {
      await nobody.send('PATCH', `/users/${rooms[0]}`, { double_booking: 'reject' });
      const [held] = await created([meeting(200, { organizer_user_id: rooms[0] })], backend);
      expect(held.conflicts).toEqual([]);
      const members = [meeting(201), meeting(200, { organizer_user_id: rooms[0] })];
      await expectRefused(create(members, backend), [409, 'time_taken', 'requests[1].start_date']);
    });

    test('and shows them with each event', async () => {
      const [room] = rooms;
      const members = [0, 0, 1].map((offset) =>
        meeting(300 + offset, { organizer_user_id: room, visibility: 'public' }),
      );
      const [one, other, alone] = await created(members, backend);
      const conflict = { user_id: room, start: day(300), end: day(300).replace('T09', 'T10') };
      expect(one.conflicts).toEqual([{ ...conflict, events: [{ id: other.id, title: other.title }] }]);
      expect(other.conflicts).toEqual([{ ...conflict, events: [{ id: one.id, title: one.title }] }]);
      expect(alone.conflicts).toEqual([]);
    });

    test('so two events can swap their rooms', async () => {
      const organizers = await createUsers(nobody, 2);
      const events = await created(
        organizers.map((organizer, index) =>
          meeting(400, {
            organizer_user_id: organizer,
            invited_user_ids: [rooms[index]],
            visibility: 'public',
            conflict_policy: 'reject',
          }),
        ),
        backend,
      );
      const swapped = events.map(({ id }, index) => ({
        id,
        invited_user_ids: [rooms[1 - index]],
        conflict_policy: 'reject',
      }));
      // Neither event can move alone.
      const { id, ...alone } = swapped[0];
      expect((await backend.send('PATCH', `/events/${id}`, alone)).status).toBe(409);
      const { status, body } = await update(swapped, backend);
      expect(status).toBe(200);
      expect(body.events.map(({ attendees }) => attendees[1].user.id)).toEqual(rooms.toReversed());
    });
  });

  describe('is changed', () => {
    test('with the events in the order of the requests, not of their ids', async () => {
      const ids = (await created([1, 2, 3].map((place) => meeting(place)))).map(({ id }) => id);
      const { status, body } = await update(ids.toReversed().map((id) => ({ id, title: `Number ${id}` })));
      expect(status).toBe(200);
      expect(body.events.map(({ id }) => id)).toEqual(ids.toReversed());
      for (const event of body.events) {
        const { conflicts: _, conflicts_checked_until: __, ...shown } = event;
        expect(await seen(event.id)).toEqual(shown);
        expect(shown).toMatchObject({ title: `Number ${event.id}`, version: 2 });
      }
    });

    test('so that the second change of an event sees the first', async () => {
      const [{ id, version }] = await created([meeting(1)]);
      const { body } = await update([
        { id, if_match: version, start_date: day(5) },
        { id, if_match: `"${version + 1}"`, all_day: true, start_date: '2126-02-01', duration: 1 },
        { id, duration: 2 },
      ]);
      expect(body.events).toHaveLength(3);
      expect(body.events[0]).toEqual(body.events[2]);
      expect(body.events[0]).toMatchObject({
        start_date: '2126-02-01',
        end_date: '2126-02-03',
        version: version + 3,
      });
    });

    test.each<[string, (version: number) => unknown]>([
      ['a version', (version) => version - 1],
      ['an entity tag', (version) => `"${version - 1}"`],
      ['a weak tag', (version) => `W/"${version}"`],
    ])('never if one precondition is stale: %s', async (_, stale) => {
      const events = await created([meeting(1), meeting(2)]);
      await update(events.map(({ id }) => ({ id, title: 'Second' })));
      const before = await stateOfEvents(application.database.url);
      const [first, second] = events.map(({ id }) => ({ id, title: 'Third' }));
      await expectRefused(
        update([
          { ...first, if_match: '"2"' },
          { ...second, if_match: stale(2) },
        ]),
        [412, 'precondition_failed', 'requests[1]'],
      );
      expect(await stateOfEvents(application.database.url)).toEqual(before);
    });

    test('never with the version that the first change of the same event has replaced', async () => {
      const [{ id }] = await created([meeting(1)]);
      const members = ['One', 'Two'].map((title) => ({ id, if_match: 1, title }));
      await expectRefused(update(members), [412, 'precondition_failed', 'requests[1]']);
      expect(await seen(id)).toMatchObject({ title: 'Meeting 1', version: 1 });
    });

    test.each<[string, object, number, string, string]>([
      ['no change', { title: undefined }, 400, 'invalid_input', 'requests[1]'],
      [
        'no change but a precondition',
        { title: undefined, if_match: 1 },
        400,
        'invalid_input',
        'requests[1]',
      ],
      ['a precondition of another form', { if_match: '1' }, 400, 'invalid_input', 'requests[1].if_match'],
      ['no id', { id: undefined }, 400, 'invalid_input', 'requests[1].id'],
      ['an empty title', { title: '' }, 400, 'invalid_input', 'requests[1].title'],
      ['an end before the start', { end_date: day(0) }, 400, 'invalid_input', 'requests[1].end_date'],
      ['an id of nothing', { id: 2_000_000_000 }, 404, 'event_not_found', 'requests[1]'],
      [
        'unknown users',
        { invited_user_ids: [2_000_000_000] },
        404,
        'user_not_found',
        'requests[1].invited_user_ids',
      ],
    ])('never with %s', async (_, fault, ...expected) => {
      const events = await created([meeting(1), meeting(2)]);
      const before = await stateOfEvents(application.database.url);
      const [first, second] = events.map(({ id }) => ({ id, title: 'Other' }));
      await expectRefused(update([first, { ...second, ...fault }]), expected);
      expect(await stateOfEvents(application.database.url)).toEqual(before);
    });

    test('never with an event of somebody else', async () => {
      const [own] = await created([meeting(1)]);
      const [other] = await created([meeting(2, { organizer_user_id: bob.id })], bob.client);
      const members = [own, other].map(({ id }) => ({ id, title: 'Mine' }));
      await expectRefused(update(members), [403, 'forbidden', 'requests[1]']);
      expect(await seen(own.id)).toMatchObject({ title: 'Meeting 1' });
      expect((await update(members, backend)).status).toBe(200);
    });

    test('as a single change does it: overrides, answers and attendees', async () => {
      const [{ id }, single] = await created(
        [1, 1].map((place) =>
          meeting(place, { repeat: { frequency: 'daily', count: 4 }, invited_user_ids: [bob.id] }),
        ),
      );
      for (const event of [id, single.id]) {
        const occurrence = `/events/${event}/occurrences/${day(2)}`;
        expect(await ann.client.send('PATCH', occurrence, { title: 'Once' })).toMatchObject({ status: 200 });
      }
      const patch = { start_date: day(1).replace('T09', 'T10'), invited_user_ids: rooms };
      const { body } = await update([{ id, ...patch }]);
      const alone = (await ann.client.send('PATCH', `/events/${single.id}`, patch)).body;
      expect(body.events[0]).toMatchObject({ rrule: alone.rrule, version: alone.version });
      const occurrencesOf = async (event: number) => {
        const window = `from=${day(0)}&to=${day(30)}`;
        const { body: occurrences } = await ann.client.get(`/events/${event}/occurrences?${window}`);
        return occurrences.map((occurrence) => {
          const { event_id: _, ...shown } = occurrence;
          return shown;
        });
      };
      expect(await occurrencesOf(id)).toEqual(await occurrencesOf(single.id));
      expect((await occurrencesOf(id)).map(({ title }) => title)).toContain('Once');
    });
  });

  describe('is deleted', () => {
    test('with all that belongs to the events', async () => {
      const ids = (await created([1, 2].map((place) => meeting(place, { invited_user_ids: rooms })))).map(
        ({ id }) => id,
      );
      const before = await count();
      expect(await remove(ids.toReversed())).toMatchObject({ status: 204, body: null });
      expect(await count()).toBe(before - 2);
      for (const id of ids) expect(await seen(id)).toMatchObject({ code: 'event_not_found' });
    });

    test.each<[string, (id: number) => unknown, readonly [number, string, string]]>([
      ['an id that comes twice', (id) => id, [404, 'event_not_found', 'ids[1]']],
      ['an id of nothing', () => 2_000_000_000, [404, 'event_not_found', 'ids[1]']],
      ['a text', () => '1', [400, 'invalid_input', 'ids[1]']],
    ])('never with %s', async (_, other, expected) => {
      const [{ id }] = await created([meeting(1)]);
      await expectRefused(remove([id, other(id)]), expected);
      expect(await seen(id)).toMatchObject({ id });
    });

    test('never with an event of somebody else', async () => {
      const [own] = await created([meeting(1)]);
      const [other] = await created([meeting(2, { organizer_user_id: bob.id })], bob.client);
      await expectRefused(remove([own.id, other.id]), [403, 'forbidden', 'ids[1]']);
      expect(await remove([own.id, other.id], backend)).toMatchObject({ status: 204 });
    });
  });

  describe('with an Idempotency-Key', () => {
    test('is created once, and the response is repeated as the caller sees the events now', async () => {
      const requests = [2, 1].map((place) => meeting(place, { invited_user_ids: [bob.id] }));
      const first = await keyed('batch-create', 'create', { requests });
      const before = await count();
      const repeated = await keyed('batch-create', 'create', { requests });
      expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      expect(repeated).toMatchObject({ status: 200, body: first.body });
      expect(await count()).toBe(before);
      const [{ id }] = first.body.events;
      await ann.client.send('PATCH', `/events/${id}`, { title: 'Later' });
      expect((await keyed('batch-create', 'create', { requests })).body.events[0]).toMatchObject({
        id,
        title: 'Later',
      });
      expect(await keyed('batch-create', 'create', { requests: requests.slice(1) })).toMatchObject({
        status: 422,
        body: { code: 'idempotency_key_reused' },
      });
      const stored = await query<{ answer: string }>(
        application.database.url,
        `SELECT answer::text FROM idempotency_keys WHERE key = 'create'`,
      );
      expect(stored.map(({ answer }) => answer).join()).not.toMatch(/Meeting|bob/);
    });

    test('is changed once', async () => {
      const [{ id }] = await created([meeting(1)]);
      const body = { requests: [{ id, if_match: 1, title: 'Once' }] };
      const first = await keyed('batch-update', 'update', body);
      expect(await keyed('batch-update', 'update', body)).toMatchObject({ status: 200, body: first.body });
      expect(await seen(id)).toMatchObject({ title: 'Once', version: 2 });
    });

    test('is deleted once', async () => {
      const ids = (await created([meeting(1)])).map(({ id }) => id);
      for (const _ of ['first', 'repeated'])
        expect(await keyed('batch-delete', 'delete', { ids })).toMatchObject({ status: 204, body: null });
      expect(await remove(ids)).toMatchObject({ status: 404 });
    });

    test('repeats a refusal', async () => {
      const requests = [meeting(0), meeting(1, { organizer_user_id: bob.id })];
      const refusal = [403, 'forbidden', 'requests[1]'] as const;
      for (const _ of ['first', 'repeated'])
        await expectRefused(keyed('batch-create', 'refused', { requests }), refusal);
    });
  });

  test('never waits for another batch that has the same events in another order', async () => {
    const other = await startTestApplication({}, undefined, undefined, application.database);
    try {
      const ids = (
        await created(
          Array.from({ length: 20 }, (_, place) => meeting(place)),
          backend,
        )
      ).map(({ id }) => id);
      const deadlocks = `SELECT deadlocks::integer AS count FROM pg_stat_database WHERE datname = current_database()`;
      const before = await query<{ count: number }>(application.database.url, deadlocks);
      const rounds = Array.from({ length: 12 }, async (_, round) => {
        const client = round % 2 === 0 ? backend : backend.at(other.url);
        const order = round % 4 < 2 ? ids : ids.toReversed();
        return update(
          order.map((id) => ({ id, start_date: day(500 + round), conflict_policy: 'allow' })),
          client,
        );
      });
      expect((await Promise.all(rounds)).map(({ status }) => status)).toEqual(rounds.map(() => 200));
      for (const id of ids) expect(await seen(id)).toMatchObject({ version: 13 });
      expect(await query(application.database.url, deadlocks)).toEqual(before);
    } finally {
      await other.close();
    }
  });
});
