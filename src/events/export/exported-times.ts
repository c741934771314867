import type { Interval } from '../../calendar/intervals/interval.js';
import { DAY, type Instant } from '../../calendar/time/civil-time.js';
import { endAfter } from '../../calendar/time/length.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { inZoneOfReader } from '../../scheduling/occurrences/floating-days.js';
import type { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { type EventTimesRecord, repeats } from '../../scheduling/occurrences/series-record.js';
import type { PartialEventRecord } from '../model/event-record.js';
import { startInstant } from '../model/schedule/event-times.js';
import { ShownInWindow } from '../read/lists/occurrences-shown.js';
import { zoneOfAttendee } from '../read/zones/zone-of-attendee.js';

/** One time of an event. */
export interface ExportedTime extends Interval {
  readonly originalStart: Instant;
}

/** An event of which the reader sees the times alone: neither its rule nor its zone. */
export interface ExportedTimes {
  readonly eventId: number;
  readonly allDay: boolean;
  /** The zone of the days of an all-day event. */
  readonly timeZone: string;
  readonly times: readonly ExportedTime[];
}

/** Days of the times of a redacted series: a view of a calendar shows no more. */
const DAYS_SHOWN = 400;

/** Floating days are earlier or later in another zone, by less than two days. */
const MOST_BETWEEN_ZONES = 2 * DAY;

/**
 * The window of the times of a redacted event. An event that does not repeat is shown whenever it is. The window of a series
 * begins on the first day of the month before, so that it changes once a month, or with the series if that is later.
 */
export function windowOfTimes(event: EventTimesRecord, now: Date): Interval {
  const first = startInstant(event) - MOST_BETWEEN_ZONES;
  if (!repeats(event)) {
    const end = endAfter(startInstant(event), event.length, timeZone(event.timeZone));
    return { start: first, end: end + MOST_BETWEEN_ZONES };
  }
  const start = Math.max(first, Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1));
  return { start, end: start + DAYS_SHOWN * DAY };
}

/** The times of an event in a window that the user has not declined, as a list shows them; null: the list has none of them. */
export function timesInWindow(
  event: PartialEventRecord,
  userId: number,
  window: Interval,
  occurrences: OccurrencesService,
): ExportedTimes | null {
  const own = event.floating ? inZoneOfReader(event, zoneOfAttendee(userId, event)) : event;
  const shown = new ShownInWindow(userId, window, occurrences).redacted(own);
  if (shown === null) return null;
  const times: ExportedTime[] = [];
  for (const { start, end, originalStart } of shown.read(-Infinity)) {
    times.push({ start, end, originalStart });
    if (times.length === shown.max) break;
  }
  return { eventId: event.id, allDay: event.allDay, timeZone: own.timeZone, times };
}

/** The time of the first occurrence, as a redacted event has it. */
export function firstTime(event: EventTimesRecord): ExportedTimes {
  const start = startInstant(event);
  const end = endAfter(start, event.length, timeZone(event.timeZone));
  return {
    eventId: event.id,
    allDay: event.allDay,
    timeZone: event.timeZone,
    times: [{ start, end, originalStart: start }],
  };
}
