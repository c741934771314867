import { type Interval, span } from '../../intervals/interval.js';
import { Availability } from '../availability.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import { extendAll } from '../search/extend-all.js';
import { fill, type ReadCalendars } from '../search/nearest-free-intervals.js';
import { readWholeWindow } from '../search/read-whole-window.js';
import { GroupTimeSearch } from './group-time-search.js';
import type { GroupTimesAnswer, GroupTimesQuery } from './group-times-query.js';

type Buffers = Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter'>;

/**
 * Finds times at which enough members of each group can meet. A member can attend a meeting if the member is at work
 * throughout it, and free from `bufferBefore` before it to `bufferAfter` after it. The window encloses the times. By default, they are
 * the nearest ones, and with their buffers they do not overlap. The search reads the calendars as `nearestFreeIntervals` does.
 *
 * @param people the members of all groups, and the optional people, each once
 * @throws all that `readCalendars` and `busyIn` throw
 * @example const { times: [nearest] } = await findGroupTimes(query, people, readCalendars);
 */
export async function findGroupTimes(
  query: GroupTimesQuery,
  people: readonly Person[],
  readCalendars: ReadCalendars,
): Promise<GroupTimesAnswer> {
  const search = new GroupTimeSearch(query, people);
  await fill(search, query, readCalendars);
  return search.answer();
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
  await readWholeWindow(window, buffers, readCalendars, (part, calendars) => extendAll(all, part, calendars));
  const free = all.filter((each) => meetings.every((meeting) => each.isFree(meeting)));
  return new Set(free.map(({ person }) => person.id));
}
