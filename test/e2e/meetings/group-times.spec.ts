import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type {
  BookedEvent,
  GroupTimeSearch,
  MeetingGroup,
  NewMeeting,
} from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const FIND = '/events:find-times';
const BOOK = '/events:book';

/** A Monday. */
const DAY = { from: '2031-01-06T08:00:00Z', to: '2031-01-06T18:00:00Z' };
const SEARCH = { ...DAY, duration: '1h' };

function chosen(attendees: BookedEvent['attendees']) {
  return attendees.map(({ user }) => user?.id);
}

describe('times of groups', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let rooms: Rooms;
  let feature = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
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
  /** A feature that no room of another test has. */
  const ownFeature = () => {
    feature += 1;
    return `feature-${feature}`;
  };
  const found = async (groups: MeetingGroup[], fields: Partial<GroupTimeSearch> = {}) => {
    const { status, body } = await anyone.post(FIND, { ...SEARCH, groups, ...fields });
    expect(status).toBe(200);
    return body.suggestions;
  };
  const book = async (
    groups: MeetingGroup[],
    {
      organizer_user_id: organizer,
      ...fields
    }: Pick<NewMeeting, 'organizer_user_id'> & Partial<NewMeeting> & { all_day?: boolean },
  ) =>
    anyone.post(BOOK, {
      title: 'Planning',
      duration: '1h',
      start_date: SEARCH.from,
      organizer_user_id: organizer,
      groups,
      ...fields,
    });

  test('have all members of one group, one of another, and the smallest room that fits', async () => {
    const [ann, bob, cid, dan] = await users(4);
    const video = ownFeature();
    const large = await rooms.room({ capacity: 20, features: [video] });
    const small = await rooms.room({ capacity: 8, features: [video] });
    await rooms.room({ capacity: 4, features: [video] });
    await rooms.room({ capacity: 8, features: [] });
    await busy(ann, '08:00', '09:00');
    await busy(cid, '08:00', '10:30');
    await rooms.book(bob, [small], { time: '10:00 - 11:00' });
    const groups = [
      { user_ids: [ann] },
      { user_ids: [cid, dan], min_attending: 1 },
      { room_filter: { capacity: 8, features: [video] }, min_attending: 1 },
    ];
    expect(await found(groups, { limit: 3 })).toEqual([
      { start: '2031-01-06T09:00:00Z', end: '2031-01-06T10:00:00Z', assignment: [[ann], [dan], [small]] },
      { start: '2031-01-06T10:00:00Z', end: '2031-01-06T11:00:00Z', assignment: [[ann], [dan], [large]] },
      { start: '2031-01-06T11:00:00Z', end: '2031-01-06T12:00:00Z', assignment: [[ann], [cid], [small]] },
    ]);
    const { status, body, headers } = await book(groups, {
      organizer_user_id: ann,
      start_date: '2031-01-06T10:00:00Z',
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe(`/events/${body.id}`);
    expect(chosen(body.attendees)).toEqual([ann, dan, large]);
    expect(body).toMatchObject({ title: 'Planning', start_date: '2031-01-06T10:00:00Z', duration: 3600 });
    expect((await anyone.get(`/events/${body.id}`)).body.attendees).toEqual(body.attendees);
  });

  test('are none if a group of all has a member without a free minute', async () => {
    const [ann, bob] = await users(2);
    await busy(bob, '00:00', '23:59');
    const groups = [{ user_ids: [ann] }, { user_ids: [bob] }];
    expect(await found(groups)).toEqual([]);
    const refused = await book(groups, { organizer_user_id: ann });
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'time_taken', errors: [{ field: 'groups.1' }] },
    });
  });

  test('are none without a room that fits, and two groups never share a room', async () => {
    const [ann] = await users(1);
    const one = ownFeature();
    const both = [
      { user_ids: [ann] },
      { room_filter: { features: [one] }, min_attending: 1 },
      { room_filter: { features: [one], capacity: 2 }, min_attending: 1 },
    ];
    expect(await found(both)).toEqual([]);
    const large = await rooms.room({ features: [one], capacity: 9 });
    expect(await found(both)).toEqual([]);
    const small = await rooms.room({ features: [one], capacity: 1 });
    expect(await found(both)).toMatchObject([{ assignment: [[ann], [small], [large]] }]);
    await rooms.book(ann, [small], { time: '08:00 - 12:00' });
    expect(await found([both[1], both[2]])).toMatchObject([{ start: '2031-01-06T12:00:00Z' }]);
  });

  test('can all be booked as they are offered: the whole length with buffers and hours', async () => {
    const [ann, bob, cid, dan] = await users(4, { working_hours: OFFICE_HOURS, time_zone: 'Europe/Berlin' });
    const video = ownFeature();
    for (const capacity of [3, 4])
      await rooms.room({ capacity, features: [video], opening_hours: OFFICE_HOURS });
    const times = [ann, bob, cid, dan].flatMap((id, index) =>
      [8, 10, 12, 14].map((hour) => ({ id, hour: hour + (index % 2), minute: 10 * ((id * hour) % 5) })),
    );
    for (const { id, hour, minute } of times) {
      const [start, end] = [minute, minute + 10].map(
        (at) => `${String(hour).padStart(2, '0')}:${at === 60 ? 59 : String(at).padStart(2, '0')}`,
      );
      await busy(id, start, end);
    }
    const groups = [
      { user_ids: [ann] },
      { user_ids: [bob, cid, dan], min_attending: 2 },
      { room_filter: { features: [video] }, min_attending: 1 },
    ];
    const options = { duration: '20m', buffer_before: '5m', buffer_after: '10m' };
    const offered = await found(groups, { ...options, limit: 50, to: '2031-01-08T18:00:00Z' });
    expect(offered.length).toBeGreaterThan(10);
    for (const { start, end, assignment } of offered) {
      const { status, body } = await book(groups, { ...options, organizer_user_id: ann, start_date: start });
      expect({ start, status }).toEqual({ start, status: 201 });
      expect(body.end_date).toBe(end);
      expect(new Set(chosen(body.attendees))).toEqual(new Set(assignment.flat()));
    }
    // The members are busy now, and a time within a buffer is refused as the whole time is.
    const [{ start }] = offered;
    const near = new Date(Date.parse(start) - 1_000).toISOString();
    const refused = await book(groups, { ...options, organizer_user_id: ann, start_date: near });
    expect(refused).toMatchObject({ status: 409, body: { code: 'time_taken' } });
  });

  test('of a series are booked only if the members can attend every occurrence', async () => {
    const [ann, bob] = await users(2);
    await busy(ann, '08:30', '08:40');
    const groups = [{ user_ids: [ann, bob], min_attending: 1, assign: 'round_robin' as const }];
    const repeat = { frequency: 'weekly' as const, count: 3 };
    const fields = { organizer_user_id: bob, start_date: '2030-12-30T08:00:00Z', repeat };
    const [organizer] = await users(1);
    const { status, body } = await book(groups, { ...fields, organizer_user_id: organizer });
    expect(status).toBe(201);
    expect(chosen(body.attendees)).toEqual([organizer, bob]);
    expect((await book(groups, fields)).status).toBe(409);
    expect(await book(groups, { ...fields, repeat: { frequency: 'weekly' as const } })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'repeat' }] },
    });
  });

  test('take turns by standing assignments: a cancelled, deleted or declined one does not count', async () => {
    const [ann, bob, organizer] = await users(3);
    const groups = [{ user_ids: [ann, bob], min_attending: 1, assign: 'round_robin' as const }];
    const at = async (day: number) => {
      const { body } = await book(groups, {
        organizer_user_id: organizer,
        start_date: `2031-02-${String(day).padStart(2, '0')}T08:00:00Z`,
      });
      return { id: body.id, member: body.attendees[1] };
    };
    const first = await at(3);
    expect(first.member.user?.id).toBe(ann);
    const second = await at(4);
    expect(second.member.user?.id).toBe(bob);
    await anyone.patch(`/events/${second.id}`, { status: 'cancelled' });
    const third = await at(5);
    expect(third.member.user?.id).toBe(bob);
    await anyone.delete(`/events/${third.id}`);
    const fourth = await at(6);
    expect(fourth.member.user?.id).toBe(bob);
    await anyone.post(`/event-invites/${fourth.member.invite_id}:decline`);
    expect((await at(7)).member.user?.id).toBe(bob);
    const last = await at(10);
    expect(last.member.user?.id).toBe(ann);
    for (const { id } of [first, last]) await anyone.patch(`/events/${id}`, { invited_user_ids: [] });
    expect((await at(11)).member.user?.id).toBe(ann);
    // Four weeks later, none of them counts.
    expect(await found(groups, { from: '2031-04-01T08:00:00Z', to: '2031-04-02T08:00:00Z' })).toMatchObject([
      { assignment: [[ann]] },
    ]);
  });

  test('have no member whose calendars are hidden from the caller, and no booking takes such a member', async () => {
    const [ann, bob, cid] = await users(3);
    const [calendar] = (await backend.get(`/users/${ann}/calendars`)).body;
    await backend.create(`/calendars/${calendar.id}/grants`, {
      grantee: { type: 'user', user_id: bob },
      role: 'none',
    });
    const asBob = backend.as(bob);
    const groups = [{ user_ids: [ann, cid], min_attending: 1 }];
    const offered = await asBob.post(FIND, { ...SEARCH, groups });
    expect(offered.body.suggestions).toMatchObject([{ assignment: [[cid]] }]);
    const booking = { title: 'Planning', organizer_user_id: bob, duration: '1h', start_date: SEARCH.from };
    const booked = await asBob.post(BOOK, { ...booking, groups });
    expect(chosen(booked.body.attendees)).toEqual([bob, cid]);
    const refused = await asBob.post(BOOK, { ...booking, groups: [{ user_ids: [ann] }] });
    expect(refused).toMatchObject({ status: 409, body: { code: 'time_taken' } });
    expect(refused.body).not.toHaveProperty('conflicts');
  });

  test('of a deleted user leave no assignment', async () => {
    const [ann, organizer] = await users(2);
    const groups = [{ user_ids: [ann], assign: 'round_robin' as const }];
    const own = async () =>
      query(application.database.url, `SELECT FROM round_robin_assignments WHERE user_id = ${ann}`);
    expect((await book(groups, { organizer_user_id: organizer })).status).toBe(201);
    expect(await own()).toHaveLength(1);
    await anyone.delete(`/users/${ann}`);
    await eventually(async () => (await own()).length === 0);
    expect(await own()).toEqual([]);
  });

  test('are booked once for one idempotency key', async () => {
    const [ann] = await users(1);
    const keyed = anyone.withHeaders({ 'idempotency-key': 'book-once' });
    const body = {
      title: 'Once',
      duration: 3600,
      start_date: SEARCH.from,
      organizer_user_id: ann,
      groups: [{ user_ids: [ann], assign: 'round_robin' as const }],
    };
    const [first, again] = [await keyed.post(BOOK, body), await keyed.post(BOOK, body)];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.id).toBe(first.body.id);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  test.each<[string, (ids: number[]) => Partial<GroupTimeSearch>, string]>([
    ['no group', () => ({ groups: [] }), 'groups'],
    ['an empty group', () => ({ groups: [{ user_ids: [] }] }), 'groups.0.user_ids'],
    ['a group of nothing', () => ({ groups: [{}] }), 'groups.0.user_ids'],
    [
      'a group of users and rooms',
      ([ann]) => ({ groups: [{ user_ids: [ann], room_filter: {} }] }),
      'groups.0.room_filter',
    ],
    [
      'more members than the group has',
      ([ann]) => ({ groups: [{ user_ids: [ann, ann], min_attending: 2 }] }),
      'groups.0.min_attending',
    ],
    [
      'a person in two groups',
      ([ann, bob]) => ({ groups: [{ user_ids: [ann] }, { user_ids: [bob, ann] }] }),
      'groups.1.user_ids',
    ],
    ['turns of rooms', () => ({ groups: [{ room_filter: {}, assign: 'round_robin' }] }), 'groups.0.assign'],
    [
      'too many rooms',
      () => ({ groups: [{ room_filter: {}, min_attending: 11 }] }),
      'groups.0.min_attending',
    ],
    ['a duration of nothing', ([ann]) => ({ groups: [{ user_ids: [ann] }], duration: 0 }), 'duration'],
  ])('are neither searched nor booked with %s', async (_, fields, field) => {
    const ids = await users(2);
    const searched = await anyone.post(FIND, { ...SEARCH, groups: [], ...fields(ids) });
    expect(searched).toMatchObject({ status: 400, body: { errors: [{ field }] } });
    const booked = await book([], { organizer_user_id: ids[0], ...fields(ids) });
    expect(booked).toMatchObject({ status: 400, body: { errors: [{ field }] } });
  });

  test('are not booked for days, and not by a stranger for another organizer', async () => {
    const [ann] = await users(1);
    const groups = [{ user_ids: [ann] }];
    expect(await book(groups, { organizer_user_id: ann, all_day: true })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'all_day' }] },
    });
    expect(await book(groups, { organizer_user_id: 999_999 })).toMatchObject({
      status: 404,
      body: { errors: [{ field: 'organizer_user_id' }] },
    });
    expect(await book([{ user_ids: [999_999] }], { organizer_user_id: ann })).toMatchObject({
      status: 404,
      body: { errors: [{ field: 'groups.0.user_ids' }] },
    });
  });
});
