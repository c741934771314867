import { Injectable } from '@nestjs/common';
import { type Interval, overlaps } from '../../calendar/intervals/interval.js';
import type { EventSeries, Occurrence } from '../../calendar/recurrence/series/event-series.js';
import {
  firstOccurrence,
  listOccurrences,
  type OccurrenceChoice,
  occurrenceAfter,
  occurrenceAt,
  occurrencesIn,
} from '../../calendar/recurrence/series/recurrence-set.js';
import { type Instant, parseCivilTime } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { CompiledSeries } from './compiled-series.js';
import type { EventOccurrence } from './event-occurrence.js';
import type { OccurrenceFinder } from './occurrence-finder.js';
import {
  type EventTimesRecord,
  type OverrideTimesRecord,
  originalStartOf,
  repeats,
  type SeriesOverride,
  type SeriesRecord,
} from './series-record.js';

/** Computes the occurrences of events. */
@Injectable()
export class OccurrencesService implements OccurrenceFinder {
  constructor(private readonly compiled: CompiledSeries) {}

  /**
   * The occurrences of an event that overlap the window, or contain it if the window is an instant, by start.
   * @throws {CalendarError} limit-exceeded, if the series has more occurrences in the window than one response may have
   */
  inWindow<O extends OverrideTimesRecord>(
    event: EventTimesRecord<O>,
    window: Interval,
    choice: OccurrenceChoice = {},
  ): EventOccurrence<O>[] {
    return repeats(event)
      ? listOccurrences(this.compiled.of(event), window, choice).map(toEventOccurrence)
      : singleOccurrence(event, window);
  }

  /** The same without a limit, lazily: a caller that stops early costs little more than the occurrences that it has read. */
  eachInWindow<O extends OverrideTimesRecord>(
    event: EventTimesRecord<O>,
    window: Interval,
    choice: OccurrenceChoice = {},
  ): Iterable<EventOccurrence<O>> {
    if (!repeats(event)) {
      const from = choice.startsFrom ?? -Infinity;
      return singleOccurrence(event, window).filter(({ start }) => start >= from);
    }
    const occurrences = occurrencesIn(this.compiled.of(event), window, choice);
    return event.overrides.length === 0 ? withoutOverride(occurrences) : toEventOccurrences(occurrences);
  }

  /** The occurrence in the window that comes after `count` others; null: there are no more. */
  after<O extends OverrideTimesRecord>(
    count: number,
    event: EventTimesRecord<O>,
    window: Interval,
    choice: OccurrenceChoice = {},
  ): EventOccurrence<O> | null {
    if (!repeats(event)) return singleOccurrence(event, window)[count] ?? null;
    const occurrence = occurrenceAfter(this.compiled.of(event), window, count, choice);
    return occurrence && toEventOccurrence(occurrence);
  }

  /** The occurrence with an original start, also if it is cancelled; null: there is none. */
  at<O extends OverrideTimesRecord>(
    event: EventTimesRecord<O>,
    originalStart: Instant,
  ): EventOccurrence<O> | null {
    if (!repeats(event)) {
      const [single] = singleOccurrence(event, { start: originalStart, end: originalStart });
      return single?.originalStart === originalStart ? single : null;
    }
    const occurrence = occurrenceAt(this.compiled.of(event), originalStart);
    return occurrence && toEventOccurrence(occurrence);
  }

  withKey<O extends OverrideTimesRecord>(event: EventTimesRecord<O>, key: string): EventOccurrence<O> | null {
    const originalStart = repeats(event)
      ? timeZone(event.timeZone).toInstant(originalStartOf(event, key))
      : event.startAt.getTime();
    return this.at(event, originalStart);
  }

  /** The first occurrence that takes place; null: all are cancelled. */
  first<O extends OverrideTimesRecord>(event: EventTimesRecord<O>): EventOccurrence<O> | null {
    if (!repeats(event))
      return singleOccurrence(event, { start: event.startAt.getTime(), end: Infinity })[0] ?? null;
    const occurrence = firstOccurrence(this.compiled.of(event));
    return occurrence && toEventOccurrence(occurrence);
  }

  *startingFrom<O extends OverrideTimesRecord>(
    event: EventTimesRecord<O>,
    from: Instant,
  ): Generator<EventOccurrence<O>, void, undefined> {
    yield* this.eachInWindow(event, { start: from, end: Infinity }, { startsFrom: from });
  }

  /** Compiles the series of an event that stays in memory and never changes, so that its occurrences are found faster. */
  keepSeriesOf(event: EventTimesRecord): void {
    if (repeats(event)) this.compiled.keep(event);
  }

  /** The series of an event, compiled. */
  seriesOf<O extends OverrideTimesRecord>(series: SeriesRecord<O>): EventSeries<SeriesOverride<O>> {
    return this.compiled.of(series);
  }
}

/** The occurrences of a series without overrides have no record, and are the same objects. */
function withoutOverride<O extends OverrideTimesRecord>(
  occurrences: Iterable<Occurrence<SeriesOverride<O>>>,
): Iterable<EventOccurrence<O>> {
  return occurrences as Iterable<Occurrence<never>>;
}

function* toEventOccurrences<O extends OverrideTimesRecord>(
  occurrences: Iterable<Occurrence<SeriesOverride<O>>>,
): Generator<EventOccurrence<O>, void, undefined> {
  for (const occurrence of occurrences) yield toEventOccurrence(occurrence);
}

function toEventOccurrence<O extends OverrideTimesRecord>({
  start,
  end,
  originalStart,
  originalCivilStart,
  override,
}: Occurrence<SeriesOverride<O>>): EventOccurrence<O> {
  return { start, end, originalStart, originalCivilStart, override: override?.record ?? null };
}

/** Takes the span of the event: in an hour that the clocks repeat, its civil start would be ambiguous. */
function singleOccurrence(row: EventTimesRecord, window: Interval): EventOccurrence<never>[] {
  const [start, end] = [row.startAt.getTime(), (row.endAt as Date).getTime()];
  if (!overlaps({ start, end }, window)) return [];
  return [
    { start, end, originalStart: start, originalCivilStart: parseCivilTime(row.start), override: null },
  ];
}
