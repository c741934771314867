import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  haveSameStarts,
  movedDate,
  movedUntil,
  originalStartsIn,
} from '../../src/calendar/recurrence/changes/series-move.js';
import { movedRule } from '../../src/calendar/recurrence/rule/moved-rule.js';
import type { RecurrenceRule } from '../../src/calendar/recurrence/rule/recurrence-rule.js';
import { RuleStarts } from '../../src/calendar/recurrence/rule/rule-starts.js';
import { parseRecurrenceRule } from '../../src/calendar/recurrence/rule/rule-text.js';
import { untilInstant } from '../../src/calendar/recurrence/rule/until.js';
import type { SeriesDefinition } from '../../src/calendar/recurrence/series/event-series.js';
import {
  civilDateOf,
  DAY,
  epochDayOfCivil,
  HOUR,
  MINUTE,
  timeOfDay,
  wallClock,
  weekdayOf,
} from '../../src/calendar/time/civil-time.js';
import { timeZone } from '../../src/calendar/time/time-zone.js';

import { endlessRuleText } from '../support/core/arbitrary-rule.js';
import { seriesDefinition } from '../support/core/arbitrary-series.js';
import { naiveStarts } from '../support/core/naive-recurrence.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

/** Each case compares a thousand starts several times: fewer of them. */
const RUNS = Math.ceil(PROPERTY_RUNS / 25);

/** A series that starts with its rule, as every stored one does; null if its rule never starts. */
function settled(series: SeriesDefinition): SeriesDefinition | null {
  if (series.rule === null) return series;
  const first = new RuleStarts(series.rule, series.start).first();
  return first === null ? null : { ...series, start: first };
}

function ruleStarts({ rule, start }: SeriesDefinition, count: number): number[] {
  return rule ? new RuleStarts(rule, start).within(start, start + 1_500 * DAY).slice(0, count) : [];
}

/** The first starts of forty years, after which the calendar repeats, as if the rule had no end. */
function endlessStarts({ rule, start }: SeriesDefinition): number[] {
  if (rule === null) return [];
  const starts = new RuleStarts({ ...rule, count: null, until: null }, start);
  const found: number[] = [];
  for (let year = 0; year < 40 && found.length < 1_000; year += 4) {
    const from = start + year * 366 * DAY;
    found.push(...starts.within(from, from + 4 * 366 * DAY - 1));
  }
  return found.slice(0, 1_000);
}

/** The first starts that the rule yields, up to its end. */
function startsUntil(series: SeriesDefinition): number[] {
  const { rule, allDay } = series;
  const zone = timeZone(series.timeZone);
  const until = rule?.until ? untilInstant(rule.until, zone, allDay) : Infinity;
  return ruleStarts(series, 40).filter((civil) => zone.toInstant(civil) <= until);
}

function instantsOf(definition: SeriesDefinition): number[] {
  const zone = timeZone(definition.timeZone);
  return [definition.start, ...definition.rdates].map((civil) => zone.toInstant(civil));
}

/** The series as it is after its start moves, without EXDATEs and overrides; null if the move is ambiguous. */
function movedTo(series: SeriesDefinition, start: number, zone = series.timeZone): SeriesDefinition | null {
  const rule = series.rule && movedRule(series.rule, wallClock(start));
  if (series.rule && !rule) return null;
  const next = { ...series, timeZone: zone, start, rule };
  const until = movedUntil(series, next);
  const rdates = series.rdates.map((civil) => movedDate(series, next, civil));
  return { ...next, rule: rule && { ...rule, until }, rdates };
}

const shifts = fc
  .integer({ min: -12 * 60, max: 12 * 60 })
  .filter((minutes) => minutes !== 0)
  .map((minutes) => minutes * MINUTE);

describe('a series that moves', () => {
  test('by at most twelve hours moves every original start by as much, up to its end', () => {
    let moved = 0;
    fc.assert(
      fc.property(seriesDefinition, shifts, (given, shift) => {
        const series = settled(given);
        fc.pre(series?.rule != null && !series.allDay);
        const starts = startsUntil(series);
        fc.pre(starts.length > 0);
        const next = movedTo(series, series.start + shift);
        // A rule that names several times of day may have the new start already.
        fc.pre(next?.rule != null && !haveSameStarts(series, next));
        const shifted = starts.map((civil) => civil + shift);
        // A month of BYMONTH may leave out the last start after the shift: such a rule keeps the days, not the distance.
        const moves = endlessStarts(series).map((civil) => civil + shift);
        fc.pre(endlessStarts(next).join() === moves.join());
        expect(startsUntil(next)).toEqual(shifted);
        expect(starts.map(originalStartsIn(series, next))).toEqual(shifted);
        moved += starts.length;
      }),
      { numRuns: RUNS, seed: printedSeed('shifted series') },
    );
    expect(moved).toBeGreaterThan(RUNS);
  }, 120_000);

  test('to another zone at the same instants keeps every instant, RDATEs under any offset', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Tokyo', 'Asia/Kolkata', 'America/Phoenix', 'Europe/Berlin');
    fc.assert(
      fc.property(seriesDefinition, zones, (given, name) => {
        const series = settled({ ...given, exdates: [], overrides: [], allDay: false });
        fc.pre(series !== null && !given.allDay);
        const [from, to] = [timeZone(series.timeZone), timeZone(name)];
        const next = movedTo({ ...series, rule: null }, to.toExactCivil(from.toInstant(series.start)), name);
        expect(next && instantsOf(next)).toEqual(instantsOf(series));
      }),
      { numRuns: RUNS, seed: printedSeed('series in another zone') },
    );
  }, 120_000);

  test('anywhere never brings two occurrences to one', () => {
    fc.assert(
      fc.property(seriesDefinition, fc.integer({ min: -60 * 24, max: 60 * 24 }), (given, hours) => {
        const series = settled({ ...given, rdates: [] });
        fc.pre(series !== null && !series.allDay);
        const next = movedTo(series, series.start + hours * HOUR);
        fc.pre(next !== null);
        const places = ruleStarts(series, 100).map(originalStartsIn(series, next));
        const kept = places.filter((civil) => civil !== null);
        expect(kept).toEqual([...new Set(kept)]);
      }),
      { numRuns: RUNS, seed: printedSeed('series anywhere') },
    );
  }, 120_000);
});

/** The rule with the parts written out that RFC 5545 takes from the start. */
function writtenOut(rule: RecurrenceRule, start: number): RecurrenceRule {
  const epochDay = epochDayOfCivil(start);
  const { month, day } = civilDateOf(epochDay);
  const namesDays = rule.byDay.length + rule.byMonthDay.length + rule.byYearDay.length > 0;
  const times = {
    byHour: rule.byHour.length > 0 ? rule.byHour : [Math.floor(timeOfDay(start) / HOUR)],
    byMinute: rule.byMinute.length > 0 ? rule.byMinute : [Math.floor((timeOfDay(start) % HOUR) / MINUTE)],
  };
  if (namesDays || rule.frequency === 'DAILY') return { ...rule, ...times };
  if (rule.frequency === 'WEEKLY')
    return { ...rule, ...times, byDay: [{ weekday: weekdayOf(epochDay), ordinal: null }] };
  const byMonth = rule.frequency === 'YEARLY' && rule.byMonth.length === 0 ? [month] : rule.byMonth;
  return { ...rule, ...times, byMonth, byMonthDay: [day] };
}

describe('rules', () => {
  test('are the same with their implied parts written out', () => {
    fc.assert(
      fc.property(seriesDefinition, (given) => {
        const series = settled({ ...given, allDay: false });
        fc.pre(series?.rule != null);
        expect(haveSameStarts(series, { ...series, rule: writtenOut(series.rule, series.start) })).toBe(true);
      }),
      { numRuns: RUNS, seed: printedSeed('rules written out') },
    );
  }, 120_000);

  test('are not the same if a naive oracle finds other starts', () => {
    fc.assert(
      fc.property(seriesDefinition, endlessRuleText, (given, text) => {
        const series = settled({ ...given, allDay: false });
        fc.pre(series?.rule != null);
        const one = { ...series.rule, count: null, until: null };
        const other = parseRecurrenceRule(text);
        const horizon = series.start + 800 * DAY;
        const naive = (rule: RecurrenceRule) =>
          naiveStarts(series, rule, horizon)
            .filter((civil) => civil < horizon)
            .slice(0, 1_000)
            .join();
        const areSame = haveSameStarts({ ...series, rule: one }, { ...series, rule: other });
        expect(areSame && naive(one) !== naive(other)).toBe(false);
      }),
      { numRuns: RUNS, seed: printedSeed('different rules') },
    );
  }, 120_000);
});
