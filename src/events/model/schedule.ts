import type { RecurrenceRule } from '../../calendar/recurrence/rule/recurrence-rule.js';
import type { SeriesDefinition } from '../../calendar/recurrence/series/event-series.js';
import { type CivilTime, DAY, type Instant, SECOND } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { type EventTimesRow, repeats, seriesDefinition } from '../../scheduling/occurrences/series-row.js';
import { startInstant } from './event-times.js';

/** When an event is, and how it repeats. */
export interface Schedule {
  readonly allDay: boolean;
  readonly timeZone: string;
  readonly start: CivilTime;
  /** The instant of `start`. */
  readonly startAt: Instant;
  /** Seconds; whole days when it is all-day. */
  readonly duration: number;
  readonly rule: RecurrenceRule | null;
  readonly rdates: readonly CivilTime[];
  readonly exdates: readonly CivilTime[];
}

/** The schedule of an event as it is kept. */
export function scheduleFrom(event: EventTimesRow): Schedule {
  const { allDay, timeZone: zone, start, rule, rdates, exdates } = seriesDefinition(event);
  const startAt = startInstant(event);
  return {
    allDay,
    timeZone: zone,
    start: repeats(event) || allDay ? start : timeZone(zone).toExactCivil(startAt),
    startAt,
    duration: event.duration,
    rule,
    rdates,
    exdates,
  };
}

/** The core's view of a schedule: durations in milliseconds. */
export function definitionOf(schedule: Omit<Schedule, 'startAt'>): SeriesDefinition {
  const { allDay, duration, ...rest } = schedule;
  return { ...rest, allDay, duration: duration * (allDay ? DAY : SECOND), overrides: [] };
}

export function repeatsBy({ rule, rdates }: Pick<Schedule, 'rule' | 'rdates'>): boolean {
  return rule !== null || rdates.length > 0;
}
