import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { HoldConfirmation } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { expire, hold, tryHold } from '../../support/client/holds.js';
import { Rooms, statusOf, times } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const EXPIRED = { status: 410, body: { code: 'hold_expired' } };
const TIME = { start_date: '2031-01-06T09:00:00Z', end_date: '2031-01-06T10:00:00Z' };
const WINDOW = 'from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z';

describe('the confirmation of a hold', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;
  let host: number;
  let guest: number;
  let room: number;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    ann = await signUp(anyone, 'ann');
  });
  afterAll(async () => application.close());

  const confirm = async (id: number, fields: Partial<HoldConfirmation> = {}, client = backend) =>
    client.post(`/holds/${id}:confirm`, { title: 'Interview', organizer_user_id: host, ...fields });

  /** A hold of a host, a guest and a room, each a new one. */
  const newHold = async (expiresIn: string | number = '10m'): Promise<number> => {
    [host, guest] = await createUsers(anyone, 2);
    room = await rooms.room();
    const members = { user_ids: [host, guest], room_ids: [room] };
    return (await hold(backend, { time: '09:00 - 10:00', ...members, expires_in: expiresIn })).id;
  };

  const eventsOf = async (id: number) => (await backend.get(`/users/${id}/events?${WINDOW}`)).body;

  test('makes the event of the hold, with its time, its users and its rooms', async () => {
    const id = await newHold();
    const { status, body, headers } = await confirm(id);
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/events/${body.id}`);
    expect(body).toMatchObject({ title: 'Interview', ...TIME, duration: 3600, conflicts: [] });
    expect(body.attendees.map(({ user, status: answer }) => [user?.id, answer])).toEqual([
      [host, 'organizer'],
      [guest, 'needs_action'],
      [room, 'accepted'],
    ]);
    expect((await backend.get(`/holds/${id}`)).body).toMatchObject({ open: false, event_id: body.id });
    expect((await backend.get('/holds')).body.map((one) => one.id)).not.toContain(id);
  });

  test('leaves the time busy by the event alone', async () => {
    const id = await newHold();
    const { body: event } = await confirm(id);
    expect(await rooms.book(ann.id, [room], { time: '09:00 - 10:00' })).toMatchObject({ status: 409 });
    await backend.delete(`/events/${event.id}`);
    expect((await rooms.book(ann.id, [room], { time: '09:00 - 10:00' })).status).toBe(201);
  });

  test('is made once: a further request gets the same event, also after the end of the hold', async () => {
    const id = await newHold();
    const first = await confirm(id);
    const second = await confirm(id, { title: 'Another title' });
    expect([second.status, second.body.id, second.body.title]).toEqual([200, first.body.id, 'Interview']);
    await expire(application.database.url, [id], 60);
    const third = await confirm(id);
    expect([third.status, third.body.id]).toEqual([200, first.body.id]);
    expect(await eventsOf(room)).toHaveLength(1);
  });

  test('with an idempotency key is repeated as it was', async () => {
    const id = await newHold();
    const body = { title: 'Interview', organizer_user_id: host };
    const key = { 'idempotency-key': 'one-confirmation' };
    const first = await backend.send('POST', `/holds/${id}:confirm`, body, key);
    const second = await backend.send('POST', `/holds/${id}:confirm`, body, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  test('comes too late after the end of the hold, and changes nothing', async () => {
    const id = await newHold();
    await expire(application.database.url, [id]);
    expect(await confirm(id)).toMatchObject(EXPIRED);
    expect(await eventsOf(room)).toEqual([]);
    expect((await backend.get(`/holds/${id}`)).body).toMatchObject({ open: false, event_id: null });
    expect((await rooms.book(host, [room], { time: '09:00 - 10:00' })).status).toBe(201);
  });

  test('comes too late by the clock of the database', async () => {
    const id = await newHold('1s');
    await query(application.database.url, 'SELECT pg_sleep(1.1)');
    expect(await confirm(id)).toMatchObject(EXPIRED);
  });

  test('is in no conflict with the hold, where a person and the request reject conflicts', async () => {
    const { body: single } = await backend.create('/users', {
      name: 'single',
      email: 'single@example.com',
      double_booking: 'reject',
    });
    const { id } = await hold(backend, { time: '09:00 - 10:00', user_ids: [single.id] });
    const confirmed = await confirm(id, { organizer_user_id: single.id, conflict_policy: 'reject' });
    expect([confirmed.status, confirmed.body.conflicts]).toEqual([201, []]);
  });

  test('is refused as a creation is, and the hold stays', async () => {
    const id = await newHold();
    const event = { title: 'Talk', organizer_user_id: guest, ...times('09:30 - 10:30') };
    expect((await backend.post('/events', event)).status).toBe(201);
    expect(await confirm(id, { conflict_policy: 'reject' })).toMatchObject({
      status: 409,
      body: { code: 'time_taken', conflicts: [{ user_id: guest, start: '2031-01-06T09:30:00Z' }] },
    });
    expect((await backend.get(`/holds/${id}`)).body).toMatchObject({ open: true, event_id: null });
    expect(await rooms.book(host, [room], { time: '09:00 - 10:00' })).toMatchObject({ status: 409 });
    const { status, body } = await confirm(id);
    expect([status, body.conflicts.map((conflict) => conflict.user_id)]).toEqual([201, [guest]]);
  });

  test('takes the fields of an event', async () => {
    const id = await newHold();
    const { body } = await confirm(id, {
      ...TIME,
      invited_user_ids: [guest, host],
      invited_room_ids: [room],
      invited: [{ email: 'zoe@example.net', name: 'Zoe' }],
      description: 'First round',
      location: 'Second floor',
      visibility: 'private',
      time_zone: 'Europe/Berlin',
      metadata: { case: '42' },
      external_id: 'interview-1',
    });
    expect(body).toMatchObject({
      ...TIME,
      description: 'First round',
      location: 'Second floor',
      visibility: 'private',
      time_zone: 'Europe/Berlin',
      metadata: { case: '42' },
      external_id: 'interview-1',
    });
    expect(body.attendees).toHaveLength(4);
    expect(statusOf(body, room)).toBe('accepted');
  });

  test('takes the civil time of the hold', async () => {
    const id = await newHold();
    const fields = { start_date: '2031-01-06T10:00:00', time_zone: 'Europe/Berlin', duration: 3600 };
    expect((await confirm(id, fields)).status).toBe(201);
  });

  test('may make a series that begins with the hold', async () => {
    const id = await newHold();
    const { status, body } = await confirm(id, { repeat: { frequency: 'weekly', count: 3 } });
    expect([status, body.start_date]).toEqual([201, TIME.start_date]);
    expect(await rooms.book(host, [room], { time: '13 09:30 - 10:30' })).toMatchObject({ status: 409 });
  });

  test('may have the creator as the organizer, who is no user of the hold', async () => {
    [guest] = await createUsers(anyone, 1);
    const { id } = await hold(ann.client, { time: '09:00 - 10:00', user_ids: [guest] });
    const { status, body } = await confirm(id, { organizer_user_id: ann.id }, ann.client);
    expect(status).toBe(201);
    expect(body.attendees.map(({ user }) => user?.id)).toEqual([ann.id, guest]);
  });

  test('of a key that holds rooms alone may have any organizer', async () => {
    room = await rooms.room();
    const { id } = await hold(backend, { time: '09:00 - 10:00', room_ids: [room] });
    const { status, body } = await confirm(id, { organizer_user_id: ann.id });
    expect([status, body.attendees.map(({ user }) => user?.id)]).toEqual([201, [ann.id, room]]);
  });

  test('shows as many attendees as it asks for', async () => {
    const id = await newHold();
    const { body } = await backend.post(`/holds/${id}:confirm?max_attendees=1`, {
      title: 'Interview',
      organizer_user_id: host,
    });
    expect([body.attendees.length, body.attendees_omitted]).toEqual([1, 2]);
  });

  const others: readonly (readonly [string, () => object, string])[] = [
    ['another start', () => ({ start_date: '2031-01-06T09:00:01Z' }), 'start_date'],
    ['a date', () => ({ start_date: '2031-01-06' }), 'start_date'],
    ['a civil time of another zone', () => ({ start_date: '2031-01-06T10:00:00' }), 'start_date'],
    ['another length', () => ({ duration: 3599 }), 'duration'],
    ['another end', () => ({ end_date: '2031-01-06T10:00:01Z' }), 'end_date'],
    ['whole days', () => ({ all_day: true }), 'all_day'],
    ['a rule without its start', () => ({ repeat: { frequency: 'weekly', days_of_week: [2] } }), 'repeat'],
    ['fewer users', () => ({ invited_user_ids: [] }), 'invited_user_ids'],
    ['more users', () => ({ invited_user_ids: [guest, ann.id] }), 'invited_user_ids'],
    ['no room', () => ({ invited_room_ids: [] }), 'invited_room_ids'],
    ['another organizer', () => ({ organizer_user_id: ann.id }), 'organizer_user_id'],
    ['no title', () => ({ title: undefined }), 'title'],
    ['no organizer', () => ({ organizer_user_id: undefined }), 'organizer_user_id'],
  ];

  test.each(others)('with %s is a 400 that names the field', async (_, fields, field) => {
    const id = await newHold();
    const body = { title: 'Interview', organizer_user_id: host, ...fields() };
    const refused = await backend.send('POST', `/holds/${id}:confirm`, body);
    expect(refused).toMatchObject({ status: 400 });
    expect(
      (refused.body as unknown as { errors: { field: string }[] }).errors.map((fault) => fault.field),
    ).toContain(field);
    expect((await backend.get(`/holds/${id}`)).body).toMatchObject({ open: true });
    expect(await eventsOf(room)).toEqual([]);
  });

  test('of a person invites others, and creates no event of another organizer', async () => {
    [guest] = await createUsers(anyone, 1);
    const { id } = await hold(ann.client, { time: '10:00 - 11:00', user_ids: [ann.id, guest] });
    expect(await confirm(id, { organizer_user_id: guest }, ann.client)).toMatchObject({ status: 403 });
    const { body } = await confirm(id, { organizer_user_id: ann.id }, ann.client);
    expect(body.attendees.map(({ user, status }) => [user?.id, status])).toEqual([
      [ann.id, 'organizer'],
      [guest, 'needs_action'],
    ]);
  });

  test('gives the repeat the 404 of an event that is deleted', async () => {
    const id = await newHold();
    const { body } = await confirm(id);
    await backend.delete(`/events/${body.id}`);
    expect(await confirm(id)).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  });

  describe('beside an extension', () => {
    test('an extension lasts from now, and makes no hold shorter', async () => {
      const id = await newHold('5m');
      const { body: before } = await backend.get(`/holds/${id}`);
      const { status, body: longer } = await backend.post(`/holds/${id}:extend`, { expires_in: '20m' });
      expect(status).toBe(200);
      const lasts = Date.parse(longer.expires_at) - Date.parse(before.created_at);
      expect(lasts).toBeGreaterThanOrEqual(1_200_000);
      expect(lasts).toBeLessThan(1_230_000);
      const { body: same } = await backend.post(`/holds/${id}:extend`, { expires_in: '1m' });
      expect(same.expires_at).toBe(longer.expires_at);
      const { body: byDefault } = await backend.post(`/holds/${id}:extend`, {});
      expect(byDefault.expires_at).toBe(longer.expires_at);
    });

    test('an extended hold is busy until its new end', async () => {
      const id = await newHold('1s');
      expect((await backend.post(`/holds/${id}:extend`, { expires_in: '10m' })).status).toBe(200);
      await query(application.database.url, 'SELECT pg_sleep(1.1)');
      expect(await tryHold(backend, { time: '09:00 - 10:00', user_ids: [host] })).toMatchObject({
        status: 409,
      });
      expect((await confirm(id)).status).toBe(201);
    });

    test('no hold lasts for more than a day', async () => {
      const id = await newHold();
      await query(
        application.database.url,
        `UPDATE holds SET created_at = now() - interval '23 hours 30 minutes' WHERE id = ${id}`,
      );
      expect(await backend.post(`/holds/${id}:extend`, { expires_in: '31m' })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'expires_in' }] },
      });
      expect((await backend.post(`/holds/${id}:extend`, { expires_in: '29m' })).status).toBe(200);
    });

    test.each([['0s'], ['61m'], ['x']])('of %s is a 400 that names the field', async (expiresIn) => {
      const id = await newHold();
      expect(await backend.send('POST', `/holds/${id}:extend`, { expires_in: expiresIn })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'expires_in' }] },
      });
    });

    test('comes too late after the end, and after the confirmation', async () => {
      const id = await newHold();
      await expire(application.database.url, [id]);
      expect(await backend.post(`/holds/${id}:extend`, { expires_in: '1m' })).toMatchObject(EXPIRED);
      const confirmed = await newHold();
      await confirm(confirmed);
      expect(await backend.post(`/holds/${confirmed}:extend`, { expires_in: '1m' })).toMatchObject({
        status: 409,
        body: { code: 'hold_confirmed' },
      });
    });
  });

  test('and the deletion of the hold leave the event', async () => {
    const id = await newHold();
    const { body } = await confirm(id);
    expect((await backend.delete(`/holds/${id}`)).status).toBe(204);
    expect((await backend.get(`/events/${body.id}`)).status).toBe(200);
  });
});
