import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { expire, held, hold, tryHold } from '../../support/client/holds.js';
import { OFFICE_HOURS, Rooms, times } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const TAKEN = { status: 409, body: { code: 'time_taken' } };
const WINDOW = 'from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z';

async function busyOf(client: Client, id: number, policy = 'busy') {
  const { body } = await client.get(`/free-busy?user_ids=${id}&${WINDOW}&pending=${policy}`);
  return (body as { busy: unknown; intervals: unknown }[])[0];
}

describe('a hold', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;
  let bob: Account;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    ann = await signUp(anyone, 'ann');
    bob = await signUp(anyone, 'bob');
  });
  afterAll(async () => application.close());

  const user = async (): Promise<number> => (await createUsers(anyone, 1))[0];
  test('is created with its users, its rooms and its time, and lasts for ten minutes', async () => {
    const [id, room] = [await user(), await rooms.room()];
    const { status, body, headers } = await tryHold(backend, {
      time: '09:00 - 10:00',
      user_ids: [id, id],
      room_ids: [room],
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/holds/${body.id}`);
    expect(body).toEqual({
      id: expect.any(Number),
      start_date: '2031-01-06T09:00:00Z',
      end_date: '2031-01-06T10:00:00Z',
      duration: 3600,
      user_ids: [id],
      room_ids: [room],
      expires_at: expect.any(String),
      open: true,
      event_id: null,
      created_at: expect.any(String),
    });
    expect(Date.parse(body.expires_at) - Date.parse(body.created_at)).toBe(600_000);
    expect((await backend.get(`/holds/${body.id}`)).body).toEqual(body);
    expect((await backend.get('/holds')).body).toContainEqual(body);
  });

  test('lasts for as long as it asks, and not longer than an hour', async () => {
    const id = await user();
    const short = await hold(backend, { time: '09:00 - 10:00', user_ids: [id], expires_in: '1s' });
    const long = await hold(backend, { time: '10:00 - 11:00', user_ids: [id], expires_in: 3600 });
    const lengths = [short, long].map((one) => Date.parse(one.expires_at) - Date.parse(one.created_at));
    expect(lengths).toEqual([1000, 3_600_000]);
    const tooLong = await tryHold(backend, { time: '11:00 - 12:00', user_ids: [id], expires_in: '61m' });
    expect(tooLong).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'expires_in', message: 'must be from 1 to 3600 seconds' }] },
    });
  });

  test('is busy for every caller, also with `pending=free`, until it expires', async () => {
    const id = await user();
    const { id: holdId } = await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    const time = { start: '2031-01-06T09:00:00Z', end: '2031-01-06T10:00:00Z' };
    for (const client of [backend, anyone, ann.client]) {
      for (const policy of ['busy', 'free']) {
        expect(await busyOf(client, id, policy)).toMatchObject({
          busy: [time],
          intervals: [{ ...time, show_as: 'busy' }],
        });
      }
    }
    await expire(application.database.url, [holdId]);
    expect(await busyOf(anyone, id)).toMatchObject({ busy: [], intervals: [] });
  });

  test('is joined with the events around it, and the stronger kind of time wins', async () => {
    const id = await user();
    const event = { title: 'Away', organizer_user_id: id, show_as: 'out_of_office' } as const;
    await backend.create('/events', { ...event, ...times('09:30 - 09:45') });
    await backend.create('/events', { ...event, show_as: 'tentative', ...times('10:00 - 11:00') });
    const refused = await tryHold(backend, { time: '09:00 - 10:30', user_ids: [id] });
    expect(refused).toMatchObject(TAKEN);
    const other = await user();
    const { id: holdId } = await hold(backend, { time: '09:00 - 10:30', user_ids: [other] });
    for (const [time, showAs] of [
      ['09:30 - 09:45', 'out_of_office'],
      ['10:00 - 11:00', 'tentative'],
    ] as const) {
      await backend.create('/events', {
        ...event,
        organizer_user_id: other,
        show_as: showAs,
        ...times(time),
      });
    }
    expect(await busyOf(anyone, other)).toMatchObject({
      busy: [{ start: '2031-01-06T09:00:00Z', end: '2031-01-06T11:00:00Z' }],
      intervals: [
        { start: '2031-01-06T09:00:00Z', end: '2031-01-06T09:30:00Z', show_as: 'busy' },
        { start: '2031-01-06T09:30:00Z', end: '2031-01-06T09:45:00Z', show_as: 'out_of_office' },
        { start: '2031-01-06T09:45:00Z', end: '2031-01-06T10:30:00Z', show_as: 'busy' },
        { start: '2031-01-06T10:30:00Z', end: '2031-01-06T11:00:00Z', show_as: 'tentative' },
      ],
    });
    await backend.delete(`/holds/${holdId}`);
  });

  test('blocks the search, with a reason of its own', async () => {
    const id = await user();
    await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    const { body } = await anyone.get(
      `/events:nearest-empty-time-interval?user_ids=${id}&duration=1h&from=2031-01-06T09:00:00Z&buffer_before=15m`,
    );
    expect(body).toMatchObject({
      start: '2031-01-06T10:15:00Z',
      reasons: [
        { user_id: id, rule: 'hold', unavailable_throughout: false },
        { user_id: id, rule: 'buffer' },
      ],
    });
  });

  test('and an event at the same time are two reasons', async () => {
    const id = await user();
    await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    await backend.create('/events', { title: 'Talk', organizer_user_id: id, ...times('09:00 - 09:30') });
    const { body } = await anyone.get(
      `/events:nearest-empty-time-interval?user_ids=${id}&duration=1h&from=2031-01-06T09:00:00Z`,
    );
    expect(body).toMatchObject({
      start: '2031-01-06T10:00:00Z',
      reasons: [{ rule: 'busy' }, { rule: 'hold' }],
    });
  });

  test('takes its rooms out of the search for free ones', async () => {
    const room = await rooms.room({ features: ['holds'] });
    const search = 'features=holds&free_from=2031-01-06T09:30:00Z&free_to=2031-01-06T09:45:00Z';
    expect(await rooms.found(search)).toEqual([room]);
    const { id } = await hold(backend, { time: '09:00 - 10:00', room_ids: [room] });
    expect(await rooms.found(search)).toEqual([]);
    await backend.delete(`/holds/${id}`);
    expect(await rooms.found(search)).toEqual([room]);
  });

  test('refuses other holds, also those that it does not enclose', async () => {
    const id = await user();
    await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    const other = await user();
    for (const time of [
      '09:00 - 10:00',
      '08:30 - 09:01',
      '09:59 - 10:30',
      '08:00 - 11:00',
      '09:15 - 09:30',
    ]) {
      expect(await tryHold(backend, { time, user_ids: [other, id] })).toMatchObject({
        status: 409,
        body: { code: 'time_taken', conflicts: [{ user_id: id }] },
      });
    }
    for (const time of ['08:00 - 09:00', '10:00 - 11:00'])
      expect((await tryHold(backend, { time, user_ids: [other, id] })).status).toBe(201);
  });

  test('refuses bookings of its room, and moves into it', async () => {
    const [id, room] = [await user(), await rooms.room()];
    await hold(backend, { time: '09:00 - 10:00', room_ids: [room] });
    expect(await rooms.book(id, [room], { time: '09:30 - 10:30' })).toMatchObject(TAKEN);
    const { body: event } = await rooms.book(id, [room], { time: '10:00 - 11:00' });
    const moved = await backend.patch(`/events/${event.id}`, times('09:30 - 10:30'));
    expect(moved).toMatchObject(TAKEN);
  });

  test('refuses an event of a person who allows no double booking', async () => {
    const { body: one } = await backend.create('/users', {
      name: 'single',
      email: 'single@example.com',
      double_booking: 'reject',
    });
    await hold(backend, { time: '09:00 - 10:00', user_ids: [one.id] });
    const event = { title: 'Talk', organizer_user_id: one.id, ...times('09:00 - 10:00') };
    expect(await backend.post('/events', event)).toMatchObject(TAKEN);
  });

  test('refuses an event with `conflict_policy: reject`', async () => {
    const id = await user();
    await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    const event = { title: 'Talk', organizer_user_id: id, ...times('09:30 - 10:30') };
    expect(await backend.post('/events', { ...event, conflict_policy: 'reject' })).toMatchObject({
      status: 409,
      body: {
        conflicts: [{ user_id: id, start: '2031-01-06T09:30:00Z', end: '2031-01-06T10:00:00Z' }],
      },
    });
    expect(await busyOf(backend, id)).toMatchObject({ busy: [{ end: '2031-01-06T10:00:00Z' }] });
  });

  test('lets a plain event of the held person through, which lists the hold in its conflicts', async () => {
    const id = await user();
    // The calendars are in memory, so that a creation takes the shortest way.
    await busyOf(anyone, id);
    await backend.create('/events', { title: 'First', organizer_user_id: id, ...times('11:00 - 12:00') });
    await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    const event = { title: 'Talk', organizer_user_id: id, ...times('09:30 - 11:30') };
    const { status, body } = await backend.post('/events', event);
    expect(status).toBe(201);
    expect(body.conflicts).toEqual([
      { user_id: id, start: '2031-01-06T09:30:00Z', end: '2031-01-06T10:00:00Z', events: [] },
      {
        user_id: id,
        start: '2031-01-06T11:00:00Z',
        end: '2031-01-06T11:30:00Z',
        events: [{ id: expect.any(Number), title: 'First' }],
      },
    ]);
  });

  test('lets a series through, which lists the hold at its occurrence', async () => {
    const id = await user();
    await hold(backend, { time: '13 09:00 - 10:00', user_ids: [id] });
    const { body } = await backend.create('/events', {
      title: 'Weekly',
      organizer_user_id: id,
      ...times('09:00 - 10:00'),
      repeat: { frequency: 'weekly' },
    });
    expect(body.conflicts).toEqual([
      { user_id: id, start: '2031-01-13T09:00:00Z', end: '2031-01-13T10:00:00Z', events: [] },
    ]);
  });

  test('waits for all of its users and rooms: unanswered invitations count, and closed rooms', async () => {
    const [host, guest] = [await user(), await user()];
    await backend.create('/events', {
      title: 'Talk',
      organizer_user_id: host,
      invited_user_ids: [guest],
      ...times('09:00 - 10:00'),
    });
    expect(await tryHold(backend, { time: '09:30 - 10:30', user_ids: [guest] })).toMatchObject(TAKEN);
    const room = await rooms.room({ opening_hours: OFFICE_HOURS });
    const closed = await tryHold(backend, { time: '08:30 - 09:30', user_ids: [guest], room_ids: [room] });
    expect(closed).toMatchObject({
      status: 409,
      body: {
        code: 'time_taken',
        errors: [
          {
            field: 'start_date',
            message: `room ${room} is closed from 2031-01-06T08:30:00Z to 2031-01-06T09:00:00Z`,
          },
        ],
      },
    });
    expect(await busyOf(backend, room)).toMatchObject({ busy: [] });
  });

  test('ends with its deletion, at once', async () => {
    const id = await user();
    const { id: holdId } = await hold(backend, { time: '09:00 - 10:00', user_ids: [id] });
    expect((await backend.delete(`/holds/${holdId}`)).status).toBe(204);
    expect(await busyOf(anyone, id)).toMatchObject({ busy: [] });
    expect((await tryHold(backend, { time: '09:00 - 10:00', user_ids: [id] })).status).toBe(201);
    expect(await backend.get(`/holds/${holdId}`)).toMatchObject({ status: 404 });
    expect(await backend.delete(`/holds/${holdId}`)).toMatchObject({ status: 404 });
  });

  test('of civil time is in the zone of the request, or of the first user', async () => {
    const { body: one } = await backend.create('/users', {
      name: 'tokyo',
      email: 'tokyo@example.com',
      time_zone: 'Asia/Tokyo',
    });
    const { body: inZone } = await backend.create('/holds', {
      start_date: '2031-01-06T09:00:00',
      duration: 'PT1H',
      user_ids: [one.id],
    });
    expect(inZone.start_date).toBe('2031-01-06T00:00:00Z');
    const { body: named } = await backend.create('/holds', {
      start_date: '2031-01-06T09:00:00',
      time_zone: 'Europe/Berlin',
      duration: '1h',
      user_ids: [one.id],
    });
    expect(named.start_date).toBe('2031-01-06T08:00:00Z');
  });

  test('with an idempotency key is made once', async () => {
    const id = await user();
    const key = { 'idempotency-key': 'one-hold' };
    const body = held({ time: '09:00 - 10:00', user_ids: [id] });
    const first = await backend.send('POST', '/holds', body, key);
    const second = await backend.send('POST', '/holds', body, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  describe('that is wrong', () => {
    const bad: readonly (readonly [string, object, string])[] = [
      ['in the past', { start_date: '2020-01-06T09:00:00Z' }, 'start_date'],
      ['on a day', { start_date: '2031-01-06' }, 'start_date'],
      ['without a start', { start_date: undefined }, 'start_date'],
      ['without a length', { duration: undefined }, 'duration'],
      ['of no length', { duration: 0 }, 'duration'],
      ['of more than a year', { duration: '8785h' }, 'duration'],
      ['after the last year', { start_date: '2999-12-31T23:59:00Z' }, 'duration'],
      ['for no time', { expires_in: 0 }, 'expires_in'],
      ['for half a second', { expires_in: 0.5 }, 'expires_in'],
      ['for more than an hour', { expires_in: '3601s' }, 'expires_in'],
      ['of nobody', { user_ids: [] }, 'user_ids'],
      ['of users who are no ids', { user_ids: ['x'] }, 'user_ids'],
      ['of too many users', { user_ids: Array.from({ length: 101 }, (_, at) => at + 1) }, 'user_ids'],
      ['of too many rooms', { room_ids: Array.from({ length: 51 }, (_, at) => at + 1) }, 'room_ids'],
      ['in an unknown zone', { time_zone: 'Mars/Olympus' }, 'time_zone'],
      ['with an unknown field', { color: '#ffffff' }, 'color'],
    ];

    test.each(bad)('%s is a 400 that names the field', async (_, fields, field) => {
      const body = { ...held({ time: '09:00 - 10:00', user_ids: [ann.id] }), ...fields };
      expect(await backend.send('POST', '/holds', body)).toMatchObject({
        status: 400,
        body: { errors: [{ field }] },
      });
      expect(await busyOf(backend, ann.id)).toMatchObject({ busy: [] });
    });

    test.each([
      ['user_ids', 'user_not_found', { user_ids: [999_999] }],
      ['room_ids', 'room_not_found', { room_ids: [999_999] }],
    ])('%s of nobody is a 404', async (field, code, fields) => {
      const body = { ...held({ time: '09:00 - 10:00' }), ...fields };
      expect(await backend.send('POST', '/holds', body)).toMatchObject({
        status: 404,
        body: { code, errors: [{ field }] },
      });
    });

    test('a room among the users, and a person among the rooms, are a 404', async () => {
      const room = await rooms.room();
      expect(await tryHold(backend, { time: '09:00 - 10:00', user_ids: [room] })).toMatchObject({
        status: 404,
        body: { errors: [{ field: 'user_ids' }] },
      });
      expect(await tryHold(backend, { time: '09:00 - 10:00', room_ids: [bob.id] })).toMatchObject({
        status: 404,
        body: { errors: [{ field: 'room_ids' }] },
      });
    });
  });
});
