import { type CivilTime, formatCivilDate, type Instant } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { formatInstant } from '../../../http/values/instant.js';
import {
  type EventTimesRow,
  repeats,
  type SeriesRow,
  seriesStart,
} from '../../../scheduling/occurrences/series-row.js';

/** What the form of an event's times depends on. */
export type EventTimes = Pick<SeriesRow, 'allDay' | 'timeZone'>;

type Times = Pick<
  EventTimesRow,
  'allDay' | 'timeZone' | 'start' | 'startAt' | 'rrule' | 'rdates' | 'secondPasses'
>;

/** The start of an event, or of a series' first occurrence by its own rule, whatever an override did to it. */
export function startInstant(row: Times): Instant {
  return repeats(row) ? timeZone(row.timeZone).toInstant(seriesStart(row)) : row.startAt.getTime();
}

/** How a time of an event leaves: an instant in UTC; the date in the event's zone when it is all-day. */
export function formatEventTime(row: EventTimes, instant: Instant): string {
  return row.allDay ? formatCivilDate(timeZone(row.timeZone).toCivil(instant)) : formatInstant(instant);
}

/** The same for a civil time of the event's zone. */
export function formatEventCivilTime(row: EventTimes, civil: CivilTime): string {
  return row.allDay ? formatCivilDate(civil) : formatInstant(timeZone(row.timeZone).toInstant(civil));
}
