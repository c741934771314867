import type { Occurrence, Override } from '../recurrence/series/event-series.js';
import { occurrenceAt } from '../recurrence/series/recurrence-set.js';
import { CIVIL_PADDING } from '../recurrence/series/rule-runs.js';
import type { Instant } from '../time/civil-time.js';
import { type BusyCalendar, type BusySeries, busyBesideRule, timeAfter } from './busy-series.js';
import type { ComparisonBudget } from './comparison-budget.js';
import { RuleTime } from './rules/rule-time.js';
import { FewAgainstAll } from './strands/few-against-all.js';
import { FoundOccurrences } from './strands/found-occurrences.js';
import { RuleAgainstSingle } from './strands/rule-against-single.js';
import { runStrands } from './strands/run-strands.js';
import type { Strand } from './strands/strand.js';
import { strandsOfPair } from './strands/strands-of-pair.js';
import { ZoneChanges } from './strands/zone-changes.js';

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
 * @example conflictingOccurrences({ series }, { single: [], series: [{ series: other }] }, { from: now, limit: 1, budget })
 */
export function conflictingOccurrences<O extends Override>(
  event: BusySeries<O>,
  calendar: BusyCalendar,
  { from, limit, budget }: ConflictChoice,
): ConflictingOccurrences<O> {
  const rule = RuleTime.of(event, budget);
  const few = busyBesideRule(event);
  const first = Math.min(few[0]?.start ?? Infinity, rule ? firstInstantOf(rule) : Infinity);
  const found = new FoundOccurrences(Math.max(from, first), limit);
  const rules = calendar.series.flatMap((busy) => RuleTime.of(busy, budget) ?? []);
  const single = timeAfter(found.from, [...calendar.single, ...calendar.series.flatMap(busyBesideRule)]);
  const strands: Strand[] = [];
  if (few.length > 0) strands.push(new FewAgainstAll(few, single, rules, found, budget));
  if (rule) {
    const changes = changesFor(found.from, [rule, ...rules]);
    if (single.length > 0) strands.push(new RuleAgainstSingle(rule, single, found, budget));
    for (const other of rules) strands.push(...strandsOfPair(rule, other, { changes, found, budget }));
  }
  const checkedUntil = runStrands(strands, found, budget);
  return { occurrences: occurrencesOf(event, found), checkedUntil };
}

/** The occurrences of a series that were found. */
export function occurrencesOf<O extends Override>(
  { series }: BusySeries<O>,
  { originalStarts }: FoundOccurrences,
): Occurrence<O>[] {
  return originalStarts.flatMap((originalStart) => occurrenceAt(series, originalStart) ?? []);
}

/** The changes of clocks that may touch an occurrence that ends after an instant. */
export function changesFor(from: Instant, rules: readonly RuleTime[]): ZoneChanges {
  let longest = 0;
  for (const { length } of rules) longest = Math.max(longest, length);
  return new ZoneChanges(from - longest - 2 * CIVIL_PADDING);
}

/** An instant before all starts of a rule. */
export function firstInstantOf({ zone, starts }: RuleTime): Instant {
  return zone.toInstant(starts.first) - CIVIL_PADDING;
}
