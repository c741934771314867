import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewAttendee, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Attendees, DAILY, FIRST, SECOND, THIRD } from '../../support/client/attendees.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const DAY = (day: string) => `${day}T09:00 - ${day}T10:00`;

describe('a room that is added to an event', () => {
  let application: TestApplication;
  let calendars: Attendees;
  let rooms: Rooms;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
    rooms = new Rooms(calendars.client);
  });
  afterAll(async () => application.close());

  async function daily(fields: Partial<NewEvent> = {}) {
    const ann = await calendars.someone();
    return { ann, ...(await calendars.event('', { ...DAILY, organizer_user_id: ann, ...fields })) };
  }

  async function post(event: number, attendee: NewAttendee) {
    return calendars.client.post(`/events/${event}/attendees`, attendee);
  }

  test('accepts by itself', async () => {
    const { ann, id } = await daily();
    const room = await rooms.create({ capacity: 4 });
    const added = await post(id, { room_id: room.id });
    expect(added).toMatchObject({
      status: 201,
      body: { status: 'accepted', user: { id: room.id, kind: 'room' }, conflicts: [] },
    });
    expect(added.body.warnings).toBeUndefined();
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${room.id} accepted`]);
    expect(await calendars.taken(room.id)).toEqual(['07', '08', '09'].map(DAY));
    expect(await post(id, { room_id: room.id })).toMatchObject({
      status: 409,
      body: { code: 'already_attends' },
    });
  });

  test('stays unanswered without `auto_accept`, and blocks', async () => {
    const { id } = await daily();
    const room = await rooms.room({ auto_accept: false });
    expect(await calendars.add(id, { room_id: room })).toMatchObject({ status: 'needs_action' });
    const other = await daily();
    expect(await post(other.id, { room_id: room, original_start: SECOND })).toMatchObject({ status: 409 });
  });

  test.each<[string, NewAttendee]>([
    ['the whole event', {}],
    ['the occurrence', { original_start: SECOND }],
  ])('is refused if it is busy at %s, and nothing is stored', async (_, at) => {
    const room = await rooms.room();
    const { id: busy } = await daily();
    await calendars.add(busy, { room_id: room, original_start: SECOND });
    const { ann, id } = await daily();
    expect(await post(id, { room_id: room, ...at })).toMatchObject({
      status: 409,
      body: {
        code: 'time_taken',
        errors: [
          {
            field: 'room_id',
            message: `room ${room} is busy from 2126-01-08T09:00:00Z to 2126-01-08T10:00:00Z`,
          },
        ],
      },
    });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
    expect((await calendars.read(id)).version).toBe(1);
    expect(await calendars.taken(room)).toEqual([DAY('08')]);
  });

  test('is refused if it is closed', async () => {
    const { id } = await daily({ start_date: '2126-01-07T07:00:00Z', repeat: null });
    const room = await rooms.room({ opening_hours: OFFICE_HOURS });
    expect(await post(id, { room_id: room })).toMatchObject({
      status: 409,
      body: { code: 'time_taken', errors: [{ field: 'room_id' }] },
    });
  });

  test('is checked at the one occurrence that it attends alone', async () => {
    const room = await rooms.room();
    const { id: busy } = await daily();
    await calendars.add(busy, { room_id: room, original_start: SECOND });
    const { ann, id } = await daily();
    expect(await calendars.add(id, { room_id: room, original_start: THIRD })).toMatchObject({
      status: 'accepted',
      only_occurrences: true,
    });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${room} accepted, some`]);
    expect(await calendars.toldAnswers(id)).toEqual([`09: ${room} accepted`]);
    expect(await calendars.taken(room)).toEqual(['08', '09'].map(DAY));
    expect((await post(id, { room_id: room })).status).toBe(409);
    await calendars.remove(busy, room);
    expect(await calendars.add(id, { room_id: room })).toMatchObject({
      status: 'accepted',
      only_occurrences: false,
    });
    expect(await calendars.taken(room)).toEqual(['07', '08', '09'].map(DAY));
  });

  test('stays unanswered at one occurrence without `auto_accept`, and blocks it', async () => {
    const room = await rooms.room({ auto_accept: false });
    const { id } = await daily();
    expect(await calendars.add(id, { room_id: room, original_start: SECOND })).toMatchObject({
      status: 'needs_action',
    });
    const other = await daily();
    expect((await post(other.id, { room_id: room, original_start: SECOND })).status).toBe(409);
    expect((await post(other.id, { room_id: room, original_start: THIRD })).status).toBe(201);
  });

  test('accepts no occurrence that it has declined if its time is taken', async () => {
    const room = await rooms.room({ auto_accept: false });
    const { id } = await daily();
    await calendars.add(id, { room_id: room, original_start: SECOND });
    const { invite_id: invite } = await calendars.add(id, { room_id: room, original_start: THIRD });
    await calendars.answer(invite, 'decline', SECOND);
    const other = await daily();
    await calendars.add(other.id, { room_id: room, original_start: SECOND });
    expect(await calendars.client.post(`/event-invites/${invite as number}:accept`, {})).toMatchObject({
      status: 409,
      body: { code: 'time_taken' },
    });
    await calendars.remove(other.id, room);
    await calendars.answer(invite, 'accept');
    expect(await calendars.taken(room)).toEqual(['08', '09'].map(DAY));
  });

  test('frees its time when it is removed, also from one occurrence', async () => {
    const room = await rooms.room();
    const { ann, id } = await daily();
    await calendars.add(id, { room_id: room });
    await calendars.remove(id, room, SECOND);
    expect(await calendars.taken(room)).toEqual(['07', '09'].map(DAY));
    const other = await daily();
    await calendars.add(other.id, { room_id: room, original_start: SECOND });
    expect((await post(id, { room_id: room, original_start: SECOND })).status).toBe(409);
    await calendars.remove(other.id, room, SECOND);
    expect(await calendars.told(other.id)).toHaveLength(1);
    expect(await calendars.add(id, { room_id: room, original_start: SECOND })).toMatchObject({
      status: 'accepted',
    });
    expect(await calendars.taken(room)).toEqual(['07', '08', '09'].map(DAY));
    await calendars.remove(id, room);
    expect(await calendars.told(id)).toEqual([`${ann} organizer`]);
    expect(await calendars.taken(room)).toEqual([]);
  });

  test('decides again after a decline, if it was removed', async () => {
    const room = await rooms.room({ auto_accept: false });
    const { id } = await daily();
    const whole = await calendars.add(id, { room_id: room });
    await calendars.answer(whole.invite_id, 'decline');
    await calendars.remove(id, room);
    const once = await calendars.add(id, { room_id: room, original_start: FIRST });
    expect(once.status).toBe('needs_action');
    await calendars.answer(once.invite_id, 'decline', FIRST);
    await calendars.remove(id, room, FIRST);
    expect(await calendars.add(id, { room_id: room, original_start: FIRST })).toMatchObject({
      status: 'needs_action',
    });
  });

  test('has the warning of a room that is too small', async () => {
    const [bob, carl] = await calendars.everyone([{}, {}]);
    const { id } = await daily({ invited_user_ids: [bob] });
    const room = await rooms.room({ capacity: 2 });
    expect((await calendars.add(id, { room_id: room })).warnings).toBeUndefined();
    expect((await calendars.add(id, { user_id: carl })).warnings).toEqual([
      { code: 'room_too_small', room_id: room, capacity: 2, attendees: 3 },
    ]);
  });

  test('is not too small for the attendees of a cancelled occurrence', async () => {
    const room = await rooms.room({ capacity: 1 });
    const { id } = await daily({ invited_room_ids: [room] });
    await calendars.add(id, { user_id: await calendars.someone(), original_start: SECOND });
    await calendars.add(id, { email: 'eve@example.net', original_start: SECOND });
    expect((await calendars.change(id, { title: 'Planning' })).warnings).toMatchObject([{ attendees: 3 }]);
    await calendars.changeAt(id, SECOND, { status: 'cancelled' });
    expect((await calendars.change(id, { title: 'Retro' })).warnings).toBeUndefined();
  });

  test('is too small for guests, and for attendees of one occurrence', async () => {
    const { id, attendees } = await daily({ invited: [{ email: 'zoe@example.net' }] });
    const room = await rooms.room({ capacity: 1 });
    const warning = (count: number) => [
      { code: 'room_too_small', room_id: room, capacity: 1, attendees: count },
    ];
    const add = async (attendee: NewAttendee) => (await calendars.add(id, attendee)).warnings;
    expect(await add({ room_id: room })).toEqual(warning(2));
    await calendars.answer(attendees[1].invite_id, 'decline');
    const [bob, carl] = await calendars.everyone([{}, {}]);
    const rename = async (title: string) => (await calendars.change(id, { title })).warnings;
    expect(await rename('Alone')).toBeUndefined();
    expect(await add({ user_id: bob, original_start: SECOND })).toEqual(warning(2));
    expect(await add({ user_id: carl, original_start: THIRD })).toEqual(warning(2));
    expect(await add({ email: 'eve@example.net', original_start: THIRD })).toEqual(warning(3));
    await calendars.remove(id, room, THIRD);
    expect(await rename('Without the third')).toEqual(warning(2));
    await calendars.remove(id, bob, SECOND);
    expect(await rename('Alone again')).toBeUndefined();
    await calendars.remove(id, room);
    expect(await add({ room_id: room, original_start: THIRD })).toEqual(warning(3));
  });

  test('is a room, and a person a person', async () => {
    const { id } = await daily();
    const [room, bob] = [await rooms.room(), await calendars.someone()];
    expect(await post(id, { user_id: room })).toMatchObject({
      status: 404,
      body: { code: 'user_not_found', errors: [{ field: 'user_id' }] },
    });
    for (const room_id of [bob, 999_999]) {
      expect(await post(id, { room_id })).toMatchObject({
        status: 404,
        body: { code: 'room_not_found', errors: [{ field: 'room_id' }] },
      });
    }
    expect((await calendars.read(id)).version).toBe(1);
  });

  test.each<[string, string, object]>([
    ['none', 'user_id', {}],
    ['a user and a room', 'user_id', { user_id: 1, room_id: 2 }],
    ['a room and an address', 'room_id', { room_id: 2, email: 'zoe@example.net' }],
    ['a user and an address', 'user_id', { user_id: 1, email: 'zoe@example.net' }],
    ['a room and a name', 'name', { room_id: 2, name: 'Zoe' }],
    ['a room that is no number', 'room_id', { room_id: 'two' }],
  ])('is named alone: %s', async (_, field, attendee) => {
    const { id } = await daily();
    expect(await calendars.client.send('POST', `/events/${id}/attendees`, attendee)).toMatchObject({
      status: 400,
      body: { code: 'invalid_input', errors: [{ field }] },
    });
    expect((await calendars.read(id)).version).toBe(1);
  });
});
