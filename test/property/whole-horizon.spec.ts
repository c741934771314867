import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BusySeries } from '../../src/calendar/conflicts/compared/busy-series.js';
import {
  ComparisonBudget,
  comparisonResult,
} from '../../src/calendar/conflicts/compared/comparison-budget.js';
import { conflictingOccurrences } from '../../src/calendar/conflicts/conflicting-occurrences.js';
import { haveNoEnd } from '../../src/calendar/conflicts/endless-conflicts.js';
import { conflictsWithItself } from '../../src/calendar/conflicts/self-conflicts.js';
import { timeInCommon } from '../../src/calendar/conflicts/time-in-common.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY, MINUTE } from '../../src/calendar/time/civil-time.js';
import { busySeries, compiled, pairOfBusySeries } from '../support/core/arbitrary-pairs.js';
import { naiveOccurrences } from '../support/core/naive-recurrence.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

interface Taken {
  readonly start: number;
  readonly end: number;
  readonly originalStart: number;
}

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
const [FEW, SOME] = [Math.ceil(PROPERTY_RUNS / 50), Math.ceil(PROPERTY_RUNS / 20)];

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
      const { occurrences, checkedUntil } = comparisonResult(
        conflictingOccurrences(a, onlyBusy(b), {
          from,
          limit: 40,
          budget: new ComparisonBudget(),
        }),
      );
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
      const found = comparisonResult(conflictingOccurrences(a, onlyBusy(b), { from, limit: 3, budget }));
      expect({ starts: startsOf(found.occurrences), until: found.checkedUntil }).toEqual({
        starts: expected,
        until: null,
      });
    }),
    { numRuns: FEW, seed: printedSeed('first conflict') },
  );
}, 600_000);

test('a comparison whose budget ends is right up to the point that it names', () => {
  fc.assert(
    fc.property(pairOfBusySeries('plain'), fc.integer({ min: 1, max: 3_000 }), (pair, units) => {
      const [a, b] = pair.map(compiled);
      const from = a.series.zone.toInstant(a.series.definition.start);
      const whole = comparisonResult(
        conflictingOccurrences(a, onlyBusy(b), {
          from,
          limit: 50,
          budget: new ComparisonBudget(Infinity),
        }),
      );
      const cut = comparisonResult(
        conflictingOccurrences(a, onlyBusy(b), {
          from,
          limit: 50,
          budget: new ComparisonBudget(units),
        }),
      );
      const until = cut.checkedUntil ?? Infinity;
      const before = (starts: readonly number[]) => starts.filter((start) => start < until);
      expect(before(startsOf(cut.occurrences))).toEqual(before(startsOf(whole.occurrences)));
      const all = startsOf(
        comparisonResult(
          conflictingOccurrences(a, onlyBusy(b), {
            from,
            limit: 2_000,
            budget: new ComparisonBudget(Infinity),
          }),
        ).occurrences,
      );
      expect(all).toEqual(expect.arrayContaining(startsOf(cut.occurrences)));
    }),
    { numRuns: SOME, seed: printedSeed('budget of conflicts') },
  );
}, 300_000);

test('conflicts have no end exactly if rules meet after all that is decided alone', () => {
  const lateYear = Date.UTC(2110, 0);
  fc.assert(
    fc.property(pairOfBusySeries('plain'), (pair) => {
      const [a, b] = pair.map(compiled);
      const from = a.series.zone.toInstant(a.series.definition.start);
      const late = { start: lateYear, end: Infinity };
      const [ofA, ofB] = [a, b].map((busy) => taking(busy, occurrencesIn(busy.series, late)));
      const met = ofA.length > 0 && ofB.length > 0 && conflictsOf(ofA, ofB, lateYear).length > 0;
      const answer = comparisonResult(
        haveNoEnd(a, onlyBusy(b), { from, budget: new ComparisonBudget(Infinity) }),
      );
      expect(answer).toEqual({ endless: met, checkedUntil: null });
    }),
    { numRuns: FEW, seed: printedSeed('endless conflicts') },
  );
}, 600_000);

test('an event conflicts with itself where two of its occurrences overlap', () => {
  fc.assert(
    fc.property(busySeries('any'), fromDays, (definition, days) => {
      const busy = compiled(definition);
      const from = busy.series.zone.toInstant(busy.series.definition.start) + days * DAY;
      const until = from + 1_500 * DAY;
      const all = taking(
        busy,
        naiveOccurrences(busy.series.definition, from - 10 * DAY, until + 20 * DAY),
      ).toSorted((one, other) => one.start - other.start);
      const expected = new Set<number>();
      for (const [index, one] of all.entries()) {
        for (let next = index + 1; next < all.length && all[next].start < one.end; next += 1) {
          if (Math.min(one.end, all[next].end) <= from) continue;
          expected.add(one.start);
          expected.add(all[next].start);
        }
      }
      const choice = { from, limit: 1, budget: new ComparisonBudget() };
      const { occurrences, checkedUntil } = comparisonResult(conflictsWithItself(busy, choice));
      const first = [...expected].filter((start) => start < until).slice(0, 1);
      expect(startsOf(occurrences).filter((start) => start < until)).toEqual(first);
      expect(checkedUntil ?? Infinity).toBeGreaterThan(until);
    }),
    { numRuns: SOME, seed: printedSeed('conflicts with itself') },
  );
}, 300_000);

test('on a grid of minutes about a change of the clocks, conflicts are the occurrences with a common minute', () => {
  const zones = ['Europe/Berlin', 'Australia/Lord_Howe', 'UTC'];
  const weeks = fc.constantFrom(
    '2026-03-22T00:00:00Z',
    '2026-10-18T00:00:00Z',
    '2026-09-27T00:00:00Z',
    '2026-03-29T00:00:00Z',
  );
  const few = fc.array(busySeries('plain', zones), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(busySeries('plain', zones), few, weeks, (event, others, week) => {
      const window = { start: Date.parse(week), end: Date.parse(week) + 14 * DAY };
      const minutesOf = (interval: Taken) => {
        const first = Math.max(0, (interval.start - window.start) / MINUTE);
        const last = Math.min(window.end, interval.end);
        return { first, last: (last - window.start) / MINUTE };
      };
      const grid = new Uint8Array(14 * 24 * 60);
      const calendar = { single: [], series: others.map((other) => compiled(other)) };
      for (const busy of calendar.series) {
        for (const taken of taking(
          busy,
          naiveOccurrences(busy.series.definition, window.start, window.end),
        )) {
          const { first, last } = minutesOf(taken);
          grid.fill(1, first, last);
        }
      }
      const busy = compiled(event);
      const all = taking(busy, naiveOccurrences(busy.series.definition, window.start, window.end));
      const expected = all.filter((taken) => {
        const { first, last } = minutesOf(taken);
        return grid.subarray(first, last).includes(1);
      });
      const choice = { from: window.start, limit: 400, budget: new ComparisonBudget() };
      const { occurrences } = comparisonResult(conflictingOccurrences(busy, calendar, choice));
      // A conflict after the window is none on the grid.
      const within = occurrences.filter(({ start, end }) => {
        const [common] = timeInCommon({ start: Math.max(start, window.start), end }, calendar);
        return common.start < window.end;
      });
      expect(startsOf(within)).toEqual(startsOf(expected));
    }),
    { numRuns: SOME, seed: printedSeed('grid of minutes') },
  );
}, 300_000);
