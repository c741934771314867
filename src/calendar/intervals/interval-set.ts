import type { Instant } from '../time/civil-time.js';
import type { Interval } from './interval.js';
import { isEmpty, span } from './interval.js';
import { inOrderOfStart } from './interval-order.js';

/**
 * A set of instants in its normal form: intervals in order of time, none of them empty, with time between each and the
 * next. `[]` is the empty set. The functions of this file return the normal form and rely on it.
 *
 * @example const lunchAndTea: IntervalSet = normalise([{ start: 12, end: 13 }, { start: 16, end: 17 }]);
 */
export type IntervalSet = readonly Interval[];

/**
 * Returns the set that intervals in any order cover together. Nested, overlapping and touching ones become one; empty
 * ones are omitted. Takes n log n steps, or n steps if the intervals are in order of start. Intervals that are a set
 * already are returned as they are.
 *
 * @example normalise([{ start: 1, end: 9 }, { start: 2, end: 3 }, { start: 9, end: 10 }]); // [{ start: 1, end: 10 }]
 */
export function normalise(intervals: readonly Interval[]): IntervalSet {
  if (isNormalised(intervals)) return intervals;
  const merged: Interval[] = [];
  let last: Interval | null = null;
  for (const interval of inOrderOfStart(intervals)) {
    if (isEmpty(interval)) continue;
    if (last === null || last.end < interval.start) merged.push((last = interval));
    else if (last.end < interval.end) merged[merged.length - 1] = last = span(last, interval);
  }
  return merged;
}

function isNormalised(intervals: readonly Interval[]): boolean {
  let last = -Infinity;
  for (let index = 0; index < intervals.length; index += 1) {
    const { start, end } = intervals[index];
    if ((index > 0 && start <= last) || end <= start) return false;
    last = end;
  }
  return true;
}

/**
 * Returns the time that any of the sets covers; `[]` without sets. Touching intervals become one.
 *
 * @example union([{ start: 1, end: 3 }], [{ start: 3, end: 4 }]); // [{ start: 1, end: 4 }]
 */
export function union(...sets: readonly IntervalSet[]): IntervalSet {
  return normalise(sets.flat());
}

/**
 * Returns the time that both sets cover; `[]` if they only touch. Takes as many steps as the sets have intervals.
 *
 * @example intersect([{ start: 1, end: 5 }], [{ start: 0, end: 2 }, { start: 4, end: 9 }]); // [1, 2) and [4, 5)
 */
export function intersect(a: IntervalSet, b: IntervalSet): IntervalSet {
  const common: Interval[] = [];
  let inA = 0;
  let inB = 0;
  while (inA < a.length && inB < b.length) {
    const start = Math.max(a[inA].start, b[inB].start);
    const end = Math.min(a[inA].end, b[inB].end);
    if (start < end) common.push({ start, end });
    if (a[inA].end === end) inA += 1;
    else inB += 1;
  }
  return common;
}

/**
 * Returns the time that the first set covers and the second does not; `[]` if the second covers the first. Takes as
 * many steps as the sets have intervals.
 *
 * @example subtract([{ start: 1, end: 9 }], [{ start: 3, end: 4 }]); // [1, 3) and [4, 9)
 */
export function subtract(from: IntervalSet, removed: IntervalSet): IntervalSet {
  const rest: Interval[] = [];
  let at = 0;
  for (const { start, end } of from) {
    let left = start;
    while (at < removed.length && removed[at].end <= left) at += 1;
    for (let next = at; next < removed.length && removed[next].start < end; next += 1) {
      if (left < removed[next].start) rest.push({ start: left, end: removed[next].start });
      left = removed[next].end;
      at = next;
    }
    if (left < end) rest.push({ start: left, end });
  }
  return rest;
}

/**
 * Returns the time of a window that a set does not cover, before its first and after its last interval too; `[]` for an
 * empty window.
 *
 * @example gaps([{ start: 3, end: 4 }], { start: 1, end: 9 }); // [1, 3) and [4, 9)
 */
export function gaps(set: IntervalSet, window: Interval): IntervalSet {
  return subtract(normalise([window]), set);
}

/**
 * Returns the part of a set within a window; `[]` for an empty window. Intervals between the first and the last stay
 * the same objects.
 *
 * @example clip([{ start: 3, end: 8 }], { start: 1, end: 5 }); // [{ start: 3, end: 5 }]
 */
export function clip(set: IntervalSet, window: Interval): IntervalSet {
  if (isEmpty(window)) return [];
  const first = indexEndingAfter(set, window.start);
  const last = indexEndingAfter(set, window.end);
  const within = set.slice(first, last < set.length && set[last].start < window.end ? last + 1 : last);
  if (within.length === 0) return within;
  within[0] = { start: Math.max(within[0].start, window.start), end: within[0].end };
  const end = within[within.length - 1];
  within[within.length - 1] = { start: end.start, end: Math.min(end.end, window.end) };
  return within;
}

/**
 * Returns the index of the first interval of a set that ends after an instant: it contains the instant or is the next
 * one. Returns the length of the set if there is none. Takes log n steps.
 *
 * @example indexEndingAfter([{ start: 1, end: 3 }, { start: 5, end: 8 }], 3); // 1
 */
export function indexEndingAfter(set: IntervalSet, instant: Instant): number {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (set[middle].end <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
