import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { Rooms, statusOf } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const MOVED = ['DTSTART:20310106T130000Z', 'DTEND:20310106T140000Z'];

let application: TestApplication;
let client: Client;
let rooms: Rooms;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
  rooms = new Rooms(client);
});
afterAll(async () => application.close());

/** The UID of the only event in the user's export. */
async function uidOf(user: FileUser): Promise<string> {
  return /UID:(.*)\r\n/.exec(await user.export())?.[1] ?? '';
}

describe('an import that moves an event', () => {
  test('to a time of another event is not refused, also of a user who refuses double bookings', async () => {
    const ann = await FileUser.of(client, { double_booking: 'reject' });
    await ann.import(
      calendarFile(
        vevent('UID:taken', ...MOVED),
        vevent('UID:moved', 'DTSTART:20310106T080000Z', 'DTEND:20310106T090000Z'),
      ),
    );
    const result = await ann.importOne(calendarFile(vevent('UID:moved', ...MOVED)));
    expect(result).toMatchObject({ status: 'replaced', problem: null });
    expect(await ann.event(result.event_id)).toMatchObject({ start_date: '2031-01-06T13:00:00Z' });
  });

  test('is not refused by an attendee who refuses double bookings', async () => {
    const ann = await FileUser.of(client);
    const bob = await FileUser.of(client, { double_booking: 'reject' });
    await bob.import(calendarFile(vevent('UID:taken', ...MOVED)));
    const { body: event } = await rooms.book(ann.id, [], {
      time: '09:00 - 10:00',
      invited_user_ids: [bob.id],
    });
    const invite = event.attendees.find(({ user }) => user?.id === bob.id)?.invite_id ?? 0;
    await client.send('POST', `/event-invites/${invite}:accept`);
    const result = await ann.importOne(calendarFile(vevent(`UID:${await uidOf(ann)}`, ...MOVED)));
    expect(result).toMatchObject({ status: 'replaced', event_id: event.id, problem: null });
    const after = await ann.event(event.id);
    expect(after.start_date).toBe('2031-01-06T13:00:00Z');
    expect(statusOf(after, bob.id)).toBe('needs_action');
  });

  test('into the time of another booking of its room is not refused, and the room declines', async () => {
    const [ann, bob, room] = [await FileUser.of(client), await FileUser.of(client), await rooms.room()];
    const { body: other } = await rooms.book(bob.id, [room], { time: '13:00 - 14:00' });
    const { body: event } = await rooms.book(ann.id, [room], { time: '09:00 - 10:00' });
    expect(statusOf(event, room)).toBe('accepted');
    const result = await ann.importOne(calendarFile(vevent(`UID:${await uidOf(ann)}`, ...MOVED)));
    expect(result).toMatchObject({ status: 'replaced', event_id: event.id, problem: null });
    expect(statusOf(await ann.event(event.id), room)).toBe('declined');
    expect(statusOf(await bob.event(other.id), room)).toBe('accepted');
  });

  test('books no free room either, and its old time is free', async () => {
    const [ann, room] = [await FileUser.of(client), await rooms.room()];
    const { body: event } = await rooms.book(ann.id, [room], { time: '09:00 - 10:00' });
    await ann.import(calendarFile(vevent(`UID:${await uidOf(ann)}`, ...MOVED)));
    expect(statusOf(await ann.event(event.id), room)).toBe('declined');
    const { body } = await client.get(
      `/free-busy?user_ids=${room}&from=2031-01-06T00:00:00Z&to=2031-01-07T00:00:00Z`,
    );
    expect(body).toMatchObject([{ user_id: room, busy: [] }]);
  });

  test('takes no more time of a room by more occurrences', async () => {
    const [ann, room] = [await FileUser.of(client), await rooms.room()];
    const repeat = { frequency: 'daily', count: 2 } as const;
    const { body: event } = await rooms.book(ann.id, [room], { time: '09:00 - 10:00', repeat });
    const times = ['DTSTART:20310106T090000Z', 'DTEND:20310106T100000Z', 'RRULE:FREQ=DAILY;COUNT=5'];
    await ann.import(calendarFile(vevent(`UID:${await uidOf(ann)}`, ...times)));
    expect(statusOf(await ann.event(event.id), room)).toBe('declined');
  });
});

test('an import that changes no time keeps the room', async () => {
  const [ann, room] = [await FileUser.of(client), await rooms.room()];
  const { body: event } = await rooms.book(ann.id, [room], { time: '09:00 - 10:00' });
  const times = ['DTSTART:20310106T090000Z', 'DTEND:20310106T100000Z'];
  await ann.import(calendarFile(vevent(`UID:${await uidOf(ann)}`, 'SUMMARY:New title', ...times)));
  const after = await ann.event(event.id);
  expect([after.title, statusOf(after, room)]).toEqual(['New title', 'accepted']);
});
