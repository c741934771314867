import type { Instant } from '../../time/civil-time.js';
import type { BlockingReason } from '../blocking-reasons.js';
import type { Relaxation } from './relaxations.js';

/** An interval in which enough people can meet. Its length is the duration that the query asks for. */
export interface Suggestion {
  readonly start: Instant;
  readonly end: Instant;
  /**
   * The latest end of a meeting that starts at `start`. Until then, all people of `attending` who are not optional are
   * at work and free, buffers included. Null if that is the end of the window of the search.
   */
  readonly freeUntil: Instant | null;
  /** The ids of all people who can attend, optional ones included, in the order in which the query names them. */
  readonly attending: readonly number[];
}

/** The result of a search for common free intervals. */
export interface FreeIntervalAnswer {
  /**
   * In the order of the query's preference, by default the nearest first. There are fewer than the query's `limit` if the
   * window has no more.
   */
  readonly suggestions: readonly Suggestion[];
  /** The reasons before the nearest start, or in the whole window if there is none. */
  readonly reasons: readonly BlockingReason[];
  /** The meetings that a single rule prevents, by start; null if the query does not ask for them. */
  readonly relaxations: readonly Relaxation[] | null;
  /** With `starts: 'all'`, the first start after those that the search has considered; null if there is none. */
  readonly nextStart: Instant | null;
}
