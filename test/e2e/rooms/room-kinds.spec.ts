import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const KINDS = ['busy', 'tentative', 'out_of_office'] as const;
const FORMS = [
  ['', {}],
  [' series', { repeat: { frequency: 'daily', count: 3 } }],
] as const;
const CASES = KINDS.flatMap((kind) => FORMS.map(([form, fields]) => [kind, form, fields] as const));
const WEEK = 'from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z';

describe('a room', () => {
  let application: TestApplication;
  let client: Client;
  let rooms: Rooms;
  let ann: number;
  let bob: number;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    rooms = new Rooms(client);
    [ann, bob] = await createUsers(client, 2);
  });
  afterAll(async () => application.close());

  const isFree = async (room: number) =>
    (await rooms.found('free_from=2031-01-06T09:00:00Z&free_to=2031-01-06T10:00:00Z')).includes(room);

  test.each(CASES)('is taken by a %s event%s under each policy', async (show_as, _, fields) => {
    const room = await rooms.room();
    const booked = await rooms.book(ann, [room], { time: '09:00 - 10:00', show_as, ...fields });
    expect(booked.status).toBe(201);
    expect(await isFree(room)).toBe(false);
    expect((await rooms.book(bob, [room], { time: '09:30 - 10:30' })).status).toBe(409);
    for (const pending of ['busy', 'free']) {
      const { body } = await client.get(`/free-busy?user_ids=${room}&${WEEK}&pending=${pending}`);
      expect(body[0].intervals).toEqual([
        { start: '2031-01-06T09:00:00Z', end: '2031-01-06T10:00:00Z', show_as },
      ]);
      const query = `duration=1h&user_ids=${room}&from=2031-01-06T09:00:00Z&to=2031-01-06T12:00:00Z`;
      const nearest = await client.get(`/events:nearest-empty-time-interval?${query}&pending=${pending}`);
      expect(nearest.body.start).toBe('2031-01-06T10:00:00Z');
    }
    expect((await rooms.book(bob, [room], { time: '10:00 - 11:00' })).status).toBe(201);
  });

  test.each(KINDS)('refuses a %s event at taken time', async (show_as) => {
    const room = await rooms.room();
    await rooms.book(ann, [room], { time: '09:00 - 10:00' });
    expect((await rooms.book(bob, [room], { time: '09:30 - 10:30', show_as })).status).toBe(409);
    expect((await rooms.book(bob, [room], { time: '09:30 - 10:30', show_as: 'free' })).status).toBe(201);
  });

  test.each(KINDS)('is not free for an event that becomes %s', async (show_as) => {
    const room = await rooms.room();
    await rooms.book(ann, [room], { time: '09:00 - 10:00' });
    const { body } = await rooms.book(bob, [room], { time: '09:30 - 10:30', show_as: 'free' });
    expect((await client.send('PATCH', `/events/${body.id}`, { show_as })).status).toBe(409);
  });

  test('that has not answered is busy under each policy', async () => {
    const room = await rooms.room({ auto_accept: false });
    await rooms.book(ann, [room], { time: '09:00 - 10:00' });
    await rooms.book(ann, [room], { time: '11:00 - 12:00', repeat: { frequency: 'daily', count: 2 } });
    for (const pending of ['busy', 'free']) {
      const { body } = await client.get(`/free-busy?user_ids=${room}&${WEEK}&pending=${pending}`);
      expect(body[0].intervals?.map(({ show_as }) => show_as)).toEqual(['busy', 'busy']);
    }
  });
});
