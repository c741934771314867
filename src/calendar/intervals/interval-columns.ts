import type { Instant } from '../time/civil-time.js';

/**
 * Intervals in columns: the start and the end of each have the same index. An object for each interval is most of the
 * cost of making them. The maker of the columns may fill them again, so a reader copies what it keeps.
 *
 * @example const two: IntervalColumns = { starts: [1, 5], ends: [3, 8] };
 */
export interface IntervalColumns {
  readonly starts: ArrayLike<Instant>;
  readonly ends: ArrayLike<Instant>;
}
