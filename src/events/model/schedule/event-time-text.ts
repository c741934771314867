import { type CivilTime, formatCivilDate, type Instant } from '../../../calendar/time/civil-time.js';
import { formatInstant } from '../../../calendar/time/instant.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import type { TimeForm } from './event-times.js';

/**
 * A time of an event as a client reads it: RFC 3339 in UTC; the date in the event's zone if the event is all-day. The
 * API, the log and reminders use the same form.
 */
export function formatEventTime(event: TimeForm, instant: Instant): string {
  return event.allDay ? formatCivilDate(timeZone(event.timeZone).toCivil(instant)) : formatInstant(instant);
}

/** A civil time of the event's zone, in the form of `formatEventTime`. */
export function formatEventCivilTime(event: TimeForm, civil: CivilTime): string {
  return event.allDay ? formatCivilDate(civil) : formatInstant(timeZone(event.timeZone).toInstant(civil));
}
