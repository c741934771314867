import type { Instant } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import {
  type EventTimesRecord,
  repeats,
  type SeriesRecord,
  seriesStart,
} from '../../../scheduling/occurrences/series-record.js';

/** The fields on which the form of an event's times depends: dates or times of day, and their zone. */
export type TimeForm = Pick<SeriesRecord, 'allDay' | 'timeZone'>;

/** The same of an event in a list. */
export type ListedTimeForm = TimeForm & Pick<SeriesRecord, 'floating'>;

/** An instant at which an event or an occurrence starts or ends. */
export interface EventTime extends TimeForm {
  readonly instant: Instant;
}

type Times = Pick<
  EventTimesRecord,
  'allDay' | 'timeZone' | 'start' | 'startAt' | 'rule' | 'rdates' | 'secondPasses'
>;

/** The start of an event; of a series, the start that its own rule gives the first occurrence, without overrides. */
export function startInstant(event: Times): Instant {
  return repeats(event) ? timeZone(event.timeZone).toInstant(seriesStart(event)) : event.startAt.getTime();
}
