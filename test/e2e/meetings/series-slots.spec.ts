import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const PATH = '/events:find-series-slots';
const ZONE = 'Europe/Berlin';

/** Mondays at the two ends of the summer time of Berlin, which ends on 2031-10-26. */
const SEARCH = {
  duration: '1h',
  time_zone: ZONE,
  repeat: { frequency: 'weekly' as const, count: 4 },
  from: '2031-10-13T06:00:00Z',
  to: '2031-10-13T16:00:00Z',
  step: '1h',
  working_hours: false,
};

describe('a slot for a whole series', () => {
  let application: TestApplication;
  let anyone: Client;
  let rooms: Rooms;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
  });
  afterAll(async () => application.close());

  const busy = async (userId: number, start: string, end: string) =>
    anyone.create('/events', { title: 'Busy', organizer_user_id: userId, start_date: start, end_date: end });

  test('has one civil time across a change of the clocks, and is the series that the client creates', async () => {
    const [ann, bob] = await createUsers(anyone, 2, { time_zone: ZONE });
    // 08:00 to 10:00 in Berlin, once in summer time and once in winter time.
    await busy(ann, '2031-10-20T06:00:00Z', '2031-10-20T08:00:00Z');
    await busy(bob, '2031-10-27T09:00:00Z', '2031-10-27T10:00:00Z');
    const { status, body } = await anyone.post(PATH, { ...SEARCH, user_ids: [ann, bob] });
    expect(status).toBe(200);
    expect(body).toEqual({
      slots: [
        { start_date: '2031-10-13T09:00:00Z', end_date: '2031-10-13T10:00:00Z', occurrences: 4, misses: [] },
      ],
      time_zone: ZONE,
    });
    const created = await anyone.post('/events', {
      title: 'Weekly',
      organizer_user_id: ann,
      invited_user_ids: [bob],
      start_date: body.slots[0].start_date,
      duration: 3600,
      time_zone: body.time_zone,
      repeat: SEARCH.repeat,
      conflict_policy: 'reject',
    });
    expect(created.status).toBe(201);
    const window = 'from=2031-10-01T00:00:00Z&to=2031-12-01T00:00:00Z';
    const occurrences = await anyone.get(`/events/${created.body.id}/occurrences?${window}`);
    expect(occurrences.body.map(({ start }) => start)).toEqual([
      '2031-10-13T09:00:00Z',
      '2031-10-20T09:00:00Z',
      '2031-10-27T10:00:00Z',
      '2031-11-03T10:00:00Z',
    ]);
  });

  test('with the fewest misses comes first, and explains each of them', async () => {
    const [ann] = await createUsers(anyone, 1, { time_zone: ZONE });
    const room = await rooms.room({ time_zone: ZONE, opening_hours: OFFICE_HOURS });
    await busy(ann, '2031-10-20T00:00:00Z', '2031-10-20T22:00:00Z');
    const { body } = await anyone.post(PATH, {
      ...SEARCH,
      user_ids: [ann],
      room_ids: [room],
      limit: 2,
      min_occurrences: 3,
    });
    const misses = [
      {
        original_start: expect.stringContaining('2031-10-20T'),
        optional: false,
        reasons: [{ user_id: ann, rule: 'busy', optional: false }],
      },
    ];
    expect(body.slots).toEqual([
      { start_date: '2031-10-13T07:00:00Z', end_date: '2031-10-13T08:00:00Z', occurrences: 3, misses },
      { start_date: '2031-10-13T08:00:00Z', end_date: '2031-10-13T09:00:00Z', occurrences: 3, misses },
    ]);
    const none = await anyone.post(PATH, { ...SEARCH, user_ids: [ann], min_occurrences: 4 });
    expect(none.body.slots).toEqual([]);
  });

  test('shows which occurrences optional persons miss, and does not depend on them', async () => {
    const [ann, bob, cid] = await createUsers(anyone, 3, { time_zone: ZONE });
    await busy(ann, '2031-10-27T00:00:00Z', '2031-10-28T00:00:00Z');
    for (const id of [bob, cid]) await busy(id, '2031-10-27T07:00:00Z', '2031-10-27T08:00:00Z');
    await busy(bob, '2031-10-20T05:00:00Z', '2031-10-20T08:00:00Z');
    const asked = { ...SEARCH, user_ids: [ann], optional_user_ids: [bob, cid, ann] };
    const { body } = await anyone.post(PATH, asked);
    expect(body.slots).toEqual([
      {
        start_date: '2031-10-13T06:00:00Z',
        end_date: '2031-10-13T07:00:00Z',
        occurrences: 3,
        misses: [
          {
            original_start: '2031-10-20T06:00:00Z',
            optional: true,
            reasons: [{ user_id: bob, rule: 'busy', optional: true }],
          },
          {
            original_start: '2031-10-27T07:00:00Z',
            optional: false,
            reasons: [
              { user_id: ann, rule: 'busy', optional: false },
              { user_id: bob, rule: 'busy', optional: true },
              { user_id: cid, rule: 'busy', optional: true },
            ],
          },
        ],
      },
    ]);
  });

  test('does not overlap itself in a room', async () => {
    const [ann] = await createUsers(anyone, 1);
    const room = await rooms.room();
    const daily = {
      ...SEARCH,
      duration: '25h',
      time_zone: 'UTC',
      repeat: { frequency: 'daily' as const, count: 2 },
      user_ids: [ann],
    };
    expect((await anyone.post(PATH, daily)).body.slots).toMatchObject([{ occurrences: 2 }]);
    expect((await anyone.post(PATH, { ...daily, room_ids: [room] })).body.slots).toEqual([]);
  });

  test('has the working hours and the buffers of the search', async () => {
    const [ann] = await createUsers(anyone, 1, { time_zone: ZONE, working_hours: OFFICE_HOURS });
    await busy(ann, '2031-10-20T07:00:00Z', '2031-10-20T08:30:00Z');
    const { step: _, ...anyTime } = SEARCH;
    const asked = { ...anyTime, user_ids: [ann], buffer_before: '10m', working_hours: true };
    expect((await anyone.post(PATH, asked)).body.slots).toMatchObject([
      { start_date: '2031-10-13T08:40:00Z', occurrences: 4 },
    ]);
  });

  test('reveals of hidden calendars no more than free/busy', async () => {
    const [ann, bob] = await createUsers(anyone, 2);
    await busy(ann, '2031-10-20T00:00:00Z', '2031-10-21T00:00:00Z');
    const [calendar] = (await backend.get(`/users/${ann}/calendars`)).body;
    await backend.create(`/calendars/${calendar.id}/grants`, {
      grantee: { type: 'user', user_id: bob },
      role: 'none',
    });
    const asBob = backend.as(bob);
    expect((await asBob.post(PATH, { ...SEARCH, user_ids: [ann], min_occurrences: 1 })).body.slots).toEqual(
      [],
    );
    const { body } = await backend.post(PATH, { ...SEARCH, user_ids: [ann] });
    expect(body.slots).toMatchObject([{ occurrences: 3, misses: [{ reasons: [{ rule: 'busy' }] }] }]);
  });

  test.each<[string, object, string]>([
    ['a rule without an end', { repeat: { frequency: 'weekly' } }, 'repeat'],
    ['a rule that ends too late', { repeat: { frequency: 'yearly', until: '2050-01-01' } }, 'repeat'],
    ['a count that ends too late', { repeat: { frequency: 'yearly', count: 9 } }, 'repeat'],
    ['too many occurrences', { repeat: { frequency: 'daily', count: 367 } }, 'repeat'],
    ['times of day', { repeat: { rrule: 'FREQ=DAILY;COUNT=2;BYHOUR=9,10' } }, 'repeat'],
    ['dates', { repeat: { frequency: 'daily', count: 2, exdates: ['2031-10-14'] } }, 'repeat.exdates'],
    ['more occurrences than it has', { min_occurrences: 5 }, 'min_occurrences'],
    ['more attending than named', { min_attending: 2 }, 'min_attending'],
    ['a window that ends before it starts', { to: '2031-10-12T00:00:00Z' }, 'to'],
    ['too many starts', { to: '2032-10-13T00:00:00Z', step: 1 }, 'step'],
    ['no user', { user_ids: [] }, 'user_ids'],
    ['a duration of nothing', { duration: 0 }, 'duration'],
    ['an unknown zone', { time_zone: 'Mars/Olympus' }, 'time_zone'],
    ['an unknown option', { everywhere: true }, 'everywhere'],
    ['all starts', { starts: 'all' }, 'starts'],
    ['another order', { prefer: 'compact' }, 'prefer'],
    ['an explanation', { explain: true }, 'explain'],
    [
      'more persons than a search reads',
      { optional_user_ids: Array.from({ length: 100 }, (_, index) => 1_000_000 + index) },
      'optional_user_ids',
    ],
  ])('is not searched with %s', async (_, fields, field) => {
    const [ann] = await createUsers(anyone, 1);
    const refused = await anyone.post(PATH, { ...SEARCH, user_ids: [ann], ...fields });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('is not searched for people who do not exist', async () => {
    const [ann] = await createUsers(anyone, 1);
    const room = await rooms.room();
    const withRoom = await anyone.post(PATH, { ...SEARCH, user_ids: [ann, room] });
    expect(withRoom).toMatchObject({
      status: 404,
      body: { code: 'user_not_found', errors: [{ field: 'user_ids' }] },
    });
    const noRoom = await anyone.post(PATH, { ...SEARCH, user_ids: [ann], room_ids: [ann] });
    expect(noRoom).toMatchObject({
      status: 404,
      body: { code: 'room_not_found', errors: [{ field: 'room_ids' }] },
    });
  });
});
