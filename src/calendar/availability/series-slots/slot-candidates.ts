import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, indexEndingAfter } from '../../intervals/interval-set.js';
import {
  type CivilTime,
  DAY,
  type EpochDay,
  epochDayOfCivil,
  type Instant,
  SECOND_PASS,
} from '../../time/civil-time.js';
import { nextOnGrid } from '../../time/wall-clock-grid.js';
import type { SeriesSlotQuery } from './series-slot-query.js';
import type { SlotStarts } from './slot-starts.js';

/** Returns the dates of a zone that a window touches. */
export function daysOfWindow({ window, zone }: Pick<SeriesSlotQuery, 'window' | 'zone'>): EpochDay[] {
  if (window.start >= window.end) return [];
  // The wall clock may show the first or the last date for the second time.
  const first = epochDayOfCivil(zone.toCivil(window.start)) - 1;
  const last = epochDayOfCivil(zone.toCivil(window.end)) + 1;
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** Yields the starts on the grid of a window whose date the rule yields, ascending. */
export function* gridCandidates(
  { window, zone }: SeriesSlotQuery,
  step: number,
  starts: SlotStarts,
): Generator<Instant> {
  const grid = { period: step, zone };
  for (let at = nextOnGrid(grid, window.start); at < window.end; at = nextOnGrid(grid, at + 1)) {
    const day = epochDayOfCivil(zone.toCivil(at));
    if (starts.daysFrom(day).length > 0) yield at;
    else at = Math.max(at, zone.toInstant((day + 1) * DAY) - 1);
  }
}

/**
 * Yields the starts of a window from which a search without a grid chooses. Between two of them that are next to each other,
 * no start has more occurrences within `free` than the earlier one: an occurrence becomes free only where an interval of `free`
 * begins, or where a change of the clocks moves the occurrence. Each may come several times, in any order.
 *
 * @param free the instants at which an occurrence may start
 */
export function* criticalCandidates(
  query: SeriesSlotQuery,
  starts: SlotStarts,
  free: IntervalSet,
): Generator<Instant> {
  const { window, zone } = query;
  const timesByDay = new Map<CivilTime, readonly number[]>();
  const timesOf = (midnight: CivilTime): readonly number[] => {
    let times = timesByDay.get(midnight);
    if (times === undefined) timesByDay.set(midnight, (times = criticalTimes(query, midnight, free)));
    return times;
  };
  yield window.start;
  for (const first of daysOfWindow(query)) {
    const days = starts.daysFrom(first);
    const times = new Set(days.flatMap(timesOf));
    for (const time of times) {
      const civil = first * DAY + time;
      const instant = zone.toInstant(civil);
      if (zone.toCivil(instant) !== civil) continue;
      yield instant;
      const second = zone.toInstant(civil + SECOND_PASS);
      if (second !== instant) yield second;
    }
    // In a second pass, the first occurrence alone becomes free.
    if (days.length > 0) yield* secondPasses(query, first, free);
  }
}

/** The times of day at which an occurrence on a date may become free. Midnight is one of them. */
function criticalTimes(query: SeriesSlotQuery, midnight: CivilTime, free: IntervalSet): number[] {
  const { zone } = query;
  const day = { start: zone.toInstant(midnight), end: zone.toInstant(midnight + DAY) };
  const times = [0];
  const changes = changesAbout(query, midnight);
  const offsets = new Set([zone.offsetAt(day.start)]);
  for (const change of changes) {
    const [before, after] = [zone.offsetAt(change - 1), zone.offsetAt(change)];
    offsets.add(before).add(after);
    times.push(change + Math.max(before, after) - midnight);
  }
  const around = changes.length === 0 ? day : { start: day.start - DAY, end: day.end + DAY };
  for (const { start } of intervalsIn(free, around))
    for (const offset of offsets) times.push(start + offset - midnight);
  return times.filter((time) => time >= 0 && time < DAY);
}

/** The changes of the clocks on a date, and the intervals that begin in the hours that they repeat. */
function* secondPasses(query: SeriesSlotQuery, first: EpochDay, free: IntervalSet): Generator<Instant> {
  const { zone } = query;
  for (const change of changesAbout(query, first * DAY)) {
    yield change;
    const repeated = zone.offsetAt(change - 1) - zone.offsetAt(change);
    for (const { start } of intervalsIn(free, { start: change, end: change + repeated })) yield start;
  }
}

/** The changes of the clocks on a date, on the day before it, or on the day after it. */
function changesAbout({ zone }: SeriesSlotQuery, midnight: CivilTime): Instant[] {
  const end = zone.toInstant(midnight + DAY) + DAY;
  const changes: Instant[] = [];
  let change = zone.nextTransition(zone.toInstant(midnight) - DAY, end);
  for (; change !== null; change = zone.nextTransition(change, end)) changes.push(change);
  return changes;
}

/** The intervals of a set that overlap another one. */
function* intervalsIn(set: IntervalSet, { start, end }: Interval): Generator<Interval> {
  for (let index = indexEndingAfter(set, start); index < set.length && set[index].start < end; index += 1)
    yield set[index];
}
