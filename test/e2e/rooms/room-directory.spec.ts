import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { Rooms, statusOf } from '../../support/client/rooms.js';
import { primaryCalendarOf, share } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const WINDOW = 'from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z';

describe('with a directory of shared events, a room', () => {
  let application: TestApplication;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;
  let eve: Account;
  let room: number;
  let event: number;

  beforeAll(async () => {
    application = await startTestApplication({ DIRECTORY: 'shared' });
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    ann = await signUp(anyone, 'ann');
    eve = await signUp(anyone, 'eve');
    room = await rooms.room();
    event = (await rooms.book(ann.id, [room], { time: '09:00 - 10:00' })).body.id;
    await rooms.book(eve.id, [room], { time: '11:00 - 12:00' });
  });
  afterAll(async () => application.close());

  test('is found, read and booked by every person', async () => {
    expect((await eve.client.get('/rooms')).body.map(({ id }) => id)).toEqual([room]);
    expect((await eve.client.get(`/rooms/${room}`)).status).toBe(200);
    const booked = await new Rooms(eve.client).book(eve.id, [room], { time: '13:00 - 14:00' });
    expect([booked.status, statusOf(booked.body, room)]).toEqual([201, 'accepted']);
  });

  test('has busy time for every person, also in the search and in a refusal', async () => {
    const { body } = await eve.client.get(`/free-busy?user_ids=${room}&${WINDOW}`);
    expect(body[0].busy[0]).toEqual({ start: '2031-01-06T09:00:00Z', end: '2031-01-06T10:00:00Z' });
    const nearest =
      `/events:nearest-empty-time-interval?duration=1h&user_ids=${room}&from=2031-01-06T09:00:00Z` as const;
    expect((await eve.client.get(nearest)).body).toMatchObject({ start: '2031-01-06T10:00:00Z' });
    expect(await new Rooms(eve.client).book(eve.id, [room], { time: '09:00 - 10:00' })).toMatchObject({
      status: 409,
      body: { errors: [{ message: expect.stringContaining(`room ${room} is busy`) }] },
    });
  });

  test('shows nobody the events of strangers', async () => {
    expect((await eve.client.get(`/events/${event}`)).status).toBe(404);
    expect((await eve.client.get(`/users/${room}/events?${WINDOW}`)).status).toBe(404);
    expect((await eve.client.get(`/users/${room}`)).status).toBe(404);
    expect((await eve.client.get('/events')).body.map(({ id }) => id)).not.toContain(event);
  });

  test('has answers by a writer of its calendar, who sees it', async () => {
    const managed = await rooms.room({ auto_accept: false });
    const calendar = await primaryCalendarOf({ client: backend, id: managed });
    await share(backend, calendar, eve.id, 'writer');
    const { body } = await rooms.book(ann.id, [managed], { time: '15:00 - 16:00' });
    const listed = await eve.client.get(`/calendars/${calendar}/events?${WINDOW}`);
    expect(listed.body).toMatchObject([{ id: body.id }]);
    expect((await eve.client.get('/events')).body.map(({ id }) => id)).toContain(body.id);
    expect((await eve.client.get(`/events/${body.id}`)).body).toMatchObject({ title: 'Planning' });
    const invite = `/event-invites/${body.attendees[1].invite_id as number}` as const;
    expect((await eve.client.post(`${invite}:accept`)).body).toMatchObject({ status: 'accepted' });
    expect((await eve.client.get(`/users/${ann.id}`)).status).toBe(404);
  });
});
