import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { BUSY_KINDS, type BusyKind } from '../../src/calendar/availability/kinds/busy-kind.js';
import {
  type KindedInterval,
  KindedTimeInParts,
  strongestKinds,
} from '../../src/calendar/availability/kinds/kinded-time.js';
import { contains, type Interval, isEmpty } from '../../src/calendar/intervals/interval.js';
import { clip, normalise } from '../../src/calendar/intervals/interval-set.js';

/** Few instants and many intervals, so that nesting, touching and equality are the rule. */
const INSTANTS = Array.from({ length: 24 }, (_, at) => at);
const events: fc.Arbitrary<KindedInterval[]> = fc.array(
  fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 8 }), fc.constantFrom(...BUSY_KINDS))
    .map(([start, length, kind]) => ({ start, end: Math.min(start + length, 24), kind })),
  { maxLength: 10 },
);

function kindsOf(some: readonly KindedInterval[], window = { start: 0, end: 24 }): KindedInterval[] {
  const setOf = (kind: BusyKind) => clip(normalise(some.filter((each) => each.kind === kind)), window);
  return strongestKinds(new Map(BUSY_KINDS.map((kind) => [kind, setOf(kind)])));
}

function times({ start, end }: Interval): Interval {
  return { start, end };
}

test('each instant has the strongest kind of the events that contain it', () => {
  fc.assert(
    fc.property(events, (some) => {
      const kinds = kindsOf(some);
      for (const instant of INSTANTS) {
        const there = new Set(some.filter((each) => contains(each, instant)).map(({ kind }) => kind));
        const strongest = BUSY_KINDS.filter((kind) => there.has(kind)).slice(0, 1);
        expect(kinds.filter((each) => contains(each, instant)).map(({ kind }) => kind)).toEqual(strongest);
      }
      expect(normalise(kinds).map(times)).toEqual(normalise(some).map(times));
      expect(kinds.filter(isEmpty)).toEqual([]);
      expect(kinds.filter(({ start }, at) => at > 0 && start < kinds[at - 1].end)).toEqual([]);
    }),
  );
});

test('the parts of a window joined are the window as a whole', () => {
  fc.assert(
    fc.property(events, fc.uniqueArray(fc.integer({ min: 1, max: 23 }), { maxLength: 4 }), (some, cuts) => {
      const borders = [0, ...cuts.toSorted((a, b) => a - b), 24];
      const time = new KindedTimeInParts();
      for (const [at, end] of borders.slice(1).entries())
        time.append(kindsOf(some, { start: borders[at], end }));
      expect(time.intervals).toEqual(kindsOf(some));
    }),
  );
});
