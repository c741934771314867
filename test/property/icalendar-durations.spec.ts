import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { basicTimeText } from '../../src/calendar/icalendar/content/basic-time.js';
import { writtenDuration } from '../../src/calendar/icalendar/content/duration-value.js';
import { isSameEvent } from '../../src/calendar/icalendar/write/same-event.js';
import { compileSeries } from '../../src/calendar/recurrence/series/event-series.js';
import { occurrencesIn } from '../../src/calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../src/calendar/time/civil-time.js';
import { naiveInstant } from '../support/core/naive-zone.js';
import { printedSeed } from '../support/core/seed.js';
import { calendarText, objectOf, writtenLines } from '../support/icalendar/read-files.js';

const options = { seed: printedSeed('durations of days'), numRuns: 400 };

/** The day that Samoa skipped. */
const SKIPPED_DAY = Date.UTC(2011, 11, 30);

/** Zones, and days shortly before their clocks change. */
const change = fc.constantFrom(
  ['Europe/Berlin', Date.UTC(2030, 2, 31)],
  ['Europe/Berlin', Date.UTC(2030, 9, 27)],
  ['America/New_York', Date.UTC(2030, 2, 10)],
  ['America/Sao_Paulo', Date.UTC(2018, 10, 4)],
  ['America/St_Johns', Date.UTC(2010, 10, 7)],
  ['Australia/Lord_Howe', Date.UTC(2030, 9, 6)],
  ['Africa/Casablanca', Date.UTC(2030, 1, 10)],
  ['Asia/Tehran', Date.UTC(2020, 2, 21)],
  ['Pacific/Apia', SKIPPED_DAY],
  ['Asia/Kathmandu', Date.UTC(2030, 5, 1)],
) as fc.Arbitrary<[zone: string, day: number]>;

const start = fc
  .tuple(change, fc.integer({ min: -20, max: 2 }), fc.constantFrom(0, 30, 90, 150, 180, 600, 1_439))
  .map(([[zone, day], days, minutes]) => ({ zone, civil: day + days * DAY + minutes * 60_000 }));

const duration = fc.constantFrom('P1D', 'P1W', 'P2D', 'P2W', 'P1DT3H', 'P1DT12H30M', 'P0W', 'P1DT0S');

const rule = fc
  .tuple(
    fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY'),
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom('', ';INTERVAL=3', ';BYDAY=SA,SU'),
  )
  .map(([frequency, count, more]) => `RRULE:FREQ=${frequency};COUNT=${count}${more}`);

/** The times at which RFC 5545 §3.3.6 ends an occurrence: first the days by the clocks, then the exact time. */
function endOf(civil: number, zone: string, text: string): number {
  const { days, seconds } = writtenDuration(text) ?? { days: Number.NaN, seconds: 0 };
  return naiveInstant(zone, civil + days * DAY) + seconds * 1_000;
}

/** A rule with its parts in order: their order means nothing. */
function sortedRule(line: string): string {
  return line.startsWith('RRULE:') ? line.slice('RRULE:'.length).split(';').toSorted().join(';') : line;
}

describe('a series with a DURATION in days', () => {
  test('ends each occurrence at the time of day that the DURATION means, and is written as it was', () => {
    fc.assert(
      fc.property(start, duration, rule, ({ zone, civil }, length, recurrence) => {
        // A start that the rule does not yield, on a day that the clocks skip, is at the instant of the next day's occurrence.
        fc.pre(civil < SKIPPED_DAY || civil >= SKIPPED_DAY + DAY || !recurrence.includes('BYDAY'));
        const lines = [`DTSTART;TZID=${zone}:${basicTimeText(civil)}`, `DURATION:${length}`, recurrence];
        const text = calendarText(['UID:1', 'DTSTAMP:20260101T000000Z', ...lines]);
        const {
          events: [event],
          warnings,
        } = objectOf(text);
        const window = { start: civil - 800 * DAY, end: civil + 30 * 366 * DAY };
        const ends = [...occurrencesIn(compileSeries(event), window)].map(({ originalCivilStart, end }) => [
          originalCivilStart,
          end,
        ]);
        expect(warnings).toEqual([]);
        expect(ends).toEqual(ends.map(([at]) => [at, endOf(at, zone, length)]));
        expect(ends.length).toBeGreaterThan(0);
        expect(writtenLines(event).map(sortedRule)).toEqual(lines.toSorted().map(sortedRule));
        expect(isSameEvent(objectOf(text).events[0], event)).toBe(true);
      }),
      options,
    );
  });
});
