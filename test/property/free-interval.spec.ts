import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { FreeIntervalAnswer } from '../../src/calendar/availability/free-interval-answer.js';
import { nearestFreeIntervals } from '../../src/calendar/availability/nearest-free-intervals.js';
import { workingTime } from '../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../src/calendar/intervals/interval.js';
import { overlaps } from '../../src/calendar/intervals/interval.js';
import { DAY, HOUR } from '../../src/calendar/time/civil-time.js';
import { bruteForce, instantsAtWork, instantsOf } from '../support/core/free-interval-oracle.js';
import type { SchedulingCase } from '../support/core/scheduling-arbitraries.js';
import {
  GRAIN,
  schedulingCases,
  workingHoursNear,
  zonedWindows,
} from '../support/core/scheduling-arbitraries.js';

/** Gives away the part of the calendars that was asked for, and nothing more. */
function find({ query, people, busy }: SchedulingCase, partLength: number): Promise<FreeIntervalAnswer> {
  const busyIn = async (part: Interval) =>
    new Map([...busy].map(([id, intervals]) => [id, intervals.filter((each) => overlaps(each, part))]));
  return nearestFreeIntervals(query, people, async () => ({ partLength, busyIn }));
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
});

const zonedHours = zonedWindows.chain((zoned) =>
  workingHoursNear(zoned.base).map((hours) => ({ ...zoned, hours })),
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
