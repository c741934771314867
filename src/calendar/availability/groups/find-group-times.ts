import { type Interval, lengthOf, span } from '../../intervals/interval.js';
import { MAX_WINDOW } from '../../recurrence/series/recurrence-set.js';
import { Availability } from '../availability.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import { blocksOf, partsOf, type ReadCalendars } from '../search/nearest-free-intervals.js';
import { type GroupTime, GroupTimeSearch, type GroupTimesQuery } from './group-time-search.js';

type Buffers = Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter'>;

/**
 * Finds the nearest times at which enough members of each group can meet. A member can attend a meeting if the member is at
 * work throughout it, and free from `bufferBefore` before it to `bufferAfter` after it. The times, with their buffers, do not
 * overlap, and the window encloses them. The search reads the calendars as `nearestFreeIntervals` does.
 *
 * @param people the members of all groups, each once
 * @throws all that `readCalendars` throws
 * @example const [nearest] = await findGroupTimes(query, people, readCalendars);
 */
export async function findGroupTimes(
  query: GroupTimesQuery,
  people: readonly Person[],
  readCalendars: ReadCalendars,
): Promise<readonly GroupTime[]> {
  const search = new GroupTimeSearch(query, people);
  if (query.duration > lengthOf(query.window)) return [];
  for (const block of blocksOf(query.window)) {
    const calendars = await readCalendars(widened(block, query));
    for (const part of partsOf(block, calendars.partLength)) {
      const read = widened(part, query);
      const [hidden, held] = [await calendars.hiddenIn?.(read), await calendars.heldIn?.(read)];
      search.advance(part, await calendars.busyIn(read), hidden, held);
      if (search.isSettled) return search.found;
    }
  }
  return search.found;
}

/**
 * Returns the ids of the people who can attend all of the meetings, as `findGroupTimes` decides it.
 *
 * @param meetings at least one, none of them empty
 * @example const freeIds = await freeAtAll([meeting], people, { bufferBefore: 0, bufferAfter: 0 }, readCalendars);
 */
export async function freeAtAll(
  meetings: readonly Interval[],
  people: readonly Person[],
  buffers: Buffers,
  readCalendars: ReadCalendars,
): Promise<ReadonlySet<number>> {
  const window = meetings.reduce(span);
  const query = { ...buffers, duration: 0 };
  const all = people.map((person) => new Availability(person, query, (instant) => instant));
  for (const block of partsOf(window, MAX_WINDOW)) {
    const calendars = await readCalendars(widened(block, buffers));
    for (const part of partsOf(block, calendars.partLength)) {
      const read = widened(part, buffers);
      const busy = await calendars.busyIn(read);
      const hidden = await calendars.hiddenIn?.(read);
      const held = await calendars.heldIn?.(read);
      for (const each of all) {
        const { id } = each.person;
        each.extend(part, busy.get(id) ?? [], hidden?.get(id), held?.get(id));
      }
    }
  }
  const free = all.filter((each) => meetings.every((meeting) => each.isFree(meeting)));
  return new Set(free.map(({ person }) => person.id));
}

function widened({ start, end }: Interval, { bufferBefore, bufferAfter }: Buffers): Interval {
  return { start: start - bufferBefore, end: end + bufferAfter };
}
