import { type Instant, parseCivilTime } from '../../calendar/civil-time.js';
import { timeZone } from '../../calendar/time-zone.js';
import type { EventOccurrence, OccurrencesService } from '../../scheduling/occurrences.service.js';
import { type EventTimesRow, repeats } from '../../scheduling/series.js';

/**
 * The occurrence that a reminder of the start `start` is about now; null if no occurrence takes place then any more.
 * If the zone or the times of the series have changed since, the occurrence at that start has another original start.
 * An occurrence that was moved by itself is at its new start only.
 */
export function remindedOccurrence(
  event: EventTimesRow,
  originalStart: string,
  start: Instant,
  occurrences: OccurrencesService,
): EventOccurrence | null {
  const named = repeats(event)
    ? occurrences.at(event, timeZone(event.timeZone).toInstant(parseCivilTime(originalStart)))
    : occurrences.first(event);
  if (named?.start === start) return named;
  if (named?.override?.start != null) return null;
  const { value: next } = occurrences.startingFrom(event, start).next();
  return next?.start === start ? next : null;
}
