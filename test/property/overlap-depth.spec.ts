import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileSeries, type EventSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { overlapsDeeperThan } from '../../src/calendar/recurrence/series/overlap-depth.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { durationOfLength, lengthOfDuration } from '../../src/calendar/time/length.js';
import { seriesDefinition } from '../support/core/arbitrary-series.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

/** Enough for the 28 years of a rule that starts twice a week. */
const LOOKED_AT = 3_000;

/** The function knows the years before this one, a year without a leap day, exactly. */
const YEAR_2100 = Date.UTC(2100, 0);

/** How many occurrences are in progress at most, counted one by one. */
function deepest(series: EventSeries): { depth: number; whole: boolean } {
  let ends: number[] = [];
  let depth = 0;
  let count = 0;
  for (const { start, end } of occurrencesIn(series, { start: -Infinity, end: Infinity })) {
    if (count === LOOKED_AT || start >= YEAR_2100) return { depth, whole: false };
    count += 1;
    ends = ends.filter((other) => other > start);
    depth = Math.max(depth, ends.push(end));
  }
  return { depth, whole: true };
}

test('a series is as deep as counting its occurrences shows', () => {
  fc.assert(
    fc.property(seriesDefinition, fc.integer({ min: 1, max: 30 }), (definition, longer) => {
      const length = lengthOfDuration(durationOfLength(definition.length) * longer, definition.allDay);
      const series = compileSeries({ ...definition, timeZone: 'UTC', length });
      const { depth, whole } = deepest(series);
      // After the counted occurrences, a series may become deeper.
      const depths = [...(depth > 1 ? [depth - 1] : []), ...(whole && depth > 0 ? [depth] : [])];
      const deeper = depths.map((each) => overlapsDeeperThan(series, each));
      expect(deeper).toEqual(depths.map((each) => each < depth));
    }),
    { numRuns: Math.ceil(PROPERTY_RUNS / 10), seed: printedSeed('overlap depth') },
  );
}, 300_000);
