import type { Interval } from '../intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../intervals/interval-set.js';
import { occurrencesIn } from '../recurrence/series/recurrence-set.js';
import { type BusyCalendar, isBusyAt } from './compared/busy-series.js';

/**
 * The parts of an interval that the time of a calendar takes.
 * @example timeInCommon(occurrence, calendar) // [{ start, end }], as free/busy would return them
 */
export function timeInCommon(interval: Interval, { single, series }: BusyCalendar): IntervalSet {
  const taken: Interval[] = [...clip(single, interval)];
  for (const busy of series) {
    for (const occurrence of occurrencesIn(busy.series, interval))
      if (isBusyAt(busy, occurrence)) taken.push({ start: occurrence.start, end: occurrence.end });
  }
  return clip(normalise(taken.toSorted((a, b) => a.start - b.start)), interval);
}
