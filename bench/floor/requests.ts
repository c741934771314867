import { DAY, type Instant, MINUTE } from '../../src/calendar/time/civil-time.js';
import { formatInstant } from '../../src/calendar/time/instant.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';
import type { Call } from '../load/send.js';
import type { DatasetEvent, DatasetUser } from './data/calendars.js';

const WEEK = 7 * DAY;

/** The list of a week. Both services get the same requests. */
export function listCall(user: DatasetUser, from: Instant, more = ''): Call {
  return ['GET', `/users/${user.id}/events?${windowOf(from, 1)}&limit=1000${more}`];
}

export function freeBusyCall(user: DatasetUser, from: Instant, weeks: number): Call {
  return ['GET', `/free-busy?user_ids=${user.id}&${windowOf(from, weeks)}`];
}

export function nearestCall(users: readonly DatasetUser[], from: Instant): Call {
  const ids = users.map(({ id }) => `user_ids=${id}`).join('&');
  return ['GET', `/events:nearest-empty-time-interval?duration=1h&${ids}&from=${formatInstant(from)}`];
}

/** The creation of an event that does not repeat and has times. */
export function createCall({ title, organizer, invited, start, length, busy }: DatasetEvent): Call {
  return [
    'POST',
    '/events',
    {
      title,
      description: 'Made by the benchmark',
      organizer_user_id: organizer.id,
      invited_user_ids: invited.map(({ user }) => user.id),
      show_as: busy ? 'busy' : 'free',
      time_zone: organizer.timeZone,
      start_date: formatInstant(timeZone(organizer.timeZone).toInstant(start)),
      duration: (length * MINUTE) / 1_000,
    },
  ];
}

function windowOf(from: Instant, weeks: number): string {
  return `from=${formatInstant(from)}&to=${formatInstant(from + weeks * WEEK)}`;
}
