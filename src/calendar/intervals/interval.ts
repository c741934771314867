import type { Instant } from '../time/civil-time.js';

/**
 * A half-open interval of time `[start, end)` in epoch milliseconds, with `start <= end`. Either end may be infinite.
 *
 * If `start === end`, the interval is empty: it contains no instant, and interval sets omit it. In `overlaps` and as
 * the window of a query, an empty interval means the instant at its start.
 *
 * @example const morning: Interval = { start: Date.UTC(2026, 0, 5, 9), end: Date.UTC(2026, 0, 5, 12) };
 */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

/**
 * Returns whether an interval is empty.
 *
 * @example isEmpty({ start: 5, end: 5 }); // true
 */
export function isEmpty(interval: Interval): boolean {
  return interval.start >= interval.end;
}

/**
 * Returns the length of an interval in milliseconds; 0 if it is empty, infinite if an end is.
 *
 * @example lengthOf({ start: 5, end: 8 }); // 3
 */
export function lengthOf(interval: Interval): number {
  return interval.end - interval.start;
}

/**
 * Returns whether an interval contains an instant. It contains its start and not its end; an empty one contains no
 * instant.
 *
 * @example contains({ start: 5, end: 8 }, 8); // false
 * @public the vocabulary of intervals is complete
 */
export function contains(interval: Interval, instant: Instant): boolean {
  return interval.start <= instant && instant < interval.end;
}

/**
 * Returns whether `outer` starts at the start of `inner` or earlier and ends at its end or later. Every interval
 * encloses itself and the empty intervals at its start, within it and at its end. An empty interval encloses only
 * itself.
 *
 * @example encloses({ start: 5, end: 8 }, { start: 6, end: 8 }); // true
 * @public the vocabulary of intervals is complete
 */
export function encloses(outer: Interval, inner: Interval): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * Returns whether two intervals share an instant, in either order. Touching intervals share none. An empty interval
 * overlaps an equal one and every interval that contains its start.
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
 * Returns whether there is no time between two intervals: they overlap or abut, and their span is their union.
 *
 * @example isConnected({ start: 5, end: 8 }, { start: 8, end: 9 }); // true
 * @public the vocabulary of intervals is complete
 */
export function isConnected(a: Interval, b: Interval): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * Returns whether two intervals touch and share no instant, in either order. An empty interval abuts an interval that
 * ends at its start.
 *
 * @example abuts({ start: 5, end: 8 }, { start: 8, end: 9 }); // true
 * @public the vocabulary of intervals is complete
 */
export function abuts(a: Interval, b: Interval): boolean {
  return isConnected(a, b) && !overlaps(a, b);
}

/**
 * Returns the time that both intervals cover: null if they are not connected, empty if they abut or one of them is
 * empty.
 *
 * @example intersection({ start: 5, end: 8 }, { start: 7, end: 9 }); // { start: 7, end: 8 }
 * @public the vocabulary of intervals is complete
 */
export function intersection(a: Interval, b: Interval): Interval | null {
  if (!isConnected(a, b)) return null;
  return { start: Math.max(a.start, b.start), end: Math.min(a.end, b.end) };
}

/**
 * Returns the smallest interval that encloses both, the time between them included.
 *
 * @example span({ start: 5, end: 6 }, { start: 8, end: 9 }); // { start: 5, end: 9 }
 */
export function span(a: Interval, b: Interval): Interval {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}
