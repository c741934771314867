import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewUser } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { expire, held, hold, tryHold } from '../../support/client/holds.js';
import { Rooms, times } from '../../support/client/rooms.js';
import { addCalendar, primaryCalendarOf, shareWithTenant } from '../../support/client/sharing.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const NOT_FOUND = { status: 404, body: { code: 'hold_not_found' } };
const WINDOW = 'from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z';

describe('the callers of holds', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let ann: Account;
  let eve: Account;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    ann = await signUp(anyone, 'ann');
    eve = await signUp(anyone, 'eve');
  });
  afterAll(async () => application.close());

  const user = async (fields: Partial<NewUser> = {}): Promise<number> =>
    (await createUsers(backend, 1, fields))[0];
  const account = async (): Promise<Account> => {
    count += 1;
    return signUp(anyone, `person${count}`);
  };
  const statusesOf = async (client: Client, id: number): Promise<number[]> => {
    const organizer = { title: 'Talk', organizer_user_id: ann.id };
    const answers = [
      await client.get(`/holds/${id}`),
      await client.post(`/holds/${id}:extend`, { expires_in: '1m' }),
      await client.post(`/holds/${id}:confirm`, organizer),
      await client.delete(`/holds/${id}`),
    ];
    const listed = (await client.get('/holds')).body.map((one) => one.id);
    expect(listed).not.toContain(id);
    return answers.map(({ status }) => status);
  };

  describe('use', () => {
    test('the holds of a person: the person alone, and a key that acts as the person', async () => {
      const { id } = await hold(ann.client, { time: '09:00 - 10:00', user_ids: [await user()] });
      const other = await addKey(application, 1);
      for (const client of [eve.client, backend, other, anyone, backend.as(eve.id)])
        expect(await statusesOf(client, id)).toEqual([404, 404, 404, 404]);
      for (const client of [ann.client, backend.as(ann.id)]) {
        expect((await client.get(`/holds/${id}`)).status).toBe(200);
        expect((await client.get('/holds')).body.map((one) => one.id)).toContain(id);
      }
      expect((await backend.as(ann.id).delete(`/holds/${id}`)).status).toBe(204);
    });

    test('the holds of a key: every key of the tenant', async () => {
      const { id } = await hold(backend, { time: '09:00 - 10:00', user_ids: [await user()] });
      for (const client of [ann.client, anyone, backend.as(ann.id)])
        expect(await statusesOf(client, id)).toEqual([404, 404, 404, 404]);
      const other = await addKey(application, 1);
      expect((await other.get('/holds')).body.map((one) => one.id)).toContain(id);
      expect((await other.post(`/holds/${id}:extend`, {})).status).toBe(200);
      expect((await other.delete(`/holds/${id}`)).status).toBe(204);
    });

    test('the holds of a request without a token: every caller', async () => {
      const { id } = await hold(anyone, { time: '09:00 - 10:00', user_ids: [await user()] });
      for (const client of [anyone, ann.client, backend]) {
        expect((await client.get(`/holds/${id}`)).status).toBe(200);
        expect((await client.get('/holds')).body.map((one) => one.id)).toContain(id);
      }
      expect((await eve.client.delete(`/holds/${id}`)).status).toBe(204);
    });

    test('no hold that is not there', async () => {
      expect(await backend.get('/holds/999999')).toMatchObject(NOT_FOUND);
      expect(await backend.delete('/holds/999999')).toMatchObject(NOT_FOUND);
    });

    test('their open holds in a list with pages', async () => {
      const person = await account();
      const id = await user();
      const ids: number[] = [];
      for (const time of ['09:00 - 10:00', '10:00 - 11:00', '11:00 - 12:00'])
        ids.push((await hold(person.client, { time, user_ids: [id] })).id);
      await expire(application.database.url, [ids[1]]);
      const listed: number[][] = [];
      for await (const { body } of person.client.pages('/holds?limit=1'))
        listed.push(body.map((one) => one.id));
      expect(listed.flat()).toEqual(expect.arrayContaining([ids[0], ids[2]]));
      expect(listed.flat()).not.toContain(ids[1]);
      expect(listed.every(({ length }) => length <= 1)).toBe(true);
    });
  });

  describe('hold the time of others', () => {
    test('who accept invitations', async () => {
      const id = await user();
      expect((await tryHold(ann.client, { time: '09:00 - 10:00', user_ids: [ann.id, id] })).status).toBe(201);
    });

    test.each(['none', 'known'] as const)('who accept invitations of %s: no', async (invitations) => {
      const other = await account();
      await other.client.patch(`/users/${other.id}`, { invitations });
      for (const client of [ann.client, anyone]) {
        expect(await tryHold(client, { time: '12:00 - 13:00', user_ids: [other.id] })).toMatchObject({
          status: 403,
          body: { code: 'invitations_not_accepted', errors: [{ field: 'user_ids' }] },
        });
      }
      const { body } = await backend.get(`/free-busy?user_ids=${other.id}&${WINDOW}`);
      expect(body).toMatchObject([{ busy: [] }]);
      for (const client of [other.client, backend]) {
        const { status, body: own } = await tryHold(client, { time: '12:00 - 13:00', user_ids: [other.id] });
        expect(status).toBe(201);
        await client.delete(`/holds/${own.id}`);
      }
    });

    test('who accept invitations of those whom they know: yes, if they do', async () => {
      const other = await account();
      await other.client.patch(`/users/${other.id}`, { invitations: 'known' });
      const { body: event } = await ann.client.create('/events', {
        title: 'Met',
        organizer_user_id: ann.id,
        invited_user_ids: [other.id],
        ...times('08:00 - 08:30'),
      });
      await other.client.post(`/event-invites/${event.attendees[1].invite_id}:accept`);
      expect((await tryHold(ann.client, { time: '13:00 - 14:00', user_ids: [other.id] })).status).toBe(201);
      expect((await tryHold(eve.client, { time: '14:00 - 15:00', user_ids: [other.id] })).status).toBe(403);
    });

    test('who hide their time: no', async () => {
      const other = await account();
      await shareWithTenant(other.client, await primaryCalendarOf(other), 'none');
      for (const client of [ann.client, anyone]) {
        expect(await tryHold(client, { time: '15:00 - 16:00', user_ids: [ann.id, other.id] })).toMatchObject({
          status: 403,
          body: { code: 'calendar_not_shared', errors: [{ field: 'user_ids' }] },
        });
      }
      expect((await tryHold(other.client, { time: '15:00 - 16:00', user_ids: [other.id] })).status).toBe(201);
    });

    test('who hide a part of it: yes, and a conflict in that part is not shown', async () => {
      const other = await account();
      const hidden = await addCalendar(other, 'Hidden');
      await shareWithTenant(other.client, hidden, 'none');
      const event = { title: 'Secret', organizer_user_id: other.id, calendar_id: hidden };
      await other.client.create('/events', { ...event, ...times('09:00 - 10:00') });
      const { status, body } = await tryHold(ann.client, { time: '09:00 - 10:00', user_ids: [other.id] });
      expect([status, body]).toEqual([409, expect.objectContaining({ code: 'time_taken' })]);
      expect(body).not.toHaveProperty('conflicts');
      expect((await tryHold(ann.client, { time: '10:00 - 11:00', user_ids: [other.id] })).status).toBe(201);
      const { body: shown } = await eve.client.get(`/free-busy?user_ids=${other.id}&${WINDOW}`);
      expect(shown).toMatchObject([
        { busy: [{ start: '2031-01-06T10:00:00Z' }], code: 'calendar_partly_shared' },
      ]);
    });
  });

  test('learn of no hold on a user who hides all time', async () => {
    const other = await account();
    await hold(other.client, { time: '09:00 - 10:00', user_ids: [other.id] });
    await shareWithTenant(other.client, await primaryCalendarOf(other), 'none');
    const { body: shown } = await eve.client.get(`/free-busy?user_ids=${other.id}&${WINDOW}`);
    expect(shown).toMatchObject([{ busy: null, code: 'calendar_not_shared' }]);
    const event = { title: 'Talk', organizer_user_id: eve.id, invited_user_ids: [other.id] };
    const created = await eve.client.post('/events', { ...event, ...times('09:00 - 10:00') });
    expect([created.status, created.body.conflicts]).toEqual([201, []]);
    const refused = await eve.client.post('/events', {
      ...event,
      ...times('09:00 - 10:00'),
      conflict_policy: 'reject',
    });
    expect(refused).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    expect(JSON.stringify(refused.body)).not.toContain(`"user_id":${other.id}`);
    const { body: found } = await eve.client.get(
      `/events:nearest-empty-time-interval?user_ids=${other.id}&duration=1h&${WINDOW}`,
    );
    expect(found.reasons.map(({ rule }) => rule)).toEqual(['calendar_not_shared']);
  });

  describe('have a limit', () => {
    test('of ten open holds of a person, also if they come together', async () => {
      const person = await account();
      const users = await createUsers(backend, 15);
      const answers = await Promise.all(
        users.map(async (id) => tryHold(person.client, { time: '09:00 - 10:00', user_ids: [id] })),
      );
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([...Array(10).fill(201), ...Array(5).fill(429)]);
      const refused = answers.find(({ status }) => status === 429);
      expect(refused?.body).toMatchObject({ code: 'too_many_holds' });
      const { body: open } = await person.client.get('/holds');
      const own = open.filter(({ user_ids: [id] }) => users.includes(id));
      const again = async () =>
        (await tryHold(person.client, { time: '10:00 - 11:00', user_ids: [users[0]] })).status;
      expect(await again()).toBe(429);
      await expire(application.database.url, [own[0].id]);
      expect(await again()).toBe(201);
      expect(await again()).toBe(409);
      await person.client.post(`/holds/${own[1].id}:confirm`, {
        title: 'Talk',
        organizer_user_id: person.id,
      });
      expect((await tryHold(person.client, { time: '11:00 - 12:00', user_ids: [users[0]] })).status).toBe(
        201,
      );
    });

    test('of a thousand open holds of a key, of its own', async () => {
      const key = await addKey(application, 1);
      const id = await user();
      const { id: first } = await hold(key, { time: '09:00 - 10:00', user_ids: [id] });
      await query(
        application.database.url,
        `INSERT INTO holds (tenant_id, user_ids, room_ids, start_at, end_at, created_by_key_id, created_at, expires_at)
         SELECT tenant_id, user_ids, room_ids, start_at, end_at, created_by_key_id, created_at, expires_at
           FROM holds, generate_series(2, 1000) WHERE id = ${first}`,
      );
      expect(await tryHold(key, { time: '10:00 - 11:00', user_ids: [id] })).toMatchObject({
        status: 429,
        body: { code: 'too_many_holds' },
      });
      expect((await tryHold(backend, { time: '10:00 - 11:00', user_ids: [id] })).status).toBe(201);
    });
  });

  describe('who are deleted', () => {
    test('leave no hold', async () => {
      const [person, id] = [await account(), await user()];
      const { id: holdId } = await hold(person.client, { time: '09:00 - 10:00', user_ids: [id] });
      expect((await backend.delete(`/users/${person.id}`)).status).toBe(204);
      expect((await tryHold(backend, { time: '09:00 - 10:00', user_ids: [id] })).status).toBe(201);
      const rows = await query(application.database.url, `SELECT id FROM holds WHERE id = ${holdId}`);
      expect(rows).toEqual([]);
    });

    test('are in no hold: it ends for all of its users', async () => {
      const [id, other] = await createUsers(backend, 2);
      const { id: holdId } = await hold(backend, { time: '09:00 - 10:00', user_ids: [id, other] });
      expect((await backend.delete(`/users/${id}`)).status).toBe(204);
      expect(await backend.get(`/holds/${holdId}`)).toMatchObject(NOT_FOUND);
      expect((await tryHold(backend, { time: '09:00 - 10:00', user_ids: [other] })).status).toBe(201);
      expect(await tryHold(backend, { time: '09:00 - 10:00', user_ids: [id] })).toMatchObject({
        status: 404,
      });
    });

    test('as rooms end the holds on them', async () => {
      const rooms = new Rooms(backend);
      const [room, id] = [await rooms.room(), await user()];
      const { id: holdId } = await hold(backend, { time: '09:00 - 10:00', user_ids: [id], room_ids: [room] });
      expect((await backend.delete(`/rooms/${room}`)).status).toBe(204);
      expect(await backend.get(`/holds/${holdId}`)).toMatchObject(NOT_FOUND);
    });
  });

  test('find their holds in the export of their data', async () => {
    const person = await account();
    const created = await hold(person.client, { time: '09:00 - 10:00', user_ids: [person.id] });
    const { body } = await backend.get(`/users/${person.id}:export`);
    expect(body.holds).toEqual([created]);
  });

  test('need the scopes of events', async () => {
    const { body: reading } = await backend.create('/api-keys', { name: 'r', scopes: ['events.read'] });
    const { body: free } = await backend.create('/api-keys', { name: 'f', scopes: ['availability.read'] });
    const body = held({ time: '09:00 - 10:00', user_ids: [ann.id] });
    expect((await anyone.with(reading.key).get('/holds')).status).toBe(200);
    expect((await anyone.with(reading.key).post('/holds', body)).status).toBe(403);
    expect((await anyone.with(free.key).get('/holds')).status).toBe(403);
  });

  test('need a token with `AUTH_MODE=required`', async () => {
    const required = await startTestApplication(
      { AUTH_MODE: 'required' },
      undefined,
      undefined,
      application.database,
    );
    const nobody = new Client(required.url);
    expect((await nobody.get('/holds')).status).toBe(401);
    expect((await tryHold(nobody, { time: '09:00 - 10:00', user_ids: [ann.id] })).status).toBe(401);
    await required.close();
  });

  test('hold with `DIRECTORY=shared` only the time of users whom they see', async () => {
    const shared = await startTestApplication(
      { DIRECTORY: 'shared' },
      undefined,
      undefined,
      application.database,
    );
    const stranger = await account();
    const client = ann.client.at(shared.url);
    const hidden = await tryHold(client, { time: '16:00 - 17:00', user_ids: [ann.id, stranger.id] });
    const missing = await tryHold(client, { time: '16:00 - 17:00', user_ids: [ann.id, 999_999] });
    const refusals = [hidden, missing].map(({ status, body }) =>
      JSON.stringify([status, body]).replaceAll(/999999|(?<=user )\d+/g, 'the id'),
    );
    expect(refusals[0]).toBe(refusals[1]);
    expect(hidden).toMatchObject({ status: 404, body: { code: 'user_not_found' } });
    const room = await new Rooms(backend).room();
    const own = { user_ids: [ann.id], room_ids: [room] };
    expect((await tryHold(client, { time: '16:00 - 17:00', ...own })).status).toBe(201);
    await shared.close();
  });
});
