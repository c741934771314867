import { type CivilTime, formatCivilDate, type Instant } from '../../../calendar/time/civil-time.js';
import { formatInstant } from '../../../calendar/time/instant.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import {
  type EventTimesRow,
  repeats,
  type SeriesRow,
  seriesStart,
} from '../../../scheduling/occurrences/series-row.js';

/** The columns on which the form of an event's times depends. */
export type EventTimes = Pick<SeriesRow, 'allDay' | 'timeZone'>;

type Times = Pick<
  EventTimesRow,
  'allDay' | 'timeZone' | 'start' | 'startAt' | 'rrule' | 'rdates' | 'secondPasses'
>;

/** The start of an event; of a series, the start that its own rule gives the first occurrence, without overrides. */
export function startInstant(row: Times): Instant {
  return repeats(row) ? timeZone(row.timeZone).toInstant(seriesStart(row)) : row.startAt.getTime();
}

/** A time of an event in the form of the API: an instant in UTC; the date in the event's zone if the event is all-day. */
export function formatEventTime(row: EventTimes, instant: Instant): string {
  return row.allDay ? formatCivilDate(timeZone(row.timeZone).toCivil(instant)) : formatInstant(instant);
}

/** A civil time of the event's zone in the form of the API. */
export function formatEventCivilTime(row: EventTimes, civil: CivilTime): string {
  return row.allDay ? formatCivilDate(civil) : formatInstant(timeZone(row.timeZone).toInstant(civil));
}
