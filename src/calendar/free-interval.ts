import { DAY } from './civil-time.js';
import type { FreeIntervalAnswer } from './free-interval-answer.js';
import type { FreeIntervalQuery, Participant } from './free-interval-query.js';
import { requireSoundQuery } from './free-interval-query.js';
import { FreeIntervalSearch } from './free-interval-search.js';
import type { Interval } from './interval.js';
import { lengthOf } from './interval.js';

/** The busy intervals of all participants that overlap a window, by id, in any order; who has none may be left out. */
export type LoadBusy = (window: Interval) => Promise<ReadonlyMap<number, readonly Interval[]>>;

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
 * The window is read in parts, a week first and then each twice as long, up to half a year, and none that the answer
 * does not need; `loadBusy` is called once for each, for all participants, with the part widened by the buffers. The
 * end of a free interval is exact, which takes further parts only while everybody who attends stays free: five more
 * for a year of empty calendars.
 *
 * @throws CalendarError as `requireSoundQuery` does, and whatever `loadBusy` throws
 * @example const { suggestions: [nearest], reasons } = await nearestFreeIntervals(query, participants, loadBusy);
 */
export async function nearestFreeIntervals(
  query: FreeIntervalQuery,
  participants: readonly Participant[],
  loadBusy: LoadBusy,
): Promise<FreeIntervalAnswer> {
  requireSoundQuery(query, participants);
  const search = new FreeIntervalSearch(query, participants);
  if (query.duration <= lengthOf(query.window)) {
    for (const part of partsOf(query.window)) {
      search.advance(part, await loadBusy(widened(part, query)));
      if (search.isSettled) break;
    }
  }
  return search.answer();
}

/**
 * The window that a search asks `loadBusy` for first, if it asks at all, so that a caller can read it together with
 * the participants. An instant for an empty window.
 *
 * @example firstRead({ window: year, bufferBefore: 0, bufferAfter: 0 }); // its first week
 */
export function firstRead(
  query: Pick<FreeIntervalQuery, 'window' | 'bufferBefore' | 'bufferAfter'>,
): Interval {
  const [first = query.window] = partsOf(query.window);
  return widened(first, query);
}

function* partsOf({ start, end }: Interval): Generator<Interval> {
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
