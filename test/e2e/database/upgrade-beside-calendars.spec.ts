import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import type { TestDatabase } from '../../support/database/database.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { replayRequests, type ShownBefore } from '../../support/upgrade/recorded-requests.js';
import { createDatabaseOfVersionBefore } from '../../support/upgrade/version-before.js';
import { writeRowsForVersionBefore } from '../../support/upgrade/written-rows.js';

/** Just after the version before has written the rows. */
const DUMPED_AT = '2026-11-27T03:19:05Z';

/** The key of the version before, of which the rows have the hash. */
const KEY = 'cal_the-first-key-of-the-tests-00000000000000000000';

const JUNE = 'from=2030-06-01T00:00:00Z&to=2030-07-01T00:00:00Z';

/** An instance of the version before calendars reads and writes the events that this version has written. */
describe('beside an instance of the version before calendars', () => {
  let database: TestDatabase;
  let service: TestApplication;
  let backend: Client;
  let ids: Awaited<ReturnType<typeof writeRowsForVersionBefore>>;

  beforeAll(async () => {
    database = await createDatabaseOfVersionBefore('before-calendars');
    service = await startTestApplication(
      { REMINDER_DISPATCH: 'off' },
      new TestClock(DUMPED_AT),
      undefined,
      database,
    );
    backend = new Client(service.url).with(KEY);
    ids = await writeRowsForVersionBefore(backend);
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  async function event(id: number) {
    return (await backend.get(`/events/${id}`)).body;
  }

  async function listed(userId: number, id: number): Promise<(string | null)[][]> {
    const { body } = await backend.get(`/users/${userId}/events?${JUNE}`);
    const found = body.filter((one) => 'id' in one && one.id === id);
    return found.flatMap(({ occurrences }) =>
      occurrences.map(({ start, attendee_status: status }) => [start, status]),
    );
  }

  describe('its reads', () => {
    let shown: ShownBefore;

    beforeAll(async () => {
      shown = await replayRequests(database.url, 'reads');
    });

    /** The body of a response with the status 200. */
    function body(request: string): unknown {
      const [status, value] = shown.get(request) ?? [];
      expect({ request, status }).toEqual({ request, status: 200 });
      return value;
    }

    test('succeed', () => {
      expect(shown.size).toBe(27);
      for (const request of shown.keys()) body(request);
    });

    test('show a floating day as a series of one day of the organizer', () => {
      const repeat = { rdates: ['2030-06-03', '2030-06-03'] };
      expect(body(`GET /events/${ids.day}`)).toMatchObject({ start_date: '2030-06-03', duration: 1, repeat });
      expect(body(`GET /events/${ids.day}/occurrences?in June`)).toMatchObject([{ start: '2030-06-03' }]);
      expect(body(`GET /events/${ids.days}`)).toMatchObject({ repeat: { frequency: 'daily', count: 3 } });
    });

    test('show an event of no length with one second', () => {
      expect(body(`GET /events/${ids.moment}`)).toMatchObject({ duration: 1, repeat: null });
      expect(body(`GET /events/${ids.moments}`)).toMatchObject({ duration: 1, repeat: { count: 3 } });
      expect(body(`GET /events/${ids.moments}/occurrences?in June`)).toHaveLength(3);
    });

    test('show the attendees who have an account', () => {
      expect(body(`GET /events/${ids.withGuest}`)).toMatchObject({
        attendees: ['1 organizer', '2 needs_action'],
      });
      expect(body(`GET /events/${ids.inRoom}`)).toMatchObject({
        attendees: ['1 organizer', '2 needs_action', `${ids.room} accepted`],
      });
      expect(body(`GET /users/${ids.room}`)).toMatchObject({ name: 'Room' });
      expect(body('GET /users')).toMatchObject([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }]);
    });

    test('show an attendee of one occurrence as declined, with the answer to that occurrence', () => {
      expect(body(`GET /events/${ids.workshop}`)).toMatchObject({ attendees: ['1 organizer', '3 declined'] });
      expect(body('GET /users/3/events?in June')).toMatchObject([
        { id: ids.workshop, occurrences: ['2030-06-11T09:00:00Z needs_action'] },
      ]);
    });

    test('show a removed occurrence as declined', () => {
      const events = body('GET /users/2/events?in June') as { id: number; occurrences: string[] }[];
      expect(events.find(({ id }) => id === ids.course)?.occurrences).toEqual([
        '2030-06-13T09:00:00Z needs_action',
        '2030-06-14T09:00:00Z declined',
        '2030-06-15T09:00:00Z needs_action',
      ]);
    });

    test('show the kinds of busy time by name, and take them as free', () => {
      expect(body(`GET /events/${ids.tentative}`)).toMatchObject({ show_as: 'tentative' });
      expect(body(`GET /events/${ids.away}`)).toMatchObject({ show_as: 'out_of_office' });
      const nearest = 'GET /events:nearest-empty-time-interval?duration=1h';
      expect(body(`${nearest}&user_ids=1&from=2030-06-18T09:00:00Z`)).toEqual({
        start: '2030-06-18T09:00:00Z',
      });
      expect(body(`${nearest}&user_ids=${ids.room}&from=2030-06-16T09:00:00Z`)).toEqual({
        start: '2030-06-16T10:00:00Z',
      });
    });

    test('take an event in a calendar that does not count as busy, and a series of no length as seconds', () => {
      const users = [1, 2, 3, ids.room].map((id) => `user_ids=${id}`).join('&');
      const all = body(`GET /free-busy?${users}&in June`) as { user_id: number; busy: { start: string }[] }[];
      const starts = (user: number) =>
        all.find(({ user_id: id }) => id === user)?.busy.map(({ start }) => start);
      expect(starts(1)).toEqual(
        expect.arrayContaining(['2030-06-09T10:00:00Z', '2030-06-15T09:00:00Z', '2030-06-17T09:00:00Z']),
      );
      expect(starts(1)).not.toEqual(expect.arrayContaining(['2030-06-18T09:00:00Z', '2030-06-19T09:00:00Z']));
      expect(starts(2)).not.toContain('2030-06-14T09:00:00Z');
      expect(starts(3)).toEqual(['2030-06-11T09:00:00Z']);
      expect(starts(ids.room)).toEqual(['2030-06-16T09:00:00Z']);
    });
  });

  describe('its writes', () => {
    let shown: ShownBefore;

    beforeAll(async () => {
      shown = await replayRequests(database.url, 'writes');
    });

    test('succeed, except for the booking of a room that has no time', () => {
      const refused = [...shown].filter(([, [status]]) => status >= 300);
      expect(shown.size).toBe(20);
      expect(refused.map(([, response]) => response)).toMatchObject([[409, { code: 'time_taken' }]]);
    });

    test('leave what the version before does not know', async () => {
      expect(await event(ids.day)).toMatchObject({ title: 'Day renamed', floating: true, repeat: null });
      expect(await event(ids.moment)).toMatchObject({ title: 'Moment renamed', duration: 0 });
      expect(await event(ids.tentative)).toMatchObject({ title: 'Tentative renamed', show_as: 'tentative' });
      expect(await event(ids.flight)).toMatchObject({
        title: 'Flight renamed',
        end_time_zone: 'Asia/Tokyo',
        end_date: '2030-06-20T11:00:00Z',
      });
    });

    test('move a floating day, which still does not repeat and still moves', async () => {
      const moved = { floating: true, start_date: '2030-06-24', end_date: '2030-06-25', repeat: null };
      expect(await event(ids.movedDay)).toMatchObject(moved);
      for (const user of [1, 2])
        expect(await listed(user, ids.movedDay)).toMatchObject([['2030-06-24', expect.any(String)]]);
      const renamed = await backend.patch(`/events/${ids.movedDay}`, { title: 'Renamed by this version' });
      expect(renamed).toMatchObject({ status: 200, body: moved });
      const again = await backend.patch(`/events/${ids.movedDay}`, { start_date: '2030-06-26' });
      expect(again).toMatchObject({
        status: 200,
        body: { ...moved, start_date: '2030-06-26', end_date: '2030-06-27' },
      });
    });

    test('split floating days: the later ones are those of the organizer', async () => {
      expect(await event(ids.days)).toMatchObject({ floating: true, repeat: { count: 1 } });
      expect(await event(ids.flight + 1)).toMatchObject({
        title: 'Later days',
        floating: false,
        repeat: { count: 2 },
      });
    });

    test('give a series of no length a length', async () => {
      expect(await event(ids.moments)).toMatchObject({ duration: 1_800 });
    });

    test('answer for a floating day, for all of a workshop, and for a course without a removed occurrence', async () => {
      expect(await listed(2, ids.day)).toEqual([['2030-06-03', 'accepted']]);
      expect(await listed(2, ids.changedDay)).toEqual([['2030-06-06', 'declined']]);
      expect(await listed(3, ids.workshop)).toEqual([
        ['2030-06-10T09:00:00Z', 'accepted'],
        ['2030-06-11T09:00:00Z', 'needs_action'],
        ['2030-06-12T09:00:00Z', 'accepted'],
      ]);
      expect(await listed(2, ids.course)).toEqual([
        ['2030-06-13T09:00:00Z', 'accepted'],
        ['2030-06-15T09:00:00Z', 'accepted'],
      ]);
    });

    test('move and hand over an event with a guest, who stays', async () => {
      expect(await event(ids.withGuest)).toMatchObject({
        organizer_user_id: 2,
        start_date: '2030-06-12T12:00:00Z',
        attendees: expect.arrayContaining([
          expect.objectContaining({ guest: { email: 'guest@example.com', name: 'Guest' } }),
        ]),
      });
    });

    test('create pinned days, and delete events', async () => {
      expect(await event(ids.flight + 2)).toMatchObject({
        title: 'Of the version before',
        floating: false,
        repeat: null,
        start_date: '2030-06-25',
      });
      for (const id of [ids.away, ids.inRoom]) expect((await backend.get(`/events/${id}`)).status).toBe(404);
      const [eli] = (await backend.get('/users?email=eli@example.com')).body;
      expect((await backend.get(`/users/${eli.id}/calendars`)).body).toMatchObject([{ primary: true }]);
    });

    test('leave all lists, free/busy and searches of this version readable', async () => {
      const users = [1, 2, 3, 4, ids.room];
      for (const user of users) {
        for (const more of ['', '&expand=true'])
          expect((await backend.get(`/users/${user}/events?${JUNE}${more}`)).status).toBe(200);
      }
      const named = users.map((id) => `user_ids=${id}`).join('&');
      expect((await backend.get(`/free-busy?${named}&${JUNE}`)).status).toBe(200);
      const nearest = await backend.get(`/events:nearest-empty-time-interval?duration=1h&${named}&${JUNE}`);
      expect(nearest).toMatchObject({ status: 200, body: { start: '2030-06-01T00:00:00Z' } });
    });
  });
});
