import type { Override } from '../recurrence/series/event-series.js';
import { type BusySeries, busyBesideRule } from './compared/busy-series.js';
import type { Comparing } from './compared/comparison-budget.js';
import { RuleTime } from './compared/rule-time.js';
import {
  type ConflictChoice,
  type ConflictingOccurrences,
  changesFor,
  firstInstantOf,
  foundOccurrences,
} from './conflicting-occurrences.js';
import { ChangedClocks, mayBeChanged, reachOf } from './strands/changed-clocks.js';
import { FewAgainstItself } from './strands/few-against-itself.js';
import { FoundOccurrences } from './strands/found-occurrences.js';
import { RuleAgainstItself } from './strands/rule-against-itself.js';
import { runStrands } from './strands/run-strands.js';
import type { Strand } from './strands/strand.js';

/**
 * The first occurrences of an event that overlap another occurrence of the same event.
 * @example comparisonResult(conflictsWithItself({ series: dailyFor25Hours }, { from: now, limit: 1, budget })).occurrences // the first
 */
export function* conflictsWithItself<O extends Override>(
  event: BusySeries<O>,
  { from, limit, budget }: ConflictChoice,
): Comparing<ConflictingOccurrences<O>> {
  const found = new FoundOccurrences(Math.max(from, firstInstantOf(event)), limit);
  const zoneChanges = changesFor(found.from, [event]);
  const rule = RuleTime.of(event, zoneChanges, budget);
  const few = busyBesideRule(event);
  const strands: Strand[] = [];
  if (few.length > 0) strands.push(new FewAgainstItself(few, rule, found, budget));
  if (rule) {
    const changes = zoneChanges.of(rule.zone);
    strands.push(new RuleAgainstItself(rule, found, budget));
    if (mayBeChanged(rule, changes) && rule.shortestDistance <= rule.length + 2 * changes.spread) {
      strands.push(
        new ChangedClocks(rule, changes, reachOf(rule, rule), budget, (time) => {
          rule.visitOverlapping({ start: Math.max(time.start, found.from), end: time.end }, (other) => {
            if (other.start === time.start) return false;
            found.add(time.start, time.start);
            found.add(other.start, other.start);
            return true;
          });
        }),
      );
    }
  }
  const checkedUntil = yield* runStrands(strands, found, budget);
  return { occurrences: foundOccurrences(event, found), checkedUntil };
}
