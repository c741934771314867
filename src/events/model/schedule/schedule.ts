import {
  compileSeries,
  type EventSeries,
  type Override,
  type SeriesDefinition,
} from '../../../calendar/recurrence/series/event-series.js';
import type { Instant } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import {
  type EventTimesRecord,
  repeats,
  seriesDefinition,
} from '../../../scheduling/occurrences/series-record.js';
import { startInstant } from './event-times.js';

/** The times of an event and its recurrence. */
export interface Schedule extends Omit<SeriesDefinition, 'overrides'> {
  /** The instant of `start`. */
  readonly startAt: Instant;
}

/** The schedule of a stored event. */
export function scheduleFrom(event: EventTimesRecord): Schedule {
  const { allDay, timeZone: zone, start, length, rule, rdates, exdates } = seriesDefinition(event);
  const startAt = startInstant(event);
  return {
    allDay,
    timeZone: zone,
    start: repeats(event) || allDay ? start : timeZone(zone).toExactCivil(startAt),
    startAt,
    length,
    rule,
    rdates,
    exdates,
  };
}

/** A schedule as a series of the core, without overrides. */
export function definitionOf(schedule: Omit<Schedule, 'startAt'>): SeriesDefinition {
  return { ...schedule, overrides: [] };
}

const NO_OVERRIDES: readonly never[] = [];

const compiledSeries = new WeakMap<Schedule, WeakMap<readonly Override[], EventSeries>>();

/**
 * The compiled series of a schedule with these overrides. The checks of the dates, the check of overlaps and the span of
 * one schedule share it, so that each of its lists is computed once. Neither the schedule nor the overrides may change.
 * @throws {CalendarError} all errors of `compileSeries`
 */
export function seriesOf(schedule: Schedule, overrides: readonly Override[] = NO_OVERRIDES): EventSeries {
  const key = overrides.length === 0 ? NO_OVERRIDES : overrides;
  const known = compiledSeries.get(schedule)?.get(key);
  if (known) return known;
  const series = compileSeries({ ...definitionOf(schedule), overrides: key });
  const ofSchedule = compiledSeries.get(schedule) ?? new WeakMap<readonly Override[], EventSeries>();
  compiledSeries.set(schedule, ofSchedule.set(key, series));
  return series;
}
