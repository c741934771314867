import type { Occurrence, Override } from '../recurrence/series/event-series.js';
import { occurrenceAt } from '../recurrence/series/recurrence-set.js';
import { CIVIL_PADDING } from '../recurrence/series/rule-runs.js';
import type { Instant } from '../time/civil-time.js';
import { civilLength } from '../time/length.js';
import { ZoneChanges } from './clocks/zone-changes.js';
import { type BusyCalendar, type BusySeries, busyBesideRule, timeAfter } from './compared/busy-series.js';
import type { Comparing, ComparisonBudget } from './compared/comparison-budget.js';
import { RuleTime } from './compared/rule-time.js';
import { FewAgainstAll } from './strands/few-against-all.js';
import { FoundOccurrences } from './strands/found-occurrences.js';
import { RuleAgainstSingle } from './strands/rule-against-single.js';
import { runStrands } from './strands/run-strands.js';
import type { Strand } from './strands/strand.js';
import { strandsOfPair } from './strands/strands-of-pair.js';

/** Which conflicts a comparison finds. */
export interface ConflictChoice {
  /** A conflict that is over by this instant does not count. */
  readonly from: Instant;
  /** The number of occurrences that the result has at most: the first ones. */
  readonly limit: number;
  readonly budget: ComparisonBudget;
}

/** Occurrences of an event that conflict, by start. */
export interface ConflictingOccurrences<O extends Override = Override> {
  readonly occurrences: readonly Occurrence<O>[];
  /**
   * Null: the result is exact up to the end of the calendar, or up to the last of `limit` occurrences. Otherwise the budget
   * ended, and the result is exact for occurrences that start before this instant. It may have some later ones.
   */
  readonly checkedUntil: Instant | null;
}

/**
 * The first occurrences of an event that overlap the time of a calendar, however far in the future. Touching times do not
 * overlap, and an occurrence without a length overlaps nothing.
 *
 * The comparison is exact up to the end of the calendar, in 2999, within one zone and across zones, as far as the budget
 * lasts. Beyond 2128, it relies on rules of the zones that repeat every 400 years (`ZoneTransitions`).
 * @param calendar without the event itself
 * @example comparisonResult(conflictingOccurrences({ series }, { single: [], series: [{ series: other }] }, { from: now, limit: 1, budget }))
 */
export function* conflictingOccurrences<O extends Override>(
  event: BusySeries<O>,
  calendar: BusyCalendar,
  { from, limit, budget }: ConflictChoice,
): Comparing<ConflictingOccurrences<O>> {
  const found = new FoundOccurrences(Math.max(from, firstInstantOf(event)), limit);
  const changes = changesFor(found.from, [event, ...calendar.series]);
  const rule = RuleTime.of(event, changes, budget);
  const rules = calendar.series.flatMap((busy) => RuleTime.of(busy, changes, budget) ?? []);
  const few = busyBesideRule(event);
  const single = timeAfter(found.from, [...calendar.single, ...calendar.series.flatMap(busyBesideRule)]);
  const strands: Strand[] = [];
  if (few.length > 0) strands.push(new FewAgainstAll(few, single, rules, found, budget));
  if (rule) {
    if (single.length > 0) strands.push(new RuleAgainstSingle(rule, single, found, budget));
    for (const other of rules) strands.push(...strandsOfPair(rule, other, { changes, found, budget }));
  }
  const checkedUntil = yield* runStrands(strands, found, budget);
  return { occurrences: foundOccurrences(event, found), checkedUntil };
}

/** The occurrences of a series that were found. */
export function foundOccurrences<O extends Override>(
  { series }: BusySeries<O>,
  { originalStarts }: FoundOccurrences,
): Occurrence<O>[] {
  return originalStarts.flatMap((originalStart) => occurrenceAt(series, originalStart) ?? []);
}

/** The changes of clocks that may touch an occurrence that ends after an instant. */
export function changesFor(from: Instant, events: readonly BusySeries[]): ZoneChanges {
  let longest = 0;
  for (const { series } of events) longest = Math.max(longest, civilLength(series.definition.length));
  return new ZoneChanges(from - longest - 2 * CIVIL_PADDING);
}

/** An instant before all occurrences of an event. */
export function firstInstantOf({ series }: BusySeries): Instant {
  const start = series.zone.toInstant(series.definition.start) - CIVIL_PADDING;
  return Math.min(start, series.besideRule[0]?.start ?? start);
}
