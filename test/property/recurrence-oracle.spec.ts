import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileSeries } from '../../src/calendar/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence-set.js';
import { seriesDefinition, windowAbout } from '../support/arbitrary-series.js';
import { naiveOccurrences } from '../support/naive-recurrence.js';
import { PROPERTY_RUNS, printedSeed } from '../support/seed.js';

describe('the engine and a naive oracle', () => {
  test('agree on every window of every series', () => {
    const seriesAndWindow = seriesDefinition.chain((series) =>
      fc.tuple(fc.constant(series), windowAbout(series)),
    );
    fc.assert(
      fc.property(seriesAndWindow, ([series, window]) => {
        const found = [...occurrencesIn(compileSeries(series), window)].map(
          ({ start, end, originalStart }) => ({
            start,
            end,
            originalStart,
          }),
        );
        expect(found).toEqual(naiveOccurrences(series, window.start, window.end));
      }),
      { numRuns: PROPERTY_RUNS, seed: printedSeed('engine = oracle') },
    );
  }, 300_000);
});
