import type { Interval } from './interval.js';

/**
 * Returns intervals in order of start; those with the same start keep their order. Merges the stretches that are in order
 * already, of which the time of some series has few, so it takes n log k steps for k stretches. `toSorted` takes two to
 * three times as long, because it calls a function for each comparison.
 *
 * @example inOrderOfStart([{ start: 5, end: 6 }, { start: 1, end: 9 }]); // [1, 9) and [5, 6)
 */
export function inOrderOfStart(intervals: readonly Interval[]): readonly Interval[] {
  let stretches = stretchesInOrder(intervals);
  while (stretches.length > 1) stretches = mergedInPairs(stretches);
  return stretches[0];
}

function stretchesInOrder(intervals: readonly Interval[]): (readonly Interval[])[] {
  const stretches: (readonly Interval[])[] = [];
  let from = 0;
  for (let index = 1; index < intervals.length; index += 1) {
    if (intervals[index].start >= intervals[index - 1].start) continue;
    stretches.push(intervals.slice(from, index));
    from = index;
  }
  stretches.push(from === 0 ? intervals : intervals.slice(from));
  return stretches;
}

function mergedInPairs(stretches: readonly (readonly Interval[])[]): (readonly Interval[])[] {
  const merged: (readonly Interval[])[] = [];
  for (let index = 0; index < stretches.length; index += 2) {
    const hasNext = index + 1 < stretches.length;
    merged.push(hasNext ? mergedByStart(stretches[index], stretches[index + 1]) : stretches[index]);
  }
  return merged;
}

function mergedByStart(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const merged: Interval[] = [];
  let [inA, inB] = [0, 0];
  while (inA < a.length && inB < b.length) {
    if (b[inB].start < a[inA].start) {
      merged.push(b[inB]);
      inB += 1;
    } else {
      merged.push(a[inA]);
      inA += 1;
    }
  }
  for (; inA < a.length; inA += 1) merged.push(a[inA]);
  for (; inB < b.length; inB += 1) merged.push(b[inB]);
  return merged;
}
