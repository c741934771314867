import type { Interval } from '../../intervals/interval.js';
import { lengthOf } from '../../intervals/interval.js';
import { DAY } from '../../time/civil-time.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import { checkFreeIntervalQuery } from '../free-interval-query.js';
import type { BusyInPart } from './busy-in-part.js';
import type { FreeIntervalAnswer } from './free-interval-answer.js';
import { FreeIntervalSearch } from './free-interval-search.js';
import { LARGEST_DISTANCE } from './meeting-distances.js';

/** The busy time of the people of a search in one window. It is computed part by part, on demand. */
export interface BusyTimeByPart {
  /** The length of the parts in which the search asks for busy time: milliseconds, more than 0, may be infinite. */
  readonly partLength: number;
  /**
   * Returns the busy intervals that overlap a part of the window, by the person's id, in any order. A person who is
   * free may be absent.
   */
  busyIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>>;
  /** Returns the same of calendars that the reader of the answer may not see; absent: the reader sees all calendars. */
  hiddenIn?(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>>;
  /** Returns the same without time that is not firm, for the relaxation `pending`; absent: there is none. */
  firmIn?(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>>;
  /** Returns the same of time that is held for an event that may come; absent: no time is held. */
  heldIn?(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]> | undefined>;
}

/** The part of a query that determines which calendars a search reads. */
type ReadQuery = Pick<FreeIntervalQuery, 'window' | 'bufferBefore' | 'bufferAfter' | 'prefer'>;

/** Reads the calendars of all people of a search for a window. */
export type ReadCalendars = (window: Interval) => Promise<BusyTimeByPart>;

/** Most searches end within a week. */
const FIRST_WINDOW = 7 * DAY;

/** Half a year is well within the limit of one read of a calendar. */
const LARGEST_WINDOW = 182 * DAY;

/**
 * Finds the nearest intervals in which the people can meet. All people who are not optional, or `minAttending` of them,
 * are at work in such an interval and free from `bufferBefore` before it to `bufferAfter` after it. The window of the
 * query encloses the interval, which starts on the query's `step`. By default, suggestions are in order of time, and the
 * time between two of them is at least the longer buffer: without buffers they may touch. If there is no such interval,
 * the answer has the reasons and no suggestions.
 *
 * The search reads the window in blocks: first a week, then each twice as long as the one before, up to half a year. It
 * calls `readCalendars` once for each block that it needs, with the block widened by the buffers. Then it asks for the
 * busy time of the block part by part. `freeUntil` is exact, so the search continues while all attending people stay
 * free: five more blocks for a year of empty calendars.
 *
 * @throws CalendarError as `checkFreeIntervalQuery` does, and all that `readCalendars` and `busyIn` throw
 * @example const { suggestions: [nearest], reasons } = await nearestFreeIntervals(query, people, readCalendars);
 */
export async function nearestFreeIntervals(
  query: FreeIntervalQuery,
  people: readonly Person[],
  readCalendars: ReadCalendars,
): Promise<FreeIntervalAnswer> {
  checkFreeIntervalQuery(query, people);
  const search = new FreeIntervalSearch(query, people);
  await fill(search, query, readCalendars);
  return search.answer();
}

/** A search in calendars that come part by part. */
interface SearchByPart {
  readonly isSettled: boolean;
  advance(part: Interval, calendars: BusyInPart): void;
}

/**
 * Reads calendars for a search until it is settled, and nothing for a window that is shorter than the duration.
 *
 * @throws all that `readCalendars` and `busyIn` throw
 * @example await fill(search, query, readCalendars);
 */
export async function fill(
  search: SearchByPart,
  query: ReadQuery & Pick<FreeIntervalQuery, 'duration'>,
  readCalendars: ReadCalendars,
): Promise<void> {
  if (query.duration > lengthOf(query.window)) return;
  for (const block of blocksOf(query.window)) {
    const calendars = await readCalendars(widened(block, query));
    for (const part of partsOf(block, calendars.partLength)) {
      const read = widened(part, query);
      search.advance(part, {
        busy: await calendars.busyIn(read),
        hidden: await calendars.hiddenIn?.(read),
        firm: await calendars.firmIn?.(read),
        held: await calendars.heldIn?.(read),
      });
      if (search.isSettled) return;
    }
  }
}

/**
 * Yields the parts of a window in order of time. All have the given length, except the last one, which may be shorter.
 * An empty window has no parts. `length` is in milliseconds, more than 0, and may be infinite.
 *
 * @example [...partsOf({ start: 0, end: 5 }, 2)]; // [0, 2), [2, 4) and [4, 5)
 */
export function* partsOf({ start, end }: Interval, length: number): Generator<Interval> {
  for (let from = start; from < end; from += length) yield { start: from, end: Math.min(from + length, end) };
}

/**
 * Returns the first window that a search passes to `readCalendars`: its first block, widened by the buffers. So a
 * caller can read it together with the people. If the window of the query is empty, only the buffers are left.
 *
 * @example firstWindowRead({ window: year, bufferBefore: 0, bufferAfter: 0 }); // its first week
 */
export function firstWindowRead(query: ReadQuery): Interval {
  const [first = query.window] = blocksOf(query.window);
  return widened(first, query);
}

/**
 * Yields the windows that a search reads one after the other: a week, then each twice as long, up to half a year.
 *
 * @example [...blocksOf(month)]; // a week, two weeks, and the rest
 */
function* blocksOf({ start, end }: Interval): Generator<Interval> {
  let [from, length] = [start, FIRST_WINDOW];
  while (from < end) {
    const to = Math.min(from + length, end);
    yield { start: from, end: to };
    [from, length] = [to, Math.min(length * 2, LARGEST_WINDOW)];
  }
}

/**
 * Widens a part of the window by the buffers. A search by distance also reads the busy time shortly before and after the
 * whole window.
 */
function widened({ start, end }: Interval, query: ReadQuery): Interval {
  const { window, bufferBefore, bufferAfter, prefer = 'earliest' } = query;
  const distance = prefer === 'earliest' ? 0 : LARGEST_DISTANCE;
  return {
    start: start - (start === window.start ? Math.max(bufferBefore, distance) : bufferBefore),
    end: end + (end === window.end ? Math.max(bufferAfter, distance) : bufferAfter),
  };
}
