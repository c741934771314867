import type { Interval } from '../intervals/interval.js';
import { lengthOf } from '../intervals/interval.js';
import { DAY } from '../time/civil-time.js';
import type { FreeIntervalAnswer } from './free-interval-answer.js';
import type { FreeIntervalQuery, Participant } from './free-interval-query.js';
import { checkFreeIntervalQuery } from './free-interval-query.js';
import { FreeIntervalSearch } from './free-interval-search.js';

/** What was read of the participants' calendars for one window; the busy time is worked out part by part. */
export interface ReadCalendars {
  /** In milliseconds, more than 0: a part of this length is of a size that can be worked on at a time. */
  readonly partLength: number;
  /**
   * The busy intervals of all participants that overlap a part of the window, by id, in any order; a participant
   * without any may be left out.
   */
  busyIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>>;
}

/** Reads the calendars of all participants for a window. */
export type ReadWindow = (window: Interval) => Promise<ReadCalendars>;

/** Most answers lie within a week. */
const FIRST_WINDOW = 7 * DAY;

/** Where windows stop growing: half a year stays well within what one read of a calendar may cover. */
const LARGEST_WINDOW = 182 * DAY;

/**
 * The nearest intervals in which the participants can meet: of all participants who are not optional, or of
 * `minAttending` of them, each is free from `bufferBefore` ahead of it to `bufferAfter` behind it, and at work
 * throughout. A suggestion lies whole in the query's window and starts on its `step`; every later one is the nearest
 * that starts at the end of the one before or after, so that no two overlap.
 *
 * The window is read in stretches, a week first and then each twice as long, up to half a year, and none that the
 * answer does not need; `readWindow` is called once for each, for all participants, with the stretch widened by the
 * buffers. The busy time of a stretch is then asked for part by part, and no further than the answer needs. The end of
 * a free interval is exact, which takes further stretches only while everybody who attends stays free: five more for a
 * year of empty calendars.
 *
 * @throws CalendarError as `checkFreeIntervalQuery` does, and all that `readWindow` and `busyIn` throw
 * @example const { suggestions: [nearest], reasons } = await nearestFreeIntervals(query, participants, readWindow);
 */
export async function nearestFreeIntervals(
  query: FreeIntervalQuery,
  participants: readonly Participant[],
  readWindow: ReadWindow,
): Promise<FreeIntervalAnswer> {
  checkFreeIntervalQuery(query, participants);
  const search = new FreeIntervalSearch(query, participants);
  if (query.duration <= lengthOf(query.window)) await fill(search, query, readWindow);
  return search.answer();
}

/** Gives the calendars to the search until it is settled. */
async function fill(
  search: FreeIntervalSearch,
  query: FreeIntervalQuery,
  readWindow: ReadWindow,
): Promise<void> {
  for (const stretch of stretchesOf(query.window)) {
    const calendars = await readWindow(widened(stretch, query));
    for (const part of partsOf(stretch, calendars.partLength)) {
      search.advance(part, await calendars.busyIn(widened(part, query)));
      if (search.isSettled) return;
    }
  }
}

/**
 * The parts of a window in order of time, each of this length but the last one; none of an empty window.
 *
 * @example [...partsOf({ start: 0, end: 5 }, 2)]; // [0, 2), [2, 4) and [4, 5)
 */
export function* partsOf({ start, end }: Interval, length: number): Generator<Interval> {
  for (let from = start; from < end; from += length) yield { start: from, end: Math.min(from + length, end) };
}

/**
 * The window that a search asks `readWindow` for first, if it asks at all, so that a caller can read it together with
 * the participants. An instant for an empty window.
 *
 * @example firstRead({ window: year, bufferBefore: 0, bufferAfter: 0 }); // its first week
 */
export function firstRead(
  query: Pick<FreeIntervalQuery, 'window' | 'bufferBefore' | 'bufferAfter'>,
): Interval {
  const [first = query.window] = stretchesOf(query.window);
  return widened(first, query);
}

function* stretchesOf({ start, end }: Interval): Generator<Interval> {
  let [from, length] = [start, FIRST_WINDOW];
  while (from < end) {
    const to = Math.min(from + length, end);
    yield { start: from, end: to };
    [from, length] = [to, Math.min(length * 2, LARGEST_WINDOW)];
  }
}

function widened(
  { start, end }: Interval,
  { bufferBefore, bufferAfter }: Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter'>,
): Interval {
  return { start: start - bufferBefore, end: end + bufferAfter };
}
