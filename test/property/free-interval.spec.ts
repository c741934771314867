import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { awayTime } from '../../src/calendar/availability/hours/away.js';
import type { FreeIntervalAnswer } from '../../src/calendar/availability/search/free-interval-answer.js';
import { nearestFreeIntervals } from '../../src/calendar/availability/search/nearest-free-intervals.js';
import { workingTime } from '../../src/calendar/availability/working-hours.js';
import { clip } from '../../src/calendar/intervals/interval-set.js';
import { DAY, formatCivilDate, HOUR } from '../../src/calendar/time/civil-time.js';
import { calendarsOf } from '../support/core/calendars-by-part.js';
import { bruteForce } from '../support/core/free-interval-oracle.js';
import type { SchedulingCase } from '../support/core/scheduling-arbitraries.js';
import {
  GRAIN,
  schedulingCases,
  schedulingCasesWithOptions,
  workingHoursNear,
  zonedWindows,
} from '../support/core/scheduling-arbitraries.js';
import { instantsAtWork, instantsInDays, instantsOf } from '../support/core/search-diary.js';

function find(asked: SchedulingCase, partLength: number): Promise<FreeIntervalAnswer> {
  return nearestFreeIntervals(asked.query, asked.people, async () => calendarsOf(asked, partLength));
}

/** From parts that are shorter than most meetings to parts as long as the windows that are read. */
const partLengths = fc.constantFrom(GRAIN, HOUR, 5 * HOUR, DAY, 3 * DAY, Infinity);

describe('the nearest free interval', () => {
  test('equals brute force: suggestions, ends, who attends and reasons', async () => {
    await fc.assert(
      fc.asyncProperty(schedulingCases, partLengths, async (scheduling, partLength) => {
        expect(await find(scheduling, partLength)).toEqual(bruteForce(scheduling));
      }),
      { numRuns: 300 },
    );
  });

  test('equals brute force with options: all starts, preferences, relaxations, hidden and held time', async () => {
    await fc.assert(
      fc.asyncProperty(schedulingCasesWithOptions, partLengths, async (scheduling, partLength) => {
        expect(await find(scheduling, partLength)).toEqual(bruteForce(scheduling));
      }),
      { numRuns: 300 },
    );
  });
});

const zonedHours = zonedWindows.chain((zoned) =>
  fc.record({
    hours: workingHoursNear(zoned.base),
    zone: fc.constant(zoned.zone),
    window: fc.constant(zoned.window),
  }),
);

describe('working hours', () => {
  test('equal those of a naive walk over the clock', () => {
    fc.assert(
      fc.property(zonedHours, ({ hours, zone, window }) => {
        const working = workingTime(hours, zone, window);
        expect(new Set(working.flatMap(instantsOf))).toEqual(instantsAtWork(hours, zone, window));
      }),
      { numRuns: 300 },
    );
  });
});

/** Runs of days about a window: the first day, and the number of days. */
const runsOfDays = fc.array(fc.tuple(fc.integer({ min: -3, max: 20 }), fc.integer({ min: 1, max: 5 })), {
  maxLength: 4,
});

describe('time away', () => {
  test('of days equals that of a naive walk over the clock', () => {
    fc.assert(
      fc.property(zonedWindows, runsOfDays, ({ base, zone, window }, runs) => {
        const dayOf = (day: number) => formatCivilDate(base + day * DAY);
        const away = runs.map(([first, days]) => ({ from: dayOf(first), to: dayOf(first + days) }));
        const days = runs.flatMap(([first, count]) =>
          Array.from({ length: count }, (_, day) => base / DAY + first + day),
        );
        const found = clip(awayTime(away, zone), window).flatMap(instantsOf);
        expect(new Set(found)).toEqual(instantsInDays(days, zone, window));
      }),
      { numRuns: 300 },
    );
  });
});
