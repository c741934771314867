import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { seriesDefinition, windowAbout } from '../support/core/arbitrary-series.js';
import { naiveOccurrences } from '../support/core/naive-recurrence.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';
import { startsIn } from '../support/core/series.js';

describe('the engine and a naive oracle', () => {
  test('agree on every window of every series', () => {
    const seriesAndWindow = seriesDefinition.chain((series) =>
      fc.tuple(fc.constant(series), windowAbout(series)),
    );
    let occupied = 0;
    fc.assert(
      fc.property(seriesAndWindow, ([series, window]) => {
        const compiled = compileSeries(series);
        const found = [...occurrencesIn(compiled, window)].map(({ start, end, originalStart }) => ({
          start,
          end,
          originalStart,
        }));
        expect(found).toEqual(naiveOccurrences(series, window.start, window.end));
        expect(startsIn(compiled, window)).toEqual(found.map(({ start }) => start));
        occupied += Number(found.length > 0);
      }),
      { numRuns: PROPERTY_RUNS, seed: printedSeed('engine = oracle') },
    );
    expect(occupied).toBeGreaterThan(PROPERTY_RUNS / 4);
  }, 300_000);
});
