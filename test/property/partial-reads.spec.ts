import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import {
  type OccurrenceChoice,
  occurrenceAfter,
  occurrencesIn,
} from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { seriesDefinition, windowAbout } from '../support/core/arbitrary-series.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';
import { occurrencesOfRuns } from '../support/core/series.js';

const RUNS = Math.ceil(PROPERTY_RUNS / 5);

const seriesAndWindow = seriesDefinition.chain((series) =>
  fc.tuple(fc.constant(compileSeries(series)), windowAbout(series)),
);

describe('a part of the occurrences of a window', () => {
  test('from a start on is those of all that start there or later', () => {
    fc.assert(
      fc.property(
        seriesAndWindow,
        fc.double({ min: -0.2, max: 1.2, noNaN: true }),
        fc.boolean(),
        ([series, window], share, cancelled) => {
          const startsFrom = Math.round(window.start + (window.end - window.start) * share);
          const all = [...occurrencesIn(series, window, { cancelled })];
          const found = [...occurrencesIn(series, window, { cancelled, startsFrom })];
          expect(found).toEqual(all.filter(({ start }) => start >= startsFrom));
        },
      ),
      { numRuns: RUNS, seed: printedSeed('starts from') },
    );
  }, 300_000);

  test('after so many is the next of all', () => {
    fc.assert(
      fc.property(seriesAndWindow, fc.nat(400), ([series, window], count) => {
        const all = [...occurrencesIn(series, window)];
        expect(occurrenceAfter(series, window, count)).toEqual(all[count] ?? null);
      }),
      { numRuns: RUNS, seed: printedSeed('occurrence after') },
    );
  }, 300_000);

  test('that takes place and the part that is cancelled are all of it, by start', () => {
    const everything: OccurrenceChoice = { cancelled: true };
    fc.assert(
      fc.property(seriesAndWindow, ([series, window]) => {
        const all = [...occurrencesIn(series, window, everything)];
        const taking = all.filter(({ override }) => !override?.cancelled);
        expect(taking).toEqual([...occurrencesIn(series, window)]);
        expect(all).toEqual(all.toSorted((a, b) => a.start - b.start || a.originalStart - b.originalStart));
        const { definition, exdates } = series;
        const long = { start: window.start - DAY, end: window.end + DAY };
        const cancelled = definition.overrides.filter(
          (override) => override.cancelled && !exdates.has(series.zone.toInstant(override.originalStart)),
        );
        const shown = [...occurrencesIn(series, long, everything)].filter(
          ({ override }) => override?.cancelled,
        );
        expect(cancelled).toEqual(expect.arrayContaining(shown.map(({ override }) => override)));
      }),
      { numRuns: RUNS, seed: printedSeed('cancelled occurrences') },
    );
  }, 300_000);
});

describe('the occurrences of a window in columns', () => {
  test('are those that come one by one', () => {
    fc.assert(
      fc.property(seriesAndWindow, ([series, window]) => {
        expect(occurrencesOfRuns(series, window)).toEqual([...occurrencesIn(series, window)]);
      }),
      { numRuns: PROPERTY_RUNS, seed: printedSeed('runs') },
    );
  }, 300_000);
});
