import type { Interval } from '../intervals/interval.js';
import { lengthOf } from '../intervals/interval.js';
import { DAY } from '../time/civil-time.js';
import type { FreeIntervalAnswer } from './free-interval-answer.js';
import type { FreeIntervalQuery, Participant } from './free-interval-query.js';
import { checkFreeIntervalQuery } from './free-interval-query.js';
import { FreeIntervalSearch } from './free-interval-search.js';

/** The calendars of the participants for one window. They compute the busy time part by part. */
export interface ReadCalendars {
  /** Milliseconds, more than 0. The search asks for the busy time in parts of this length. */
  readonly partLength: number;
  /**
   * The busy intervals that overlap a part of the window, by the participant's id, in any order. A participant without any
   * may be absent.
   */
  busyIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>>;
}

/** Reads the calendars of all participants for a window. */
export type ReadWindow = (window: Interval) => Promise<ReadCalendars>;

/** Most answers are within a week. */
const FIRST_WINDOW = 7 * DAY;

/** Windows grow up to half a year, which is well within the limit of one read of a calendar. */
const LARGEST_WINDOW = 182 * DAY;

/**
 * The nearest intervals in which the participants can meet. All participants who are not optional, or `minAttending` of
 * them, are at work in such an interval and free from `bufferBefore` before it to `bufferAfter` after it. The window of
 * the query encloses it, and it starts on the query's `step`. Each suggestion starts at the end of the one before it or
 * later, so that they do not overlap.
 *
 * The search reads the window in blocks: first a week, then each twice as long as the one before, up to half a year. It
 * calls `readWindow` once for each block that it needs, for all participants, with the block widened by the buffers. It
 * then asks for the busy time of the block part by part. `freeUntil` is exact, so the search goes on while all attending
 * participants stay free: five more blocks for a year of empty calendars.
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

/** Gives the search calendars until it is settled. */
async function fill(
  search: FreeIntervalSearch,
  query: FreeIntervalQuery,
  readWindow: ReadWindow,
): Promise<void> {
  for (const block of blocksOf(query.window)) {
    const calendars = await readWindow(widened(block, query));
    for (const part of partsOf(block, calendars.partLength)) {
      search.advance(part, await calendars.busyIn(widened(part, query)));
      if (search.isSettled) return;
    }
  }
}

/**
 * The parts of a window in order of time. All have the given length, except the last one; an empty window has none.
 *
 * @example [...partsOf({ start: 0, end: 5 }, 2)]; // [0, 2), [2, 4) and [4, 5)
 */
export function* partsOf({ start, end }: Interval, length: number): Generator<Interval> {
  for (let from = start; from < end; from += length) yield { start: from, end: Math.min(from + length, end) };
}

/**
 * The first window that a search passes to `readWindow`, so that a caller can read it together with the participants. It
 * is empty if the window of the query is.
 *
 * @example firstRead({ window: year, bufferBefore: 0, bufferAfter: 0 }); // its first week
 */
export function firstRead(
  query: Pick<FreeIntervalQuery, 'window' | 'bufferBefore' | 'bufferAfter'>,
): Interval {
  const [first = query.window] = blocksOf(query.window);
  return widened(first, query);
}

function* blocksOf({ start, end }: Interval): Generator<Interval> {
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
