import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventPatch, NewEvent, NewRoom } from '../../../clients/typescript/src/schema.js';
import { Attendees, DAILY, FIRST, SECOND } from '../../support/client/attendees.js';
import { Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ONCE = { start_date: FIRST, duration: 3_600, location: 'Berlin' };
const AT_NOON = { start_date: '2126-01-07T12:00:00Z' };
const DAY = (day: string, hour = '09') => `${day}T${hour}:00 - ${day}T${Number(hour) + 1}:00`;

describe("a room's answer", () => {
  let application: TestApplication;
  let calendars: Attendees;
  let rooms: Rooms;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Attendees(application.url);
    rooms = new Rooms(calendars.client);
  });
  afterAll(async () => application.close());

  /** An event with a person who has accepted, and a room. */
  async function booked(event: Partial<NewEvent>, fields: Partial<NewRoom> = {}) {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const room = await rooms.room(fields);
    const { id, attendees } = await calendars.event('', {
      ...event,
      organizer_user_id: ann,
      invited_user_ids: [bob],
      invited_room_ids: [room],
    });
    const [, person, resource] = attendees.map(({ invite_id: invite }) => invite);
    await calendars.answer(person, 'accept');
    const statuses = async () =>
      (await calendars.told(id)).slice(1).map((text) => text.split(' ').slice(1).join(' '));
    return { ann, bob, room, id, invite: resource, statuses };
  }

  /** Books a room for another event. */
  async function block(room: number, fields: Partial<NewEvent>): Promise<void> {
    const organizer = await calendars.someone();
    await calendars.event('', {
      duration: 3_600,
      ...fields,
      organizer_user_id: organizer,
      invited_room_ids: [room],
    });
  }

  test.each<[string, EventPatch, string]>([
    ['another start', AT_NOON, 'needs_action'],
    ['another place', { location: 'Tokyo' }, 'needs_action'],
    ['another end', { duration: 7_200 }, 'needs_action'],
    ['another start, with `keep_answers`', { ...AT_NOON, keep_answers: true }, 'accepted'],
  ])('is decided again after %s', async (_, patch, person) => {
    const automatic = await booked(ONCE);
    await calendars.answer(automatic.invite, 'decline');
    await calendars.change(automatic.id, patch);
    expect(await automatic.statuses()).toEqual([person, 'accepted']);

    const asked = await booked(ONCE, { auto_accept: false });
    await calendars.answer(asked.invite, 'accept');
    await calendars.change(asked.id, patch);
    expect(await asked.statuses()).toEqual([person, 'needs_action']);
  });

  test('stays after a change that moves nothing', async () => {
    const { id, invite, statuses } = await booked(ONCE, { auto_accept: false });
    await calendars.answer(invite, 'accept');
    await calendars.change(id, { title: 'Review', ...ONCE });
    expect(await statuses()).toEqual(['accepted', 'accepted']);
  });

  test.each([false, true])('is not to accept busy time, with `keep_answers: %s`', async (keep_answers) => {
    const { id, room, statuses } = await booked(ONCE);
    await block(room, { start_date: '2126-01-07T12:30:00Z' });
    const before = await calendars.read(id);
    expect(await calendars.client.patch(`/events/${id}`, { ...AT_NOON, keep_answers })).toMatchObject({
      status: 409,
      body: { code: 'time_taken' },
    });
    expect(await calendars.read(id)).toEqual(before);
    expect(await statuses()).toEqual(['accepted', 'accepted']);
  });

  test('that was a decline books the time of a moved event, or refuses the change', async () => {
    const { id, room, invite } = await booked(ONCE);
    await calendars.answer(invite, 'decline');
    await block(room, AT_NOON);
    expect((await calendars.client.patch(`/events/${id}`, AT_NOON)).status).toBe(409);
    await calendars.change(id, { start_date: '2126-01-07T14:00:00Z' });
    expect(await calendars.taken(room)).toEqual([DAY('07', '12'), DAY('07', '14')]);
  });

  test.each<[string, Partial<NewEvent>, string | undefined]>([
    ['an event', ONCE, undefined],
    ['one occurrence of a series', { ...DAILY, location: 'Berlin' }, SECOND],
  ])('that was a decline of %s refuses another place if the time is taken', async (_, event, occurrence) => {
    const { id, room, invite, statuses } = await booked(event);
    await calendars.answer(invite, 'decline', occurrence);
    await block(room, { start_date: occurrence ?? FIRST });
    const before = await statuses();
    expect(await calendars.client.patch(`/events/${id}`, { location: 'Tokyo' })).toMatchObject({
      status: 409,
      body: { code: 'time_taken' },
    });
    expect(await statuses()).toEqual(before);
  });

  test.each([false, true])(
    'to one occurrence is decided again, with `keep_answers: %s`',
    async (keep_answers) => {
      const { id, room, invite } = await booked(DAILY);
      await calendars.answer(invite, 'decline', SECOND);
      expect(await calendars.taken(room)).toEqual([DAY('07'), DAY('09')]);
      await block(room, { start_date: '2126-01-08T11:00:00Z' });
      const path = `/events/${id}/occurrences/${SECOND}` as const;
      const busy = await calendars.client.patch(path, { start_date: '2126-01-08T11:30:00Z', keep_answers });
      expect(busy).toMatchObject({ status: 409, body: { code: 'time_taken' } });
      await calendars.changeAt(id, SECOND, { start_date: '2126-01-08T12:00:00Z', keep_answers });
      expect(await calendars.taken(room)).toEqual([DAY('07'), '08T11:00 - 08T13:00', DAY('09')]);
      expect((await calendars.toldAnswers(id)).join()).toContain(`${room} accepted`);
    },
  );

  test('to one occurrence is decided again when the series moves', async () => {
    const { id, room, invite, statuses } = await booked(DAILY, { auto_accept: false });
    await calendars.answer(invite, 'accept');
    await calendars.answer(invite, 'decline', SECOND);
    await calendars.change(id, { ...AT_NOON, keep_answers: true });
    expect(await statuses()).toEqual(['accepted', 'needs_action']);
    expect(await calendars.toldAnswers(id)).toEqual([`08: ${room} needs_action`]);
    expect(await calendars.taken(room)).toEqual(['07', '08', '09'].map((day) => DAY(day, '12')));
  });

  test('of a room of one occurrence is decided again', async () => {
    const ann = await calendars.someone();
    const { id } = await calendars.event('', { ...DAILY, organizer_user_id: ann });
    const room = await rooms.room();
    await calendars.add(id, { room_id: room, original_start: SECOND });
    await block(room, { start_date: '2126-01-08T12:00:00Z' });
    expect((await calendars.client.patch(`/events/${id}`, AT_NOON)).status).toBe(409);
    await calendars.change(id, { start_date: '2126-01-07T14:00:00Z' });
    expect(await calendars.told(id)).toEqual([`${ann} organizer`, `${room} accepted, some`]);
    expect(await calendars.taken(room)).toEqual([DAY('08', '12'), DAY('08', '14')]);
  });

  test('does not bring the room back to an occurrence from which it was removed', async () => {
    const { id, room } = await booked(DAILY);
    await calendars.remove(id, room, SECOND);
    await calendars.change(id, AT_NOON);
    expect(await calendars.taken(room)).toEqual(['07', '09'].map((day) => DAY(day, '12')));
  });
});
