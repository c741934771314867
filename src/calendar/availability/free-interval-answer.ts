import type { Instant } from '../time/civil-time.js';
import type { BlockingReason } from './blocking-reasons.js';

/** An interval in which a quorum can meet. */
export interface Suggestion {
  readonly start: Instant;
  readonly end: Instant;
  /**
   * How long everybody in `attending` who is not optional stays free and at work, buffers kept: a meeting from `start`
   * may last until then. Null when nothing ends it before the end of the window that was searched.
   */
  readonly freeUntil: Instant | null;
  /** The ids of all who can attend from start to end, optional ones too, in the order of the participants. */
  readonly attending: readonly number[];
}

/** What a search for common free intervals found. */
export interface FreeIntervalAnswer {
  /** Nearest first; none where there is no such interval, and fewer than asked for where there are no more. */
  readonly suggestions: readonly Suggestion[];
  /** What blocked before the nearest suggestion, or in the whole window where there is none. */
  readonly reasons: readonly BlockingReason[];
}
