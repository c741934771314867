import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { findSeriesSlots } from '../../src/calendar/availability/series-slots/find-series-slots.js';
import { SlotStarts } from '../../src/calendar/availability/series-slots/slot-starts.js';
import { type Interval, overlaps } from '../../src/calendar/intervals/interval.js';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY, HOUR } from '../../src/calendar/time/civil-time.js';
import { GRAIN } from '../support/core/scheduling-arbitraries.js';
import { instantsOf } from '../support/core/search-diary.js';
import { printedSeed } from '../support/core/seed.js';
import { bruteForceSlots, seriesFrom, seriesStarts, slotCases } from '../support/core/series-slot-oracle.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 150) };
const ALWAYS = { start: -Infinity, end: Infinity };
const NO_PAUSES = { spend: () => false, rest: async () => {} };

const partLengths = fc.constantFrom(GRAIN * 4, 5 * HOUR, 3 * DAY, Infinity);

describe('the slots of a series', () => {
  test('equal brute force: starts, numbers of occurrences, misses and their reasons', async () => {
    await fc.assert(
      fc.asyncProperty(slotCases, partLengths, async (given, partLength) => {
        const { query, people, busy, held } = given;
        const within = (times: typeof busy, part: Interval) =>
          new Map([...times].map(([id, all]) => [id, all.filter((each) => overlaps(each, part))]));
        const calendars = {
          partLength,
          busyIn: async (part: Interval) => within(busy, part),
          heldIn: async (part: Interval) => within(held, part),
        };
        const found = await findSeriesSlots(query, people, async () => calendars, NO_PAUSES);
        expect(found).toEqual(bruteForceSlots(given));
      }),
      { ...RUNS, seed: printedSeed('slots of a series') },
    );
  });

  test('have the occurrences of the series that an event with their start is', () => {
    fc.assert(
      fc.property(slotCases, (given) => {
        const starts = new SlotStarts(given.query);
        for (const first of instantsOf(given.query.window)) {
          const found = starts.from(first);
          expect(found).toEqual(seriesStarts(given, first));
          if (found.length === 0) continue;
          const start = given.query.zone.toExactCivil(first);
          const series = compileSeries({ ...seriesFrom(given, first), start });
          expect([...occurrencesIn(series, ALWAYS)].map((occurrence) => occurrence.start)).toEqual(found);
        }
      }),
      { ...RUNS, seed: printedSeed('occurrences of slots') },
    );
  });
});
