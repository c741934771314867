import type { Instant } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import {
  type EventTimesRow,
  repeats,
  type SeriesRow,
  seriesStart,
} from '../../../scheduling/occurrences/series-row.js';

/** The columns on which the form of an event's times depends. */
export type EventTimes = Pick<SeriesRow, 'allDay' | 'timeZone'>;

/** An instant at which an event or an occurrence starts or ends. */
export interface EventTime extends EventTimes {
  readonly instant: Instant;
}

type Times = Pick<
  EventTimesRow,
  'allDay' | 'timeZone' | 'start' | 'startAt' | 'rrule' | 'rdates' | 'secondPasses'
>;

/** The start of an event; of a series, the start that its own rule gives the first occurrence, without overrides. */
export function startInstant(row: Times): Instant {
  return repeats(row) ? timeZone(row.timeZone).toInstant(seriesStart(row)) : row.startAt.getTime();
}
