import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import type { TestDatabase } from '../../support/database/database.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import {
  createDatabaseOfVersionBefore,
  serveWithVersionBefore,
} from '../../support/upgrade/version-before.js';

/** Just after the version before has written the rows. */
const DUMPED_AT = '2026-11-27T03:19:05Z';

/** The key of the version before, of which the rows have the hash. */
const KEY = 'cal_the-first-key-of-the-tests-00000000000000000000';

const WINDOW = 'from=2030-03-01T00:00:00Z&to=2030-05-01T00:00:00Z';

/** The service starts on the data of the version before calendars, and an instance of that version continues to serve. */
describe('after the upgrade to calendars', () => {
  let database: TestDatabase;
  let service: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    database = await createDatabaseOfVersionBefore('before-calendars');
    service = await startTestApplication(
      { REMINDER_DISPATCH: 'off' },
      new TestClock(DUMPED_AT),
      undefined,
      database,
    );
    backend = new Client(service.url).with(KEY);
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  /** Users with another number of primary calendars than one, and attendees in no calendar or in that of another user. */
  async function misplaced(): Promise<unknown[]> {
    return query(
      database.url,
      `SELECT 'user' AS what, u.id FROM users u
        WHERE 1 <> (SELECT count(*) FROM calendars c WHERE c.tenant_id = u.tenant_id AND c.user_id = u.id AND c.is_primary)
       UNION ALL
       SELECT 'attendee', a.event_id FROM attendees a
         LEFT JOIN calendars c ON c.tenant_id = a.tenant_id AND c.id = a.calendar_id
        WHERE c.user_id IS DISTINCT FROM a.user_id`,
    );
  }

  async function primaryOf(userId: number): Promise<number> {
    const { body } = await backend.get(`/users/${userId}/calendars`);
    return body.find(({ primary }) => primary)?.id ?? 0;
  }

  test('each user has a primary calendar, which has all events of the user', async () => {
    expect(await misplaced()).toEqual([]);
    for (const user of [1, 2, 3, 4]) {
      const { body: calendars } = await backend.get(`/users/${user}/calendars`);
      expect(calendars).toMatchObject([
        { name: 'Calendar', primary: true, counts_as_busy: true, default_reminders: null, position: 0 },
      ]);
      const inCalendar = await backend.get(`/calendars/${calendars[0].id}/events?${WINDOW}`);
      expect(inCalendar.body).toEqual((await backend.get(`/users/${user}/events?${WINDOW}`)).body);
    }
    expect((await backend.get('/events/1')).body).toMatchObject({
      title: 'Weekly',
      calendar_id: await primaryOf(1),
    });
  });

  test('the calendar of another tenant, and that of a deleted user, are not among those of the tenant', async () => {
    const { body } = await backend.get('/calendars');
    expect(body.map(({ user_id }) => user_id)).toEqual([1, 2, 3, 4]);
    const rows = await query(database.url, 'SELECT DISTINCT tenant_id, user_id FROM calendars ORDER BY 1, 2');
    expect(rows).toHaveLength(6);
  });

  test('no row of an attendee has changed otherwise', async () => {
    const rows = await query<{ changed: boolean }>(
      database.url,
      `SELECT updated_at > '${DUMPED_AT}' AS changed FROM attendees GROUP BY 1`,
    );
    expect(rows).toEqual([{ changed: false }]);
    expect((await backend.get('/events/1')).body.version).toBe(4);
  });

  test('the tenant may read each calendar, and has no other grant', async () => {
    for (const user of [1, 2, 3, 4]) {
      const { body } = await backend.get(`/calendars/${await primaryOf(user)}/grants`);
      expect(body).toMatchObject([{ grantee: { type: 'tenant' }, role: 'reader', sees_private: false }]);
      expect(body).toHaveLength(1);
    }
    const roles = await query(
      database.url,
      `SELECT c.tenant_id AS tenant, g.role, count(*)::int FROM calendars c
         LEFT JOIN calendar_grants g ON g.tenant_id = c.tenant_id AND g.calendar_id = c.id GROUP BY 1, 2 ORDER BY 1`,
    );
    expect(roles).toEqual([
      { tenant: 1, role: 'reader', count: 5 },
      { tenant: 2, role: 'reader', count: 1 },
    ]);
  });

  test('attendees are required at all occurrences, and no event has guests', async () => {
    const attendees = await query(
      database.url,
      `SELECT DISTINCT role, occurrences_status FROM attendees
       UNION SELECT 'answer', status FROM occurrence_answers WHERE removed
       UNION SELECT 'guest', status FROM guests`,
    );
    expect(attendees).toEqual([{ role: 'required', occurrences_status: null }]);
    const { body } = await backend.get('/events/1');
    expect(body.attendees).toMatchObject([
      {
        role: 'required',
        status: 'organizer',
        only_occurrences: false,
        guest: null,
        user: { kind: 'person' },
      },
      {
        role: 'required',
        status: 'accepted',
        only_occurrences: false,
        guest: null,
        user: { kind: 'person' },
      },
      {
        role: 'required',
        status: 'needs_action',
        only_occurrences: false,
        guest: null,
        user: { kind: 'person' },
      },
    ]);
    expect((await backend.get('/rooms')).body).toEqual([]);
    for (const user of [1, 2, 3, 4]) expect((await backend.get(`/users/${user}`)).body.kind).toBe('person');
  });

  test('an all-day event stays pinned to the zone of the organizer', async () => {
    await backend.patch('/users/1', { time_zone: 'Asia/Tokyo' });
    expect((await backend.get('/events/4')).body).toMatchObject({
      title: 'Day',
      all_day: true,
      floating: false,
      time_zone: 'UTC',
      end_time_zone: null,
      repeat: null,
    });
    const day = 'from=2030-03-07T00:00:00Z&to=2030-03-08T00:00:00Z';
    const before = 'from=2030-03-06T15:00:00Z&to=2030-03-07T00:00:00Z';
    const titles = async (window: string) =>
      (await backend.get(`/users/1/events?${window}`)).body.map(({ title }) => title);
    expect(await titles(day)).toEqual(['Day']);
    expect(await titles(before)).toEqual([]);
    await backend.patch('/users/1', { time_zone: 'UTC' });
  });

  test('lists, free/busy and the search are as before', async () => {
    const { body: listed } = await backend.get(`/users/2/events?${WINDOW}`);
    const statuses = listed.map(({ occurrences }) => occurrences.map((one) => one.attendee_status));
    expect(listed.map(({ title }) => title)).toEqual(['Weekly', 'Single', 'Private']);
    expect(statuses).toEqual([
      ['accepted', 'declined', ...Array.from({ length: 6 }, () => 'accepted')],
      ['organizer'],
      ['needs_action'],
    ]);
    const march = 'from=2030-03-04T00:00:00Z&to=2030-03-20T00:00:00Z';
    const { body: all } = await backend.get(`/free-busy?user_ids=1&user_ids=2&${march}`);
    expect(all.map(({ busy }) => busy?.map(({ start, end }) => `${start} ${end}`))).toEqual([
      [
        '2030-03-04T09:00:00Z 2030-03-04T10:00:00Z',
        '2030-03-05T12:00:00Z 2030-03-05T12:30:00Z',
        '2030-03-07T00:00:00Z 2030-03-08T00:00:00Z',
        '2030-03-11T09:00:00Z 2030-03-11T10:00:00Z',
        '2030-03-19T09:00:00Z 2030-03-19T10:00:00Z',
      ],
      [
        '2030-03-04T09:00:00Z 2030-03-04T10:00:00Z',
        '2030-03-05T12:00:00Z 2030-03-05T12:30:00Z',
        '2030-03-06T12:00:00Z 2030-03-06T12:30:00Z',
        '2030-03-19T09:00:00Z 2030-03-19T10:00:00Z',
      ],
    ]);
    const nearest = await backend.get(
      `/events:nearest-empty-time-interval?duration=1h&user_ids=1&user_ids=2&from=2030-03-19T08:30:00Z`,
    );
    expect(nearest.body).toMatchObject({ start: '2030-03-19T10:00:00Z' });
  });

  describe('an instance of the version before', () => {
    let work: number;
    let statements: number;

    beforeAll(async () => {
      work = (await backend.create('/users/2/calendars', { name: 'Work' })).body.id;
      await backend.patch('/users/2/events/1', { calendar_id: work });
      statements = await serveWithVersionBefore('before-calendars', database.url);
    });

    test('serves', () => {
      expect(statements).toBeGreaterThan(300);
    });

    test('gives its users and events the primary calendars', async () => {
      expect(await misplaced()).toEqual([]);
      const [eli] = (await backend.get('/users?email=eli@example.com')).body;
      expect((await backend.get(`/users/${eli.id}/calendars`)).body).toMatchObject([
        { name: 'Calendar', primary: true },
      ]);
      const { body } = await backend.get('/events/7');
      expect(body).toMatchObject({ title: 'By the version before', calendar_id: await primaryOf(eli.id) });
      const listed = await backend.get(`/calendars/${await primaryOf(1)}/events?${WINDOW}`);
      expect(listed.body).toEqual((await backend.get(`/users/1/events?${WINDOW}`)).body);
      expect(listed.body.length).toBeGreaterThan(5);
    });

    test('leaves events in the calendars of their attendees, also if it hands them over', async () => {
      const { body } = await backend.get('/events/1');
      expect(body).toMatchObject({ organizer_user_id: 2, calendar_id: work });
      const listed = await backend.get(`/calendars/${work}/events?${WINDOW}`);
      expect(listed.body.map((event) => 'id' in event && event.id)).toEqual([1]);
    });
  });
});
