import type { Instant } from '../time/civil-time.js';

/**
 * A half-open stretch of time `[start, end)` in epoch milliseconds, with `start <= end`.
 *
 * Where `start === end` the interval is empty. It holds no instant and takes no time, so interval sets drop it; as
 * a question (`overlaps`) it stands for the instant it sits on, as a window with `from == to` does.
 *
 * @example const morning: Interval = { start: Date.UTC(2026, 0, 5, 9), end: Date.UTC(2026, 0, 5, 12) };
 */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * Whether the interval takes no time.
 *
 * @example isEmpty({ start: 5, end: 5 }); // true
 */
export function isEmpty(interval: Interval): boolean {
  return interval.start >= interval.end;
}

/**
 * How long the interval lasts, in milliseconds; 0 when it is empty.
 *
 * @example lengthOf({ start: 5, end: 8 }); // 3
 */
export function lengthOf(interval: Interval): number {
  return interval.end - interval.start;
}

/**
 * Whether the instant is in the interval: its start is, its end is not, and nothing is in an empty one.
 *
 * @example contains({ start: 5, end: 8 }, 8); // false
 */
export function contains(interval: Interval, instant: Instant): boolean {
  return interval.start <= instant && instant < interval.end;
}

/**
 * Whether `outer` reaches from the start of `inner` or earlier to its end or later. Every interval encloses itself,
 * and the empty intervals on its start, within it and on its end; an empty one encloses only itself.
 *
 * @example encloses({ start: 5, end: 8 }, { start: 6, end: 8 }); // true
 */
export function encloses(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * Whether the two share a point, whichever comes first: touching intervals share none. An empty interval overlaps
 * its equal and every interval that contains the instant it sits on.
 *
 * @example overlaps({ start: 5, end: 8 }, { start: 8, end: 9 }); // false
 * @example overlaps({ start: 5, end: 8 }, { start: 5, end: 5 }); // true
 */
export function overlaps(a: Interval, b: Interval): boolean {
  if (isEmpty(a)) return a.start === b.start || contains(b, a.start);
  if (isEmpty(b)) return contains(a, b.start);
  return a.start < b.end && b.start < a.end;
}

/**
 * Whether nothing lies between the two: they overlap or abut, and their span is their union.
 *
 * @example isConnected({ start: 5, end: 8 }, { start: 8, end: 9 }); // true
 */
export function isConnected(a: Interval, b: Interval): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * Whether the two touch without sharing a point, whichever comes first. An empty interval abuts an interval that
 * ends where it sits.
 *
 * @example abuts({ start: 5, end: 8 }, { start: 8, end: 9 }); // true
 */
export function abuts(a: Interval, b: Interval): boolean {
  return isConnected(a, b) && !overlaps(a, b);
}

/**
 * What both cover; null where they are not connected, and empty where they abut or one of them is empty.
 *
 * @example intersection({ start: 5, end: 8 }, { start: 7, end: 9 }); // { start: 7, end: 8 }
 */
export function intersection(a: Interval, b: Interval): Interval | null {
  if (!isConnected(a, b)) return null;
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
}

/**
 * The smallest interval that encloses both, with whatever lies between them.
 *
 * @example span({ start: 5, end: 6 }, { start: 8, end: 9 }); // { start: 5, end: 9 }
 */
export function span(a: Interval, b: Interval): Interval {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
