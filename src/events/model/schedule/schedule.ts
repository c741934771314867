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
  /** Whether the days are those of each attendee, in the attendee's own zone. */
  readonly floating: boolean;
  /** The zone in which the end is named and shown; null: that of the start. It moves no instant. */
  readonly endTimeZone: string | null;
}

/** A stored event with the fields of its schedule. */
export type ScheduledRecord = EventTimesRecord & Pick<Schedule, 'endTimeZone'>;

/** The schedule of a stored event. */
export function scheduleFrom(event: ScheduledRecord): Schedule {
  const { allDay, timeZone: zone, start, length, rule, rdates, exdates } = seriesDefinition(event);
  const startAt = startInstant(event);
  return {
    allDay,
    floating: event.floating,
    timeZone: zone,
    start: repeats(event) || allDay ? start : timeZone(zone).toExactCivil(startAt),
    startAt,
    endTimeZone: event.endTimeZone,
    length,
    rule,
    rdates,
    exdates,
  };
}

/** A schedule as a series of the core, without overrides. */
export function definitionOf(
  schedule: Omit<Schedule, 'startAt' | 'endTimeZone' | 'floating'>,
): SeriesDefinition {
  return { ...schedule, overrides: [] };
}

interface Compiled {
  readonly overrides: readonly Override[];
  readonly series: EventSeries;
}

const compiledSchedules = new WeakMap<Schedule, Compiled>();

/**
 * The compiled series of a schedule with these overrides. The checks of the dates, the check of overlaps and the span of
 * one schedule share it, so that each of its lists is computed once. Neither the schedule nor the overrides may change.
 * @throws {CalendarError} all errors of `compileSeries`
 */
export function seriesOf(schedule: Schedule, overrides: readonly Override[] = []): EventSeries {
  const last = compiledSchedules.get(schedule);
  if (last && (last.overrides === overrides || last.overrides.length + overrides.length === 0))
    return last.series;
  const series = compileSeries({ ...definitionOf(schedule), overrides });
  compiledSchedules.set(schedule, { overrides, series });
  return series;
}
