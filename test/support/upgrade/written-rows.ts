import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import type { Client } from '../client/client.js';

const HOUR = 3_600;
const WORKSHOP = '2030-06-10T09:00:00Z';

/** Writes events with everything that the version before calendars does not know. */
export async function writeRowsForVersionBefore(backend: Client) {
  for (const [user, zone] of [
    [2, 'Asia/Tokyo'],
    [3, 'America/New_York'],
  ] as const)
    await backend.patch(`/users/${user}`, { time_zone: zone });
  const { body: aside } = await backend.create('/users/1/calendars', { name: 'Aside', counts_as_busy: false });
  const { body: room } = await backend.create('/rooms', { name: 'Room', capacity: 4 });

  /** Creates an event of user 1 with user 2, of an hour. */
  async function event(title: string, startDate: string, more: Partial<NewEvent> = {}): Promise<number> {
    const fields = { title, organizer_user_id: 1, invited_user_ids: [2], start_date: startDate };
    const length = more.end_date === undefined ? { duration: HOUR } : {};
    return (await backend.create('/events', { ...fields, ...length, ...more })).body.id;
  }

  const day = { all_day: true, duration: 1 };
  const thrice = { frequency: 'daily', count: 3 } as const;
  const ids = {
    day: await event('Floating day', '2030-06-03', day),
    movedDay: await event('Floating day to move', '2030-06-04', day),
    removedDay: await event('Floating day to remove', '2030-06-05', day),
    changedDay: await event('Floating day to override', '2030-06-06', day),
    days: await event('Floating days', '2030-06-07', { ...day, repeat: thrice }),
    moment: await event('Moment', '2030-06-08T10:00:00Z', { duration: 0 }),
    moments: await event('Moments', '2030-06-09T10:00:00Z', { duration: 0, repeat: thrice }),
    withGuest: await event('With a guest', '2030-06-12T10:00:00Z', {
      invited: [{ email: 'guest@example.com', name: 'Guest' }],
    }),
    workshop: await event('Workshop', WORKSHOP, { repeat: thrice, invited_user_ids: [] }),
    course: await event('Course', '2030-06-13T09:00:00Z', { repeat: thrice }),
    inRoom: await event('In a room', '2030-06-16T09:00:00Z', { invited_room_ids: [room.id] }),
    aside: await event('Aside', '2030-06-17T09:00:00Z', { calendar_id: aside.id }),
    tentative: await event('Tentative', '2030-06-18T09:00:00Z', { show_as: 'tentative' }),
    away: await event('Out of office', '2030-06-19T09:00:00Z', { show_as: 'out_of_office' }),
    flight: await event('Flight', '2030-06-20T09:00:00Z', {
      end_date: '2030-06-20T20:00:00',
      end_time_zone: 'Asia/Tokyo',
    }),
  };
  await backend.create(`/events/${ids.workshop}/attendees`, {
    user_id: 3,
    original_start: '2030-06-11T09:00:00Z',
  });
  await backend.delete(`/events/${ids.course}/attendees/2?original_start=2030-06-14T09:00:00Z`);
  await backend.patch(`/events/${ids.course}/occurrences/2030-06-15T09:00:00Z`, { show_as: 'tentative' });
  return { ...ids, room: room.id };
}
