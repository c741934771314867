import type { Interval } from '../../../calendar/intervals/interval.js';
import { type Instant, MINUTE } from '../../../calendar/time/civil-time.js';
import type { EventOccurrence } from '../../../scheduling/occurrences/event-occurrence.js';
import type { OccurrenceFinder } from '../../../scheduling/occurrences/occurrence-finder.js';
import type { EventTimesRecord, OverrideTimesRecord } from '../../../scheduling/occurrences/series-record.js';

/** Milliseconds after its start in which an occurrence without a length is not over: a delivery may be so late. */
const MOMENT = 5 * MINUTE;

/**
 * The occurrence that a reminder of the start `start` concerns now; null: no occurrence starts then any more.
 * If the zone or the times of the series have changed since, the occurrence at that start has another original start.
 * An occurrence that was moved by itself is at its new start only.
 */
export function remindedOccurrence<O extends OverrideTimesRecord>(
  event: EventTimesRecord<O>,
  originalStart: string,
  start: Instant,
  occurrences: OccurrenceFinder,
): EventOccurrence<O> | null {
  const named = occurrences.withKey(event, originalStart);
  if (named?.start === start) return named;
  if (named?.override?.start != null) return null;
  const { value: next } = occurrences.startingFrom(event, start).next();
  return next?.start === start ? next : null;
}

/** Whether an occurrence is over, so that a reminder of it is of no use. A reminder may be due at the start. */
export function isOver({ start, end }: Interval, now: Instant): boolean {
  return now >= (start === end ? end + MOMENT : end);
}
