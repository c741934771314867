import type { Instant } from '../time/civil-time.js';
import type { Interval } from './interval.js';
import { isEmpty, span } from './interval.js';

/**
 * A set of instants in its one normal form: intervals in order of time, none empty, with time between each and the
 * next (overlapping and touching ones are merged). Only the functions of this file make one, so that each may rely
 * on the form; `[]` is the empty set.
 *
 * @example const lunchAndTea: IntervalSet = normalise([{ start: 12, end: 13 }, { start: 16, end: 17 }]);
 */
export type IntervalSet = readonly Interval[];

/**
 * The set that any intervals cover together, in any order: nested, overlapping and touching ones become one, empty
 * ones nothing. Takes n log n steps, and n for input that is in order.
 *
 * @example normalise([{ start: 1, end: 9 }, { start: 2, end: 3 }, { start: 9, end: 10 }]); // [{ start: 1, end: 10 }]
 */
export function normalise(intervals: readonly Interval[]): IntervalSet {
  const merged: Interval[] = [];
  let last: Interval | null = null;
  for (const interval of inOrderOfStart(intervals)) {
    if (isEmpty(interval)) continue;
    if (last === null || last.end < interval.start) merged.push((last = interval));
    else if (last.end < interval.end) merged[merged.length - 1] = last = span(last, interval);
  }
  return merged;
}

function inOrderOfStart(intervals: readonly Interval[]): readonly Interval[] {
  const inOrder = intervals.every((interval, at) => at === 0 || intervals[at - 1].start <= interval.start);
  return inOrder ? intervals : intervals.toSorted((a, b) => a.start - b.start);
}

/**
 * What any of the sets covers; `[]` for no set at all.
 *
 * @example union([{ start: 1, end: 3 }], [{ start: 3, end: 4 }]); // [{ start: 1, end: 4 }]
 */
export function union(...sets: readonly IntervalSet[]): IntervalSet {
  return normalise(sets.flat());
}

/**
 * What both sets cover. Takes as many steps as the two have intervals.
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
 * What the first set covers and the second does not. Takes as many steps as the two have intervals.
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
 * What the window covers and the set does not, the stretches before the first interval and after the last included;
 * `[]` for an empty window.
 *
 * @example gaps([{ start: 3, end: 4 }], { start: 1, end: 9 }); // [1, 3) and [4, 9)
 */
export function gaps(set: IntervalSet, window: Interval): IntervalSet {
  return subtract(normalise([window]), set);
}

/**
 * The part of the set that lies in the window; `[]` for an empty window. Makes no new intervals but the ones that the
 * window's borders cut.
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
 * Where in the set the first interval stands that ends after the instant (it contains the instant, or is the next
 * one); the set's length when there is none. Takes log n steps.
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
