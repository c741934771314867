import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms, times } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const WEEKLY = { frequency: 'weekly', count: 5 } as const;
const THIRD = '2031-01-20T09:00:00Z';

describe('a series in a room', () => {
  let application: TestApplication;
  let client: Client;
  let clock: TestClock;
  let rooms: Rooms;
  let ann: number;
  let bob: number;
  let room: number;
  let series: BookedEvent;

  beforeAll(async () => {
    clock = new TestClock();
    application = await startTestApplication({}, clock);
    client = new Client(application.url);
    rooms = new Rooms(client);
    [ann, bob] = await createUsers(client, 2);
  });
  afterAll(async () => application.close());

  /** Mondays at 9 from 2031-01-06 on, five times. */
  beforeEach(async () => {
    clock.set('2026-03-02T09:00:00Z');
    room = await rooms.room();
    series = (await rooms.book(ann, [room], { time: '09:00 - 10:00', repeat: WEEKLY })).body;
  });

  const patch = async (fields: object, path = `/events/${series.id}`) =>
    (await client.send('PATCH', path, fields)).status;
  const occurrence = (start: string, scope = 'this') =>
    `/events/${series.id}/occurrences/${start}?scope=${scope}`;
  const version = async () => (await client.get(`/events/${series.id}`)).body.version;

  test('refuses another event at each of its occurrences', async () => {
    for (const day of ['06', '13', '20', '27'])
      expect((await rooms.book(bob, [room], { time: `${day} 09:30 - 10:30` })).status).toBe(409);
    expect((await rooms.book(bob, [room], { time: '21 09:30 - 10:30' })).status).toBe(201);
  });

  test('is refused if one occurrence is in another event', async () => {
    const other = await rooms.room();
    await rooms.book(bob, [other], { time: '27 09:30 - 10:30' });
    expect((await rooms.book(ann, [other], { time: '09:00 - 10:00', repeat: WEEKLY })).status).toBe(409);
    expect((await rooms.book(ann, [other], { time: '10:30 - 11:00', repeat: WEEKLY })).status).toBe(201);
  });

  test('is refused if one occurrence is outside of the opening hours', async () => {
    const office = await rooms.room({ opening_hours: OFFICE_HOURS });
    const daily = { frequency: 'daily' } as const;
    expect(
      (await rooms.book(ann, [office], { time: '09:00 - 10:00', repeat: { ...daily, count: 6 } })).status,
    ).toBe(409);
    expect(
      (await rooms.book(ann, [office], { time: '09:00 - 10:00', repeat: { ...daily, count: 5 } })).status,
    ).toBe(201);
  });

  describe('of which the third occurrence is deleted, and its hour is booked', () => {
    beforeEach(async () => {
      await client.delete(`/events/${series.id}/occurrences/${THIRD}`);
      await rooms.book(bob, [room], { time: '20 09:00 - 10:00' });
    });

    test.each([
      ['title', { title: 'Renamed' }],
      ['end', times('09:00 - 10:30')],
      ['start', times('08:30 - 09:30')],
      ['rule', { repeat: { frequency: 'weekly', count: 6 } }],
    ])('may change its %s', async (_, fields) => {
      expect(await patch(fields)).toBe(200);
      expect(
        await client.get(`/users/${room}/events?from=2031-01-20T00:00:00Z&to=2031-01-21T00:00:00Z`),
      ).toMatchObject({
        body: [{ organizer_user_id: bob }],
      });
    });

    test('does not get the occurrence back', async () => {
      const before = await version();
      expect(await patch({ status: 'confirmed' }, occurrence(THIRD))).toBe(409);
      expect(await version()).toBe(before);
    });
  });

  describe('beside an event on the fourth Monday from 10 to 11', () => {
    beforeEach(async () => {
      await rooms.book(bob, [room], { time: '27 10:00 - 11:00' });
    });

    test.each<[string, object]>([
      ['moved', times('09:30 - 10:30')],
      ['extended', times('09:00 - 10:15')],
      ['changed in its rule', { repeat: { rrule: 'FREQ=WEEKLY;COUNT=10;BYHOUR=9,10' } }],
    ])('is refused if it is %s', async (_, fields) => {
      const before = await version();
      expect(await patch(fields)).toBe(409);
      expect(await version()).toBe(before);
    });

    test.each<[string, object]>([
      ['moved away', times('08:00 - 09:00')],
      ['shortened', times('09:00 - 09:30')],
      ['cut', { repeat: { frequency: 'weekly', count: 3 } }],
      ['moved to the next day', times('07 10:00 - 11:00')],
    ])('may be %s', async (_, fields) => {
      expect(await patch(fields)).toBe(200);
    });

    test('is refused for one occurrence, and for all later ones', async () => {
      const move = { start_date: '2031-01-27T09:30:00Z', end_date: '2031-01-27T10:30:00Z' };
      const fourth = '2031-01-27T09:00:00Z';
      expect(await patch(move, occurrence(fourth))).toBe(409);
      expect(await patch(move, occurrence(fourth, 'following'))).toBe(409);
      const later = { start_date: '2031-01-27T08:30:00Z', end_date: '2031-01-27T09:30:00Z' };
      expect(await patch(later, occurrence(fourth, 'following'))).toBe(200);
    });

    test('may be split without a move', async () => {
      expect(await patch({ title: 'Later' }, occurrence('2031-01-13T09:00:00Z', 'following'))).toBe(200);
      expect(await patch({ conflict_policy: 'allow' }, occurrence('2031-01-06T09:00:00Z'))).toBe(200);
    });

    test('is refused when it is restored into time that another event has taken', async () => {
      expect(await patch({ status: 'cancelled' })).toBe(200);
      await rooms.book(bob, [room], { time: '27 09:00 - 10:00' });
      expect(await patch({ status: 'confirmed' })).toBe(409);
    });

    test('is refused if it shows as busy again', async () => {
      expect(await patch({ show_as: 'free' })).toBe(200);
      await rooms.book(bob, [room], { time: '13 09:00 - 10:00' });
      expect(await patch({ show_as: 'busy' })).toBe(409);
    });
  });

  test('may move by less than its length, over itself', async () => {
    expect(await patch(times('09:15 - 10:15'))).toBe(200);
    const second = '2031-01-13T09:15:00Z';
    const move = { start_date: '2031-01-13T09:30:00Z', end_date: '2031-01-13T10:30:00Z' };
    expect(await patch(move, occurrence(second, 'following'))).toBe(200);
  });

  test('is not checked where it is over', async () => {
    expect((await client.delete(`/events/${series.id}/occurrences/${THIRD}`)).status).toBe(204);
    await rooms.book(bob, [room], { time: '20 09:00 - 11:00' });
    clock.set('2031-01-21T00:00:00Z');
    expect(await patch({ status: 'confirmed' }, occurrence(THIRD))).toBe(200);
    expect(await patch(times('09:00 - 10:30'))).toBe(200);
    await rooms.book(bob, [room], { time: '27 10:30 - 11:00' });
    expect(await patch(times('09:00 - 10:45'))).toBe(409);
  });

  test('takes a room that joins later at all of its occurrences', async () => {
    const other = await rooms.room();
    await rooms.book(bob, [other], { time: '20 09:30 - 10:30' });
    expect(await patch({ invited_room_ids: [room, other] })).toBe(409);
    expect((await client.delete(`/events/${series.id}/occurrences/${THIRD}`)).status).toBe(204);
    expect(await patch({ invited_room_ids: [room, other] })).toBe(200);
  });
});
