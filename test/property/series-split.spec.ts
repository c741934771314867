import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Interval } from '../../src/calendar/intervals/interval.js';
import { seriesBefore, splitSeries } from '../../src/calendar/recurrence/changes/split-series.js';
import { compileSeries, type SeriesDefinition } from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { seriesDefinition, windowAbout } from '../support/core/arbitrary-series.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

/** A series with exceptions at its own occurrences is found by the slow oracle: fewer of them. */
const RUNS = Math.ceil(PROPERTY_RUNS / 5);

function timesIn(series: SeriesDefinition | null, window: Interval): number[][] {
  if (series === null) return [];
  return [...occurrencesIn(compileSeries(series), window)].map(({ start, end, originalStart }) => [
    start,
    end,
    originalStart,
  ]);
}

/** As text: comparing thousands of arrays element by element takes longer than finding them. */
function asText(times: readonly number[][]): string {
  return times.map((time) => time.join(' ')).join('\n');
}

function inOrder(times: number[][]): number[][] {
  return times.toSorted(([a, , originalA], [b, , originalB]) => a - b || originalA - originalB);
}

describe('nothing is lost', () => {
  test('when a series is split at any of its occurrences', () => {
    fc.assert(
      fc.property(seriesDefinition, fc.nat(40), (series, index) => {
        const all = { start: series.start - 60 * DAY, end: series.start + 400 * DAY };
        const found = [...occurrencesIn(compileSeries(series), all)].slice(0, index + 1);
        fc.pre(found.length > 0);
        const target = found[found.length - 1];
        const { before, after } = splitSeries(series, target.originalCivilStart);
        expect(seriesBefore(series, target.originalCivilStart)).toEqual(before);
        const [earlier, later] = [timesIn(before, all), timesIn(after, all)];
        // A series that ends before the target already has the same part before it.
        const again = before && seriesBefore(before, target.originalCivilStart);
        expect(asText(timesIn(again, all))).toBe(asText(earlier));
        expect(asText(inOrder([...earlier, ...later]))).toBe(asText(timesIn(series, all)));
        expect(earlier.every(([, , originalStart]) => originalStart < target.originalStart)).toBe(true);
        expect(later.every(([, , originalStart]) => originalStart >= target.originalStart)).toBe(true);
      }),
      { numRuns: RUNS, seed: printedSeed('split series') },
    );
  }, 300_000);

  test('when a window is split anywhere', () => {
    const seriesAndWindow = seriesDefinition.chain((series) =>
      fc.tuple(fc.constant(series), windowAbout(series)),
    );
    fc.assert(
      fc.property(seriesAndWindow, fc.double({ min: 0, max: 1, noNaN: true }), ([series, window], share) => {
        const middle = Math.round(window.start + (window.end - window.start) * share);
        fc.pre(middle > window.start && middle < window.end);
        const halves = [
          ...timesIn(series, { start: window.start, end: middle }),
          ...timesIn(series, { start: middle, end: window.end }),
        ];
        const each = new Map(halves.map((times) => [times.join(' '), times]));
        expect(asText(inOrder([...each.values()]))).toBe(asText(timesIn(series, window)));
      }),
      { numRuns: RUNS, seed: printedSeed('split window') },
    );
  }, 300_000);
});
