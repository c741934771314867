import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { indexEndingAfter } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';

/**
 * Returns the starts within `range` of meetings of `duration` milliseconds that at least `quorum` of the sets can hold.
 * A set can hold a meeting if one of its intervals encloses it: an interval of exactly `duration` has one start.
 * Returns `[]` if no start is common, if there are fewer sets than `quorum`, or if `range` is empty. `quorum` is at
 * least 1.
 *
 * The function sorts the first starts and the last starts of all intervals separately and sweeps over both with one
 * counter. It takes n log n steps for the n intervals that reach into the range.
 *
 * @example commonStarts([[{ start: 0, end: 9 }], [{ start: 2, end: 8 }]], 4, 2, { start: 0, end: 99 }); // [2, 5)
 */
export function commonStarts(
  sets: readonly IntervalSet[],
  duration: number,
  quorum: number,
  range: Interval,
): IntervalSet {
  const opening: Instant[] = [];
  const closing: Instant[] = [];
  for (const set of sets) {
    for (let at = indexEndingAfter(set, range.start + duration - 1); at < set.length; at += 1) {
      const start = Math.max(set[at].start, range.start);
      const end = Math.min(set[at].end - duration + 1, range.end);
      if (start >= range.end) break;
      if (start < end) {
        opening.push(start);
        closing.push(end);
      }
    }
  }
  return sweep(Float64Array.from(opening).toSorted(), Float64Array.from(closing).toSorted(), quorum);
}

/**
 * Returns the intervals in which at least `quorum` are open. At the same instant, openings count before closings, so
 * that an interval continues if one closes when another opens. A quorum that lasts for no time makes no interval.
 */
function sweep(opening: Float64Array, closing: Float64Array, quorum: number): IntervalSet {
  const reached: Interval[] = [];
  let open = 0;
  let start = 0;
  let nextOpening = 0;
  for (const end of closing) {
    for (; opening[nextOpening] <= end; nextOpening += 1) {
      open += 1;
      if (open === quorum) start = opening[nextOpening];
    }
    if (open === quorum && start < end) reached.push({ start, end });
    open -= 1;
  }
  return reached;
}
