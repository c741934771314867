import { Injectable } from '@nestjs/common';
import { type CivilTime, type Instant, parseCivilTime } from '../calendar/civil-time.js';
import type { Occurrence } from '../calendar/event-series.js';
import { type Interval, overlaps } from '../calendar/interval.js';
import { firstOccurrence, listOccurrences, occurrenceAt, occurrencesIn } from '../calendar/recurrence-set.js';
import { occurrencesADay } from '../calendar/series-density.js';
import { CompiledSeries } from './compiled-series.js';
import {
  type EventTimesRow,
  type OverrideRow,
  repeats,
  type SeriesOverride,
  type SeriesRow,
} from './series.js';

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
  constructor(private readonly compiled: CompiledSeries) {}

  /**
   * The occurrences of an event that overlap the window, by start; where the window is an instant, those that contain it.
   * @throws {CalendarError} limit-exceeded, past the cap of occurrences of one series
   */
  inWindow(event: EventTimesRow, window: Interval): EventOccurrence[] {
    return repeats(event)
      ? listOccurrences(this.compiled.of(event), window).map(toEventOccurrence)
      : singleOccurrence(event, window);
  }

  /** The occurrence whose original start is `originalStart`, a cancelled one too; null where there is none. */
  at(event: EventTimesRow, originalStart: Instant): EventOccurrence | null {
    if (!repeats(event)) {
      const [single] = singleOccurrence(event, { start: originalStart, end: originalStart });
      return single?.originalStart === originalStart ? single : null;
    }
    const occurrence = occurrenceAt(this.compiled.of(event), originalStart);
    return occurrence && toEventOccurrence(occurrence);
  }

  /** The first occurrence that takes place; null where all are cancelled. */
  first(event: EventTimesRow): EventOccurrence | null {
    if (!repeats(event))
      return singleOccurrence(event, { start: event.startAt.getTime(), end: Infinity })[0] ?? null;
    const occurrence = firstOccurrence(this.compiled.of(event));
    return occurrence && toEventOccurrence(occurrence);
  }

  /** The occurrences that start at `from` or later, by start; without end where the series has none. */
  *startingFrom(event: EventTimesRow, from: Instant): Generator<EventOccurrence, void, undefined> {
    const window = { start: from, end: Infinity };
    if (!repeats(event)) {
      yield* singleOccurrence(event, window).filter(({ start }) => start >= from);
      return;
    }
    for (const occurrence of occurrencesIn(this.compiled.of(event), window)) {
      if (occurrence.start >= from) yield toEventOccurrence(occurrence);
    }
  }

  /** The occurrences that overlap the window, by start, without a cap: for responses that do not list them. */
  allInWindow(event: EventTimesRow, window: Interval): EventOccurrence[] {
    return [...this.eachInWindow(event, window)];
  }

  /** The same one by one. */
  eachInWindow(event: EventTimesRow, window: Interval): Iterable<EventOccurrence> {
    return repeats(event) ? this.ofSeries(event, window) : singleOccurrence(event, window);
  }

  /** The same of an event that is known to repeat. */
  *ofSeries(series: SeriesRow, window: Interval): Generator<EventOccurrence, void, undefined> {
    for (const occurrence of occurrencesIn(this.compiled.of(series), window))
      yield toEventOccurrence(occurrence);
  }

  /** About how many occurrences a day a series has. */
  perDay(series: SeriesRow): number {
    return occurrencesADay(this.compiled.of(series));
  }
}

function toEventOccurrence({
  start,
  end,
  originalStart,
  originalCivilStart,
  override,
}: Occurrence<SeriesOverride>): EventOccurrence {
  return { start, end, originalStart, originalCivilStart, override: override?.row ?? null };
}

/** An event that does not repeat is its span, whatever its civil start would read in an overlap of its zone. */
function singleOccurrence(row: EventTimesRow, window: Interval): EventOccurrence[] {
  const [start, end] = [row.startAt.getTime(), (row.endAt as Date).getTime()];
  if (!overlaps({ start, end }, window)) return [];
  return [
    { start, end, originalStart: start, originalCivilStart: parseCivilTime(row.start), override: null },
  ];
}
