import { Injectable } from '@nestjs/common';
import { type CivilTime, type Instant, parseCivilTime } from '../calendar/civil-time.js';
import { compileSeries } from '../calendar/event-series.js';
import { type Interval, overlaps } from '../calendar/interval.js';
import { listOccurrences } from '../calendar/recurrence-set.js';
import { type EventTimesRow, type OverrideRow, repeats, type SeriesRow, seriesDefinition } from './series.js';

/** One time at which an event takes place. */
export interface EventOccurrence extends Interval {
  /** The start that the series gives it: its identity, whatever an override says. */
  readonly originalStart: Instant;
  readonly originalCivilStart: CivilTime;
  readonly override: OverrideRow | null;
}

/** Computes the occurrences of events. */
@Injectable()
export class OccurrencesService {
  /**
   * The occurrences of an event that overlap the window, by start; where the window is an instant, those that contain it.
   * @throws {CalendarError} limit-exceeded, past the cap of occurrences of one series
   */
  inWindow(event: EventTimesRow, window: Interval): EventOccurrence[] {
    return repeats(event) ? this.ofSeries(event, window) : singleOccurrence(event, window);
  }

  /** The same for what is known to repeat. */
  ofSeries(series: SeriesRow, window: Interval): EventOccurrence[] {
    const occurrences = listOccurrences(compileSeries(seriesDefinition(series)), window);
    return occurrences.map(({ start, end, originalStart, originalCivilStart, override }) => ({
      start,
      end,
      originalStart,
      originalCivilStart,
      override: override?.row ?? null,
    }));
  }
}

/** An event that does not repeat is its span, whatever its civil start would read in an overlap of its zone. */
function singleOccurrence(row: EventTimesRow, window: Interval): EventOccurrence[] {
  const [start, end] = [row.startAt.getTime(), (row.endAt as Date).getTime()];
  if (!overlaps({ start, end }, window)) return [];
  return [
    { start, end, originalStart: start, originalCivilStart: parseCivilTime(row.start), override: null },
  ];
}
