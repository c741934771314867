import { type FreeIntervalQuery, MAX_STARTS } from '../free-interval-query.js';

/** The starts that a search looks for before it chooses its suggestions. */
export interface Candidates {
  /** The largest number of starts from which suggestions are chosen. */
  readonly most: number;
  /** The search stops at so many starts. One more than `most` shows where the next ones begin. */
  readonly sought: number;
  /** Milliseconds from the start of one to the earliest start of the next, at least 1. */
  readonly spacing: number;
}

/** The part of a query that determines which starts a search looks for. */
export type SuggestionsQuery = Pick<
  FreeIntervalQuery,
  'duration' | 'bufferBefore' | 'bufferAfter' | 'limit' | 'starts' | 'prefer'
>;

/** Returns the milliseconds between two suggestions of a query, from the end of one to the start of the next. */
export function timeBetween({
  bufferBefore,
  bufferAfter,
}: Pick<SuggestionsQuery, 'bufferBefore' | 'bufferAfter'>): number {
  // After a booking of one suggestion, a search still finds the others: each keeps its own buffers.
  return Math.max(bufferBefore, bufferAfter);
}

/**
 * Returns the starts that a query looks for. By default, they are the suggestions themselves. With all starts, or a
 * preference, they are all starts on the grid, up to a limit.
 *
 * @example candidatesOf({ ...query, prefer: 'compact', limit: 3 }).most; // MAX_STARTS
 */
export function candidatesOf(query: SuggestionsQuery): Candidates {
  const { starts = 'separate', prefer = 'earliest', duration, limit } = query;
  const most = prefer === 'earliest' ? limit : MAX_STARTS;
  return {
    most,
    sought: starts === 'all' ? most + 1 : most,
    spacing: starts === 'separate' && prefer === 'earliest' ? duration + timeBetween(query) : 1,
  };
}
