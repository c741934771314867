import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms, statusOf, times } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const TAKEN = { status: 409, body: { code: 'time_taken' } };
const WINDOW = 'from=2031-01-01T00:00:00Z&to=2031-02-01T00:00:00Z';

describe('a room in an event', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;
  let bob: number;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    ann = await signUp(anyone, 'ann');
    [bob] = await createUsers(anyone, 1);
  });
  afterAll(async () => application.close());

  const events = async (room: number) => (await backend.get(`/users/${room}/events?${WINDOW}`)).body;

  test('is an attendee of its kind, who has accepted', async () => {
    const room = await rooms.create();
    const { status, body } = await new Rooms(ann.client).book(ann.id, [room.id], { time: '09:00 - 10:00' });
    expect(status).toBe(201);
    expect(body.attendees).toMatchObject([
      { status: 'organizer', user: { id: ann.id, kind: 'person' } },
      { status: 'accepted', user: { id: room.id, kind: 'room', name: room.name, email: room.email } },
    ]);
    expect((await ann.client.get(`/events/${body.id}`)).body.attendees).toEqual(body.attendees);
    expect(await events(room.id)).toHaveLength(1);
  });

  test('refuses another event at the time, and nothing is stored', async () => {
    const room = await rooms.room();
    await rooms.book(ann.id, [room], { time: '09:00 - 10:00' });
    const before = (await backend.get(`/events?organizer_user_id=${bob}`)).body.length;
    const refused = await rooms.book(bob, [room], { time: '09:30 - 10:30' });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'time_taken',
        errors: [
          {
            field: 'start_date',
            message: `room ${room} is busy from 2031-01-06T09:30:00Z to 2031-01-06T10:00:00Z`,
          },
        ],
      },
    });
    expect((await backend.get(`/events?organizer_user_id=${bob}`)).body).toHaveLength(before);
    expect(await events(room)).toHaveLength(1);
    expect((await rooms.book(bob, [room], { time: '10:00 - 11:00' })).status).toBe(201);
  });

  test('takes no time in an event that shows as free', async () => {
    const room = await rooms.room();
    await rooms.book(ann.id, [room], { time: '09:00 - 10:00' });
    const { status, body } = await rooms.book(ann.id, [room], { time: '09:00 - 10:00', show_as: 'free' });
    expect([status, statusOf(body, room)]).toEqual([201, 'accepted']);
  });

  test('is refused outside of its opening hours, in its zone', async () => {
    const room = await rooms.room({ time_zone: 'Asia/Tokyo', opening_hours: OFFICE_HOURS });
    expect(await rooms.book(ann.id, [room], { time: '07:30 - 08:30' })).toMatchObject({
      status: 409,
      body: {
        code: 'time_taken',
        errors: [{ message: `room ${room} is closed from 2031-01-06T08:00:00Z to 2031-01-06T08:30:00Z` }],
      },
    });
    expect(await rooms.book(ann.id, [room], { time: '04 01:00 - 02:00' })).toMatchObject(TAKEN);
    expect((await rooms.book(ann.id, [room], { time: '07:00 - 08:00' })).status).toBe(201);
  });

  describe('that does not accept by itself', () => {
    let room: number;
    let invite: number;
    let event: number;

    beforeAll(async () => {
      room = await rooms.room({ auto_accept: false });
      const { body } = await rooms.book(ann.id, [room], { time: '09:00 - 10:00' });
      event = body.id;
      invite = body.attendees[1].invite_id as number;
    });

    test('blocks until somebody answers, whatever `pending` is', async () => {
      expect(statusOf((await backend.get(`/events/${event}`)).body, room)).toBe('needs_action');
      expect(await rooms.book(bob, [room], { time: '09:30 - 10:30' })).toMatchObject(TAKEN);
      for (const pending of ['busy', 'free'] as const) {
        const { body } = await backend.get(`/free-busy?user_ids=${room}&${WINDOW}&pending=${pending}`);
        expect(body[0].busy).toEqual([{ start: '2031-01-06T09:00:00Z', end: '2031-01-06T10:00:00Z' }]);
      }
    });

    test('is not answered by a person', async () => {
      expect((await ann.client.post(`/event-invites/${invite}:accept`)).status).toBe(403);
    });

    test('is answered by a key', async () => {
      const answer = async (verb: string) =>
        (await backend.send('POST', `/event-invites/${invite}:${verb}`)).status;
      expect(await answer('accept')).toBe(200);
      expect(statusOf((await backend.get(`/events/${event}`)).body, room)).toBe('accepted');
      expect(await answer('tentative')).toBe(200);
      expect(await rooms.book(bob, [room], { time: '09:00 - 10:00' })).toMatchObject(TAKEN);
      expect(await answer('decline')).toBe(200);
      expect((await rooms.book(bob, [room], { time: '09:00 - 10:00' })).status).toBe(201);
      expect(await answer('accept')).toBe(409);
      expect(await answer('tentative')).toBe(409);
      expect(statusOf((await backend.get(`/events/${event}`)).body, room)).toBe('declined');
    });

    test('decides again when it is invited again', async () => {
      await backend.patch(`/events/${event}`, { invited_room_ids: [] });
      const again = await backend.patch(`/events/${event}`, {
        invited_room_ids: [room],
        ...times('11:00 - 12:00'),
      });
      expect([again.status, statusOf(again.body as never, room)]).toEqual([200, 'needs_action']);
    });
  });

  test('comes and goes by PATCH, apart from the persons', async () => {
    const [one, other] = [await rooms.room(), await rooms.room()];
    const { body } = await rooms.book(ann.id, [one], { time: '09:00 - 10:00', invited_user_ids: [bob] });
    const path = `/events/${body.id}` as const;
    const ids = async (patch: object) => {
      const changed = await ann.client.send('PATCH', path, patch);
      const { attendees = [] } = changed.body as { attendees?: { user: { id: number } }[] };
      return [changed.status, ...attendees.map(({ user }) => user.id)];
    };
    expect(await ids({ invited_room_ids: [other, other] })).toEqual([200, ann.id, bob, other]);
    expect(await ids({ invited_user_ids: [] })).toEqual([200, ann.id, other]);
    expect(await ids({ invited_room_ids: [one], invited_user_ids: [bob] })).toEqual([200, ann.id, bob, one]);
    expect(await ids({ title: 'Renamed' })).toEqual([200, ann.id, bob, one]);
    await rooms.book(bob, [other], { time: '09:30 - 09:45' });
    expect(await ids({ invited_room_ids: [one, other] })).toEqual([409]);
    expect(await ids({ invited_room_ids: [] })).toEqual([200, ann.id, bob]);
    expect(await events(one)).toEqual([]);
  });

  test('stays with its answer in a PUT, and an equal PUT changes nothing', async () => {
    const room = await rooms.room();
    const path = '/events/by-external-id/in-a-room';
    const body = {
      title: 'Planning',
      organizer_user_id: ann.id,
      invited_user_ids: [bob],
      invited_room_ids: [room],
      ...times('09:00 - 10:00'),
    };
    const created = await backend.put(path, body);
    expect([created.status, statusOf(created.body as never, room)]).toEqual([201, 'accepted']);
    const again = await backend.put(path, body);
    expect(again).toMatchObject({
      status: 200,
      body: { version: (created.body as { version: number }).version },
    });
    const moved = await backend.put(path, { ...body, ...times('09:30 - 10:30') });
    expect([moved.status, statusOf(moved.body as never, room)]).toEqual([200, 'accepted']);
    const { invited_room_ids: _rooms, ...without } = body;
    expect(statusOf((await backend.put(path, without)).body as never, room)).toBeUndefined();
  });

  test('is booked by a batch, of which two members do not share an hour', async () => {
    const room = await rooms.room();
    const request = (time: string) => ({
      title: 'Planning',
      organizer_user_id: ann.id,
      invited_room_ids: [room],
      ...times(time),
    });
    const batch = async (...list: string[]) =>
      backend.post('/events:batch-create', { requests: list.map(request) });
    expect(await batch('09:00 - 10:00', '09:30 - 10:30')).toMatchObject(TAKEN);
    expect(await events(room)).toEqual([]);
    const created = await batch('09:00 - 10:00', '10:00 - 11:00');
    expect(created.status).toBe(200);
    const { events: both } = created.body as { events: { id: number }[] };
    // Two events may exchange their hours.
    const swapped = await backend.post('/events:batch-update', {
      requests: [
        { id: both[0].id, ...times('10:00 - 11:00') },
        { id: both[1].id, ...times('09:00 - 10:00') },
      ],
    });
    expect(swapped.status).toBe(200);
  });

  test.each([
    ['invited_room_ids', 'room_not_found', async () => ({ invited_room_ids: [bob] })],
    ['invited_room_ids', 'room_not_found', async () => ({ invited_room_ids: [999_999] })],
    ['invited_user_ids', 'user_not_found', async () => ({ invited_user_ids: [await rooms.room()] })],
  ])('is named in its own field: %s, %s', async (field, code, fields) => {
    const named = await fields();
    const refused = { status: 404, body: { code, errors: [{ field }] } };
    expect(await rooms.book(ann.id, [], { time: '09:00 - 10:00', ...named })).toMatchObject(refused);
    const { body } = await rooms.book(ann.id, [], { time: '09:00 - 10:00' });
    expect(await backend.patch(`/events/${body.id}`, named)).toMatchObject(refused);
    expect((await backend.get(`/events/${body.id}`)).body).toMatchObject({ version: body.version });
  });

  test('has too many others beside it', async () => {
    const invited = { invited_room_ids: Array.from({ length: 51 }, (_, index) => index + 1) };
    expect(await rooms.book(ann.id, [], { time: '09:00 - 10:00', ...invited })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'invited_room_ids' }] },
    });
  });

  test('that is too small gives a warning', async () => {
    const [small, large] = [await rooms.room({ capacity: 1 }), await rooms.room({ capacity: 2 })];
    const { body } = await rooms.book(ann.id, [small, large], {
      time: '09:00 - 10:00',
      invited_user_ids: [bob],
    });
    const warning = { code: 'room_too_small', room_id: small, capacity: 1, attendees: 2 };
    expect(body.warnings).toEqual([warning]);
    const patched = await backend.patch(`/events/${body.id}`, { title: 'Renamed' });
    expect(patched.body).toMatchObject({ warnings: [warning] });
    await backend.post(`/event-invites/${body.attendees[1].invite_id}:decline`);
    expect((await backend.patch(`/events/${body.id}`, { title: 'Again' })).body).not.toHaveProperty(
      'warnings',
    );
    const unlimited = await rooms.book(ann.id, [await rooms.room()], { time: '09:00 - 10:00' });
    expect(unlimited.body).not.toHaveProperty('warnings');
  });
});

describe('the nearest interval with rooms', () => {
  let application: TestApplication;
  let client: Client;
  let rooms: Rooms;
  let ann: number;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    rooms = new Rooms(client);
    [ann] = await createUsers(client, 1, {
      working_hours: [{ days_of_week: [1, 2, 3, 4, 5], from: '06:00', to: '22:00' }],
    });
  });
  afterAll(async () => application.close());

  const nearest = async (room: number, query: string) => {
    const users = `duration=1h&user_ids=${ann}&user_ids=${room}`;
    const window = 'from=2031-01-06T07:00:00Z&to=2031-01-09T00:00:00Z';
    const { body } = await client.get(`/events:nearest-empty-time-interval?${users}&${window}&${query}`);
    return body.start;
  };

  test.each([
    ['', '2031-01-06T10:00:00Z'],
    ['working_hours=false', '2031-01-06T10:00:00Z'],
    ['pending=free', '2031-01-06T10:00:00Z'],
    ['pending=free&working_hours=false', '2031-01-06T10:00:00Z'],
  ])('offers no time that the booking refuses: %s', async (query, start) => {
    const room = await rooms.room({ auto_accept: false, opening_hours: OFFICE_HOURS });
    const [bob] = await createUsers(client, 1);
    await rooms.book(bob, [room], { time: '09:00 - 10:00' });
    const offered = await nearest(room, query);
    expect(offered).toBe(start);
    const event = { title: 'Offered', start_date: offered as string, duration: 3600 };
    expect(
      (await client.post('/events', { ...event, organizer_user_id: bob, invited_room_ids: [room] })).status,
    ).toBe(201);
    expect(await nearest(room, query)).toBe('2031-01-06T11:00:00Z');
  });

  test('offers nothing in a room that never opens in the window', async () => {
    const sunday = [{ days_of_week: [7], from: '09:00', to: '17:00' }];
    const room = await rooms.room({ opening_hours: sunday });
    expect(await nearest(room, 'working_hours=false')).toBeNull();
  });
});
