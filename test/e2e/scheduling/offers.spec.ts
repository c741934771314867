import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { OFFICE_HOURS, Rooms } from '../../support/client/rooms.js';
import { addCalendar, share } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const WEEK = 'from=2031-09-08T00:00:00Z&to=2031-09-15T00:00:00Z';
/** The last person allows double booking. */
const ZONES = ['Pacific/Kiritimati', 'Europe/Berlin', 'America/New_York', 'UTC'];
const DAY = { all_day: true, duration: 1 } as const;

/** Times that are taken: of the person at this place, who invites the others named. */
const TAKEN: readonly (readonly [organizer: number, invited: readonly number[], fields: object])[] = [
  [0, [1, 2], { ...DAY, start_date: '2031-09-09', show_as: 'busy' }],
  [1, [], { ...DAY, start_date: '2031-09-11', show_as: 'out_of_office' }],
  [2, [], { ...DAY, start_date: '2031-09-10', show_as: 'tentative', time_zone: 'Asia/Tokyo' }],
  [1, [0], { start_date: '2031-09-08T06:00:00Z', duration: 5400, repeat: { frequency: 'daily' } }],
  [2, [1], { start_date: '2031-09-08T07:45:00Z', duration: 900, show_as: 'tentative' }],
  [0, [], { start_date: '2031-09-12T03:00:00Z', duration: 0 }],
  [3, [], { start_date: '2031-09-08T00:00:00Z', duration: 86_400, show_as: 'tentative' }],
  [2, [], { ...DAY, start_date: '2031-09-12', show_as: 'busy', repeat: { frequency: 'daily', count: 2 } }],
];

describe('the nearest intervals', () => {
  let application: TestApplication;
  let backend: Client;
  let people: Account[];
  let eve: Account;
  let roomIds: number[];

  beforeAll(async () => {
    application = await startTestApplication();
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    const rooms = new Rooms(backend);
    people = await Promise.all(ZONES.map(async (_, index) => signUp(anyone, `person${index}`)));
    eve = await signUp(anyone, 'eve');
    roomIds = [
      await rooms.room({ opening_hours: OFFICE_HOURS, time_zone: 'Asia/Tokyo' }),
      await rooms.room({ auto_accept: false }),
    ];
    for (const [index, time_zone] of ZONES.entries())
      await backend.patch(`/users/${people[index].id}`, { time_zone });
    const hidden = await addCalendar(people[2], 'Hidden');
    await share(people[2].client, hidden, eve.id, 'none');
    for (const [index, [organizer, invited, fields]] of TAKEN.entries()) {
      const { body } = await backend.create('/events', {
        title: `Taken ${index}`,
        start_date: '2031-09-08',
        organizer_user_id: people[organizer].id,
        invited_user_ids: invited.map((person) => people[person].id),
        ...(organizer === 2 && { calendar_id: hidden }),
        ...fields,
      });
      for (const { invite_id } of body.attendees.slice(1)) {
        const verb = index % 2 === 0 ? 'accept' : 'tentative';
        await backend.post(`/event-invites/${invite_id as number}:${verb}`);
      }
    }
    const inRooms = [
      {
        start_date: '2031-09-08T00:30:00Z',
        duration: 3600,
        repeat: { frequency: 'daily', count: 4 },
      } as const,
      { ...DAY, start_date: '2031-09-09', show_as: 'busy' } as const,
    ];
    for (const [index, fields] of inRooms.entries()) {
      await backend.create('/events', {
        title: 'In a room',
        organizer_user_id: eve.id,
        invited_room_ids: [roomIds[index]],
        ...fields,
      });
    }
    for (const { id } of people.slice(0, 3))
      await backend.patch(`/users/${id}`, { double_booking: 'reject' });
  });
  afterAll(async () => application.close());

  describe.each(['a key', 'a person to whom a calendar is hidden'])('for %s', (caller) => {
    test.each([
      [[0], [], ''],
      [[0, 1], [0], ''],
      [[0, 1, 2], [], 'working_hours=false'],
      [[1, 2], [0, 1], 'step=15m'],
      [[2], [1], 'buffer_before=30m&buffer_after=15m'],
      [[0, 1, 2], [], 'pending=free'],
      [[1], [0], 'pending=free&working_hours=false'],
      [[3], [0, 1], 'pending=free&working_hours=false'],
      [[3], [1], 'pending=free'],
    ])('of people %j and rooms %j are ones that a booking gets: %s', async (persons, rooms, query) => {
      const client = caller === 'a key' ? backend : eve.client;
      const userIds = persons.map((person) => people[person].id);
      const bookedRoomIds = rooms.map((room) => roomIds[room]);
      const users = [...userIds, ...bookedRoomIds].map((id) => `user_ids=${id}`).join('&');
      const search = `duration=1h&limit=8&${users}&${WEEK}&${query}`;
      const { body } = await client.get(`/events:nearest-empty-time-interval?${search}`);
      expect(body.suggestions.length).toBeGreaterThan(0);
      for (const { start } of body.suggestions) {
        const booked = await client.send('POST', '/events', {
          title: 'Offered',
          start_date: start,
          duration: 3600,
          organizer_user_id: eve.id,
          invited_user_ids: userIds,
          invited_room_ids: bookedRoomIds,
        });
        expect([start, booked.status]).toEqual([start, 201]);
        const { attendees } = booked.body as { attendees: { invite_id: number; user: { id: number } }[] };
        for (const { invite_id } of attendees.filter(({ user }) => userIds.includes(user.id))) {
          const accepted = await backend.send('POST', `/event-invites/${invite_id}:accept`);
          expect([start, accepted.status]).toEqual([start, 200]);
        }
        await client.delete(`/events/${(booked.body as { id: number }).id}`);
      }
    });
  });
});
