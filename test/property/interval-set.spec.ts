import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Interval } from '../../src/calendar/intervals/interval.js';
import { contains, isEmpty } from '../../src/calendar/intervals/interval.js';
import { inOrderOfStart } from '../../src/calendar/intervals/interval-order.js';
import type { IntervalSet } from '../../src/calendar/intervals/interval-set.js';
import {
  clip,
  gaps,
  indexEndingAfter,
  intersect,
  normalise,
  subtract,
  union,
} from '../../src/calendar/intervals/interval-set.js';

/** Few instants and many intervals, so that nesting, touching and equality are the rule. */
const INSTANTS = Array.from({ length: 24 }, (_, at) => at);

const interval: fc.Arbitrary<Interval> = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 8 }))
  .map(([start, length]) => ({ start, end: Math.min(start + length, 24) }));
const intervals = fc.array(interval, { maxLength: 10 });
const sets = intervals.map(normalise);

const holds = (some: readonly Interval[], instant: number): boolean =>
  some.some((each) => contains(each, instant));

/** The set has exactly the instants that the law demands, and is in normal form. */
function expectInstants(set: IntervalSet, law: (instant: number) => boolean): void {
  expect(INSTANTS.filter((instant) => holds(set, instant))).toEqual(INSTANTS.filter(law));
  expect(set.filter(isEmpty)).toEqual([]);
  expect(set.filter((each, at) => at > 0 && each.start <= set[at - 1].end)).toEqual([]);
}

describe('interval sets hold', () => {
  test('what any of the intervals holds, once normalised', () => {
    fc.assert(
      fc.property(intervals, (some) => expectInstants(normalise(some), (instant) => holds(some, instant))),
    );
  });

  test('each of the intervals, in order of start, after those that came before it and start with it', () => {
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 40 }), (some) => {
        const ordered = inOrderOfStart(some);
        const sorted = some.toSorted((a, b) => a.start - b.start);
        expect(ordered).toEqual(sorted);
        expect(ordered.every((each, at) => each === sorted[at])).toBe(true);
      }),
    );
  });

  test('the union, the intersection and the difference', () => {
    fc.assert(
      fc.property(sets, sets, (a, b) => {
        expectInstants(union(a, b), (instant) => holds(a, instant) || holds(b, instant));
        expectInstants(intersect(a, b), (instant) => holds(a, instant) && holds(b, instant));
        expectInstants(subtract(a, b), (instant) => holds(a, instant) && !holds(b, instant));
      }),
    );
  });

  test('each instant of a window either in the set or in its gaps: free and busy never meet', () => {
    fc.assert(
      fc.property(sets, interval, (busy, window) => {
        expectInstants(gaps(busy, window), (instant) => contains(window, instant) && !holds(busy, instant));
        expectInstants(clip(busy, window), (instant) => contains(window, instant) && holds(busy, instant));
        expect(intersect(busy, gaps(busy, window))).toEqual([]);
        expect(union(clip(busy, window), gaps(busy, window))).toEqual(normalise([window]));
      }),
    );
  });

  test('the index of the first interval that ends after an instant', () => {
    fc.assert(
      fc.property(sets, fc.integer({ min: -1, max: 25 }), (set, instant) => {
        expect(indexEndingAfter(set, instant)).toBe(set.filter((each) => each.end <= instant).length);
      }),
    );
  });
});
