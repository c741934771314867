import type { SeriesDefinition } from '../../../calendar/recurrence/series/event-series.js';
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
