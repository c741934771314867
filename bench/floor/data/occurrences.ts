import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { DAY, epochDayOfCivil, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { timeZone } from '../../../src/calendar/time/time-zone.js';
import type { DatasetEvent, DatasetUser } from './calendars.js';
import { datesOf } from './rule.js';

/** The occurrences of an event for a user that start within a window. */
export function occurrencesOf(event: DatasetEvent, user: DatasetUser, window: Interval): Interval[] {
  const { start, rule, length, organizer } = event;
  const first = epochDayOfCivil(start);
  const zone = timeZone(event.allDay ? user.timeZone : organizer.timeZone);
  const days = rule ? datesOf(rule, first, Math.ceil(window.end / DAY)) : [first];
  return days
    .map((day) => {
      const civil = start + (day - first) * DAY;
      const at = zone.toInstant(civil);
      return { start: at, end: event.allDay ? zone.toInstant(civil + length * DAY) : at + length * MINUTE };
    })
    .filter((occurrence) => occurrence.start >= window.start && occurrence.start < window.end);
}
