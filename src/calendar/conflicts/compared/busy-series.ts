import type { Interval } from '../../intervals/interval.js';
import type { IntervalSet } from '../../intervals/interval-set.js';
import { normalise } from '../../intervals/interval-set.js';
import type { EventSeries, Occurrence, Override } from '../../recurrence/series/event-series.js';
import { occurrenceAt } from '../../recurrence/series/recurrence-set.js';
import { type CivilTime, wallClock } from '../../time/civil-time.js';

/**
 * A series, or a single event, as it takes the time of one user. Floating days are compiled in the zone of the user.
 * Occurrences without a length take no time.
 * @example const all: BusySeries = { series: compileSeries(definition) };
 */
export interface BusySeries<O extends Override = Override> {
  readonly series: EventSeries<O>;
  /** Whether occurrences take time that have no override and are not in `apart`; by default, they do. */
  readonly takesTime?: boolean;
  /**
   * Original civil starts, without the pass, of occurrences without an override of which the opposite of `takesTime` is
   * true, because the user has answered them alone.
   */
  readonly apart?: ReadonlySet<CivilTime>;
  /** Whether an override that is not cancelled takes time; by default, it does. */
  overrideTakesTime?(override: O): boolean;
}

/** The time of one user. */
export interface BusyCalendar {
  /** The time of events that do not repeat. */
  readonly single: IntervalSet;
  readonly series: readonly BusySeries[];
}

/** Whether occurrences of the rule take time, except those of which the user has decided alone. */
export function isBusyByRule({ takesTime = true }: BusySeries): boolean {
  return takesTime;
}

/** The occurrences that take time and are not regular starts of a busy rule, by start. There are finitely many. */
export function busyBesideRule<O extends Override>(busy: BusySeries<O>): readonly Occurrence<O>[] {
  const { series, apart } = busy;
  const all = isBusyByRule(busy) || !apart ? series.besideRule : withAnswered(series, apart);
  return all.filter((occurrence) => occurrence.start < occurrence.end && isBusyAt(busy, occurrence));
}

/** Whether an occurrence of the series takes time. */
export function isBusyAt<O extends Override>(
  busy: BusySeries<O>,
  { override, originalCivilStart }: Pick<Occurrence<O>, 'override' | 'originalCivilStart'>,
): boolean {
  if (override) return busy.overrideTakesTime?.(override) ?? true;
  return isBusyByRule(busy) !== (busy.apart?.has(wallClock(originalCivilStart)) ?? false);
}

/** The time of the intervals that end after an instant. */
export function timeAfter(instant: number, intervals: readonly Interval[]): IntervalSet {
  return normalise(intervals.filter(({ end }) => end > instant).toSorted((a, b) => a.start - b.start));
}

function withAnswered<O extends Override>(
  series: EventSeries<O>,
  apart: ReadonlySet<CivilTime>,
): readonly Occurrence<O>[] {
  const byOriginal = new Map(series.besideRule.map((occurrence) => [occurrence.originalStart, occurrence]));
  for (const civil of apart) {
    const occurrence = occurrenceAt(series, series.zone.toInstant(civil));
    if (occurrence?.override === null) byOriginal.set(occurrence.originalStart, occurrence);
  }
  return [...byOriginal.values()].toSorted((a, b) => a.start - b.start);
}
