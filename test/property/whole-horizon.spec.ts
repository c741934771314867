import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BusySeries } from '../../src/calendar/conflicts/busy-series.js';
import { ComparisonBudget } from '../../src/calendar/conflicts/comparison-budget.js';
import { conflictingOccurrences } from '../../src/calendar/conflicts/conflicting-occurrences.js';
import { haveNoEnd } from '../../src/calendar/conflicts/endless-conflicts.js';
import { conflictsWithItself } from '../../src/calendar/conflicts/self-conflicts.js';
import { timeInCommon } from '../../src/calendar/conflicts/time-in-common.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY, HOUR, MINUTE } from '../../src/calendar/time/civil-time.js';
import { busySeries, compiled, pairOfBusySeries } from '../support/core/arbitrary-pairs.js';
import { naiveOccurrences } from '../support/core/naive-recurrence.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

interface Taken {
  readonly start: number;
  readonly end: number;
  readonly originalStart: number;
}

const ALL = { start: -Infinity, end: Infinity };

/** The definition of `BusySeries`, for occurrences of any expansion. */
function taking(busy: BusySeries, occurrences: Iterable<Taken>): Taken[] {
  const { series, takesTime = true, apart = new Set() } = busy;
  const overridden = new Set(
    series.definition.overrides.map(({ originalStart }) => series.zone.toInstant(originalStart)),
  );
  const answered = new Set([...apart].map((civil) => series.zone.toInstant(civil)));
  return [...occurrences].filter(({ start, end, originalStart }) => {
    if (start === end) return false;
    return overridden.has(originalStart) || takesTime !== answered.has(originalStart);
  });
}

/** The occurrences of `a` that overlap one of `b` after an instant, by looking at all of them in the order of time. */
function conflictsOf(a: readonly Taken[], b: readonly Taken[], from: number): Taken[] {
  const others = b.toSorted((one, other) => one.start - other.start);
  const longest = Math.max(0, ...others.slice(0, 50_000).map(({ start, end }) => end - start));
  let first = 0;
  return a
    .toSorted((one, other) => one.start - other.start)
    .filter(({ start, end }) => {
      while (first < others.length && others[first].start <= start - longest) first += 1;
      for (let index = first; index < others.length && others[index].start < end; index += 1) {
        const until = Math.min(end, others[index].end);
        if (until > Math.max(start, others[index].start) && until > from) return true;
      }
      return false;
    });
}

const startsOf = (occurrences: readonly Taken[]) => occurrences.map(({ start }) => start);
const onlyBusy = (series: BusySeries) => ({ single: [], series: [series] });
const fromDays = fc.integer({ min: -400, max: 400 });
const [FEW, SOME] = [Math.ceil(PROPERTY_RUNS / 25), Math.ceil(PROPERTY_RUNS / 8)];

test('the conflicts of ten years are those that an independent expansion shows', () => {
  fc.assert(
    fc.property(pairOfBusySeries('any'), fromDays, (pair, days) => {
      const [a, b] = pair.map(compiled);
      const from = a.series.zone.toInstant(a.series.definition.start) + days * DAY;
      const until = from + 3_700 * DAY;
      const [ofA, ofB] = [a, b].map((busy) =>
        taking(busy, naiveOccurrences(busy.series.definition, from - 10 * DAY, until + 10 * DAY)),
      );
      const expected = startsOf(conflictsOf(ofA, ofB, from))
        .filter((start) => start < until)
        .slice(0, 40);
      const { occurrences, checkedUntil } = conflictingOccurrences(a, onlyBusy(b), {
        from,
        limit: 40,
        budget: new ComparisonBudget(),
      });
      expect(startsOf(occurrences).filter((start) => start < until)).toEqual(expected);
      expect(checkedUntil ?? Infinity).toBeGreaterThan(until);
    }),
    { numRuns: FEW, seed: printedSeed('conflicts of ten years') },
  );
}, 600_000);

test('the first conflict, or that there is none, is what a walk to the end of the calendar shows', () => {
  fc.assert(
    fc.property(pairOfBusySeries('plain'), fromDays, (pair, days) => {
      const [a, b] = pair.map(compiled);
      const from = a.series.zone.toInstant(a.series.definition.start) + days * DAY;
      const [ofA, ofB] = [a, b].map((busy) =>
        taking(busy, occurrencesIn(busy.series, { start: from, end: Infinity })),
      );
      const expected = startsOf(conflictsOf(ofA, ofB, from)).slice(0, 3);
      const budget = new ComparisonBudget(Infinity);
      const found = conflictingOccurrences(a, onlyBusy(b), { from, limit: 3, budget });
      expect({ starts: startsOf(found.occurrences), until: found.checkedUntil }).toEqual({
        starts: expected,
        until: null,
      });
    }),
    { numRuns: FEW, seed: printedSeed('first conflict') },
  );
}, 600_000);
