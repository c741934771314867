import type { Interval } from '../../../src/calendar/intervals/interval.js';

/** Intervals as they are short to write: `1-3 5-8` is [1, 3) and [5, 8). */
export function set(text: string): Interval[] {
  const pairs = text.split(' ').filter(Boolean);
  return pairs.map((pair) => pair.split('-').map(Number)).map(([start, end]) => ({ start, end }));
}
