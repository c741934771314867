import { DAY, HOUR, type Instant } from '../../src/calendar/time/civil-time.js';
import { type Dataset, newEvents } from '../floor/data/calendars.js';
import { Draw } from '../floor/data/draw.js';
import { createCall, freeBusyCall, listCall, nearestCall } from '../floor/requests.js';
import type { Call } from './send.js';

/** The requests of a product, in hundredths: nine of ten read. */
const SHARES = [
  ['list', 45],
  ['free/busy', 30],
  ['nearest', 15],
  ['create', 10],
] as const;

/** Most searches are for two or three people, and some for a team. */
const SEARCHED = [
  [2, 60],
  [3, 25],
  [10, 15],
] as const;

/** Makes the next request of a mix. Equal seeds give equal requests. Most concern this week and the next ones. */
export function mixOf(dataset: Dataset, anchor: Instant, seed: number): () => Call {
  const draw = new Draw(seed);
  const organizers = { ...dataset, writers: dataset.users, guests: dataset.users };
  const events = newEvents(organizers, anchor);
  const week = (): Instant => anchor + draw.int(-1, 4) * 7 * DAY;
  return () => {
    switch (draw.weighted(SHARES)) {
      case 'list':
        return listCall(draw.pick(dataset.users), week());
      case 'free/busy':
        return freeBusyCall(draw.pick(dataset.users), week(), 1);
      case 'nearest':
        return nearestCall(
          draw.sample(dataset.users, draw.weighted(SEARCHED)),
          week() + draw.int(0, 4) * DAY + 9 * HOUR,
        );
      default: {
        const { organizer, invited, ...event } = events.next().value;
        // A person takes no part twice.
        return createCall({ ...event, organizer, invited: invited.filter(({ user }) => user !== organizer) });
      }
    }
  };
}
