import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { GroupTimeSearch, MeetingGroup, NewMeeting } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** A Monday. */
const MORNING = { from: '2031-01-06T08:00:00Z', to: '2031-01-06T12:00:00Z', duration: '1h' };

describe('options of a search for groups', () => {
  let application: TestApplication;
  let anyone: Client;
  let rooms: Rooms;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    rooms = new Rooms(await addKey(application, 1));
  });
  afterAll(async () => application.close());

  const users = async (count: number, fields = {}) => createUsers(anyone, count, fields);
  const busy = async (userId: number, start: string, end: string) =>
    anyone.create('/events', {
      title: 'Busy',
      organizer_user_id: userId,
      start_date: `2031-01-06T${start}:00Z`,
      end_date: `2031-01-06T${end}:00Z`,
    });
  const find = async (groups: MeetingGroup[], fields: Partial<GroupTimeSearch> = {}) => {
    const { status, body } = await anyone.post('/events:find-times', { ...MORNING, groups, ...fields });
    expect(status).toBe(200);
    return { ...body, times: body.suggestions.map(({ start }) => start.slice(11, 16)) };
  };
  const book = async (
    groups: MeetingGroup[],
    organizer: number,
    fields: Partial<NewMeeting> | Partial<GroupTimeSearch>,
  ) =>
    anyone.post('/events:book', {
      title: 'Planning',
      duration: '1h',
      start_date: MORNING.from,
      organizer_user_id: organizer,
      groups,
      ...fields,
    });

  test('list every start on the grid, and continue after the last one', async () => {
    const [ann, bob] = await users(2);
    await busy(ann, '08:00', '09:05');
    await busy(bob, '10:40', '12:00');
    const groups = [{ user_ids: [ann] }, { user_ids: [bob] }];
    expect(await find(groups, { starts: 'all' })).toMatchObject({
      times: ['09:15', '09:30'],
      next_start: null,
    });
    const first = await find(groups, { starts: 'all', step: '5m', limit: 3 });
    expect(first).toMatchObject({ times: ['09:05', '09:10', '09:15'], next_start: '2031-01-06T09:20:00Z' });
    const rest = await find(groups, { starts: 'all', step: '5m', from: first.next_start ?? '' });
    expect(rest).toMatchObject({ times: ['09:20', '09:25', '09:30', '09:35', '09:40'], next_start: null });
    expect(await find(groups)).not.toHaveProperty('next_start');
  });

  test('order the times by their distance to the meetings of the users, not of the rooms', async () => {
    const [ann, bob] = await users(2);
    const video = `video-${ann}`;
    const room = await rooms.room({ features: [video] });
    await busy(ann, '10:00', '10:30');
    await busy(bob, '12:00', '13:00');
    await rooms.book((await users(1))[0], [room], { time: '08:00 - 08:30' });
    const groups = [{ user_ids: [ann] }, { user_ids: [bob] }, { room_filter: { features: [video] } }];
    const at = { step: '30m', limit: 2 };
    // 10:30 touches ann's meeting and ends half an hour before bob's: a mean of 15 minutes, as at 11:00.
    expect((await find(groups, { ...at, prefer: 'compact' })).times).toEqual(['10:30', '09:00']);
    expect((await find(groups, { ...at, prefer: 'spread' })).times).toEqual(['08:30', '10:30']);
    expect((await find(groups, { ...at, prefer: 'compact', starts: 'all' })).times).toEqual([
      '10:30',
      '11:00',
    ]);
    expect((await find(groups, at)).times).toEqual(['08:30', '10:30']);
  });

  test('explain what each single rule of a member prevents', async () => {
    const [ann, cid] = await users(2, { working_hours: OFFICE_HOURS });
    const [bob, dan] = await users(2);
    await busy(ann, '09:00', '12:00');
    await busy(bob, '08:00', '17:00');
    await busy(cid, '08:00', '17:00');
    await busy(dan, '09:00', '17:00');
    const groups = [{ user_ids: [ann] }, { user_ids: [bob, cid, dan], min_attending: 2 }];
    expect(await find(groups, { explain: true, to: '2031-01-06T17:00:00Z' })).toMatchObject({
      times: [],
      relaxations: [],
    });
    await busy(dan, '08:00', '09:00');
    const pair = [{ user_ids: [ann] }, { user_ids: [bob, dan], min_attending: 1 }];
    const until = { explain: true, to: '2031-01-06T18:00:00Z' };
    expect(await find(pair, until)).toMatchObject({
      times: [],
      relaxations: [
        { user_id: bob, rule: 'busy', start: '2031-01-06T12:00:00Z', end: '2031-01-06T13:00:00Z' },
        { user_id: dan, rule: 'busy', start: '2031-01-06T12:00:00Z', end: '2031-01-06T13:00:00Z' },
        { user_id: ann, rule: 'outside_working_hours', start: '2031-01-06T17:00:00Z' },
      ],
    });
    expect(await find(pair)).not.toHaveProperty('relaxations');
  });

  test('name optional persons, who change no time, and whom a booking invites', async () => {
    const [ann, bob, cid] = await users(3);
    await busy(bob, '08:00', '09:00');
    const groups = [{ user_ids: [ann] }];
    const optional = { optional_user_ids: [bob, cid, ann] };
    expect((await find(groups, { ...optional, limit: 2 })).suggestions).toEqual([
      {
        start: '2031-01-06T08:00:00Z',
        end: '2031-01-06T09:00:00Z',
        assignment: [[ann]],
        optional_attending: [cid],
      },
      {
        start: '2031-01-06T09:00:00Z',
        end: '2031-01-06T10:00:00Z',
        assignment: [[ann]],
        optional_attending: [bob, cid],
      },
    ]);
    const search = { step: '30m', limit: 9, starts: 'all', prefer: 'compact', explain: true } as const;
    const { status, body } = await book(groups, ann, { ...MORNING, ...search, ...optional });
    expect(status).toBe(201);
    expect(body.attendees.map(({ user, role }) => [user?.id, role])).toEqual([
      [ann, 'required'],
      [bob, 'optional'],
      [cid, 'optional'],
    ]);
  });

  test.each<[string, object, string]>([
    ['an unknown order', { prefer: 'latest' }, 'prefer'],
    ['unknown starts', { starts: 'some' }, 'starts'],
    ['an explanation that is no flag', { explain: 'yes' }, 'explain'],
    ['more suggestions than separate ones may be', { limit: 101 }, 'limit'],
    ['more starts than a list has', { limit: 1001, starts: 'all' }, 'limit'],
    ['optional persons who do not exist', { optional_user_ids: [999_999] }, 'optional_user_ids'],
  ])('do not take %s', async (_, fields, field) => {
    const [ann] = await users(1);
    const { status, body } = await anyone.post('/events:find-times', {
      ...MORNING,
      groups: [{ user_ids: [ann] }],
      ...fields,
    });
    expect({ status, body }).toMatchObject({
      status: field === 'optional_user_ids' ? 404 : 400,
      body: { errors: [{ field }] },
    });
  });

  test('do not take more persons than a search reads, and no room as an optional person', async () => {
    const [ann] = await users(1);
    const groups = [{ user_ids: [ann] }];
    const many = Array.from({ length: 100 }, (_, index) => ann + 1 + index);
    const refused = await anyone.post('/events:find-times', { ...MORNING, groups, optional_user_ids: many });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'optional_user_ids' }] } });
    const fields = { optional_user_ids: [await rooms.room()] };
    for (const answer of [
      await anyone.post('/events:find-times', { ...MORNING, groups, ...fields }),
      await book(groups, ann, fields),
    ])
      expect(answer).toMatchObject({ status: 404, body: { errors: [{ field: 'optional_user_ids' }] } });
  });
});
