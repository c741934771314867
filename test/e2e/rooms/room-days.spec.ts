import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The day is from 15:00Z of the date before to 15:00Z in Tokyo, and from 22:00Z to 22:00Z in Berlin. */
const DAY = { start_date: '2031-09-09', all_day: true, show_as: 'busy' } satisfies Partial<NewEvent>;
const WEEKLY = { frequency: 'weekly', count: 3 } as const;

/** The hour, and whether the room in Tokyo is free on a day of the Berliner from 2031-09-09 on. */
const HOURS = [
  ['2031-09-08T14:00:00Z', true],
  ['2031-09-08T14:59:59Z', false],
  ['2031-09-08T15:00:00Z', false],
  ['2031-09-09T14:00:00Z', false],
  ['2031-09-09T14:59:59Z', false],
  ['2031-09-09T15:00:00Z', true],
  ['2031-09-09T20:00:00Z', true],
] as const;

describe('an all-day event of a Berliner in a room in Tokyo', () => {
  let application: TestApplication;
  let client: Client;
  let rooms: Rooms;
  let ann: number;
  let bob: number;
  let room: number;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    rooms = new Rooms(client);
    [ann, bob] = [await someone('ann', 'Europe/Berlin'), await someone('bob', 'UTC')];
  });
  afterAll(async () => application.close());

  beforeEach(async () => {
    room = await rooms.room({ time_zone: 'Asia/Tokyo' });
  });

  async function someone(name: string, time_zone: string): Promise<number> {
    return (await client.create('/users', { name, email: `${name}@example.com`, time_zone })).body.id;
  }

  const event = (organizer_user_id: number, fields: Pick<NewEvent, 'start_date'> & Partial<NewEvent>) =>
    client.post('/events', { title: 'Booked', organizer_user_id, invited_room_ids: [room], ...fields });
  const day = async (fields: Partial<NewEvent> = {}) => event(ann, { ...DAY, ...fields });
  const hour = async (start_date: string, length = 3600) =>
    (await event(bob, { start_date, duration: length })).status;
  const patch = async (path: string, fields: object) => (await client.send('PATCH', path, fields)).status;
  const isFree = async (from: string) => {
    const to = new Date(Date.parse(from) + 3_600_000).toISOString().replace('.000', '');
    return (await rooms.found(`free_from=${from}&free_to=${to}`)).includes(room);
  };

  test.each([
    [{}, 'busy', 409],
    [{ show_as: 'busy' }, 'busy', 409],
    [{ show_as: 'free' }, 'free', 201],
  ] satisfies [Partial<NewEvent>, string, number][])(
    'with %j is shown as %s, and another booking is %d',
    async (fields, showAs, status) => {
      const { body } = await event(ann, { start_date: '2031-09-09', all_day: true, ...fields });
      expect(body).toMatchObject({ show_as: showAs });
      expect(await hour('2031-09-09T00:00:00Z')).toBe(status);
    },
  );

  test('is free without a room', async () => {
    const days = { title: 'Days', organizer_user_id: ann, start_date: '2031-09-09', all_day: true };
    expect((await client.create('/events', days)).body.show_as).toBe('free');
    expect((await client.create('/events', { ...days, invited_room_ids: [] })).body.show_as).toBe('free');
  });

  test.each(HOURS)('and a booking at %s: allowed is %s', async (start, free) => {
    expect((await day()).status).toBe(201);
    expect(await isFree(start)).toBe(free);
    expect(await hour(start)).toBe(free ? 201 : 409);
  });

  test.each(HOURS)('after a booking at %s: allowed is %s', async (start, free) => {
    await hour(start);
    const { status, body } = await day();
    expect([status, (body as { code?: string }).code]).toEqual(free ? [201, undefined] : [409, 'time_taken']);
  });

  test.each(HOURS)('each week and a booking two weeks after %s: allowed is %s', async (start, free) => {
    const later = new Date(Date.parse(start) + 14 * 86_400_000).toISOString().replace('.000', '');
    const series = await day({ repeat: WEEKLY });
    expect(series.status).toBe(201);
    expect(await isFree(later)).toBe(free);
    expect(await hour(later)).toBe(free ? 201 : 409);
    const other = await rooms.room({ time_zone: 'Asia/Tokyo' });
    await client.create('/events', {
      title: 'Booked before',
      organizer_user_id: bob,
      invited_room_ids: [other],
      start_date: later,
      duration: 3600,
    });
    expect((await day({ repeat: WEEKLY, invited_room_ids: [other] })).status).toBe(free ? 201 : 409);
  });

  test('has the day of the room in free/busy, and in the search for an interval', async () => {
    await day();
    const window = 'from=2031-09-08T00:00:00Z&to=2031-09-12T00:00:00Z';
    const busyOf = async (id: number) =>
      (await client.get(`/free-busy?user_ids=${id}&${window}`)).body[0].busy;
    expect(await busyOf(room)).toEqual([{ start: '2031-09-08T15:00:00Z', end: '2031-09-09T15:00:00Z' }]);
    expect(await busyOf(ann)).toEqual([{ start: '2031-09-08T22:00:00Z', end: '2031-09-09T22:00:00Z' }]);
    const search = async (from: string) => {
      const query = `user_ids=${room}&duration=1h&from=${from}&to=2031-09-12T00:00:00Z`;
      return (await client.get(`/events:nearest-empty-time-interval?${query}`)).body.start;
    };
    const found = await search('2031-09-08T14:30:00Z');
    expect(found).toBe('2031-09-09T15:00:00Z');
    expect(await hour(found as string)).toBe(201);
  });

  test('may be extended to the end of the day of the room alone', async () => {
    const { body } = await day();
    expect(await hour('2031-09-10T15:00:00Z')).toBe(201);
    expect(await patch(`/events/${body.id}`, { end_date: '2031-09-11' })).toBe(200);
    expect(await patch(`/events/${body.id}`, { end_date: '2031-09-12' })).toBe(409);
    expect(await hour('2031-09-10T14:00:00Z')).toBe(409);
  });

  test('takes the present day again if it is pinned to Berlin', async () => {
    const { body } = await day();
    expect(await hour('2031-09-09T15:00:00Z')).toBe(201);
    expect(await patch(`/events/${body.id}`, { floating: false })).toBe(409);
    const { body: alone } = await day({ start_date: '2031-09-23' });
    expect(await patch(`/events/${alone.id}`, { floating: false })).toBe(200);
    expect(await hour('2031-09-23T21:00:00Z')).toBe(409);
    expect(await hour('2031-09-22T21:00:00Z')).toBe(201);
  });

  describe('each week, of which another event has taken a deleted day', () => {
    let series: BookedEvent;
    let others: number[];

    beforeEach(async () => {
      series = (await day({ repeat: WEEKLY })).body;
      await client.delete(`/events/${series.id}/occurrences/2031-09-16`);
      others = [await hour('2031-09-16T14:00:00Z'), await hour('2031-09-30T14:00:00Z')];
    });

    test('leaves the deleted day and those after its end to others', async () => {
      expect(others).toEqual([201, 201]);
      expect(await hour('2031-09-23T14:00:00Z')).toBe(409);
    });

    test('may change its title and its end', async () => {
      expect(await patch(`/events/${series.id}`, { title: 'Renamed' })).toBe(200);
      expect(await patch(`/events/${series.id}`, { end_date: '2031-09-11' })).toBe(200);
      expect(await hour('2031-09-24T14:00:00Z')).toBe(409);
    });

    test('gets neither the day back nor one more', async () => {
      const occurrence = `/events/${series.id}/occurrences/2031-09-16?scope=this`;
      expect(await patch(occurrence, { status: 'confirmed' })).toBe(409);
      expect(await patch(`/events/${series.id}`, { repeat: { ...WEEKLY, count: 4 } })).toBe(409);
    });

    test('moves an occurrence to a free day of the room alone', async () => {
      const occurrence = `/events/${series.id}/occurrences/2031-09-23?scope=this`;
      expect(await patch(occurrence, { start_date: '2031-09-30', end_date: '2031-10-01' })).toBe(409);
      // From 15:00Z on: the other event ends then.
      expect(await patch(occurrence, { start_date: '2031-10-01', end_date: '2031-10-02' })).toBe(200);
      expect(await hour('2031-10-01T14:00:00Z')).toBe(409);
      expect(await hour('2031-09-23T14:00:00Z')).toBe(201);
    });
  });

  test('that is not answered blocks the day of the room, and is accepted only if that day is free', async () => {
    await client.patch(`/rooms/${room}`, { auto_accept: false });
    const { body } = await day();
    const invite = body.attendees.find(({ user }) => user.id === room);
    expect(invite?.status).toBe('needs_action');
    expect(await hour('2031-09-09T14:00:00Z')).toBe(409);
    const answer = async (verb: string) =>
      (await client.send('POST', `/event-invites/${invite?.invite_id}:${verb}`)).status;
    expect(await answer('decline')).toBe(200);
    expect(await hour('2031-09-09T15:00:00Z')).toBe(201);
    expect(await answer('accept')).toBe(200);
    expect(await answer('decline')).toBe(200);
    expect(await hour('2031-09-09T14:00:00Z')).toBe(201);
    expect(await answer('accept')).toBe(409);
  });

  test('is open only if the whole day of the room is', async () => {
    room = await rooms.room({
      time_zone: 'Asia/Tokyo',
      opening_hours: [{ days_of_week: [2], from: '00:00', to: '24:00' }],
    });
    expect((await day()).status).toBe(201);
    expect((await day({ start_date: '2031-09-10' })).status).toBe(409);
  });

  test('and bookings of its evening and its morning at once: one is accepted', async () => {
    const starts = ['2031-09-09T14:00:00Z', '2031-09-08T15:00:00Z'];
    const statuses = await Promise.all([
      ...Array.from({ length: 5 }, async () => (await day()).status),
      ...starts.map(async (start) => hour(start)),
    ]);
    const days = statuses.slice(0, 5).filter((status) => status === 201).length;
    const hours = statuses.slice(5).filter((status) => status === 201).length;
    expect([days, hours]).toEqual(days === 1 ? [1, 0] : [0, 2]);
  });
});
