import type { Interval } from '../../intervals/interval.js';
import type { ZoneChanges } from '../clocks/zone-changes.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import { mayMeet } from '../patterns/meeting-days.js';
import { ChangedClocks, mayBeChanged, reachOf } from './changed-clocks.js';
import type { FoundOccurrences } from './found-occurrences.js';
import { RuleAgainstRule } from './rule-against-rule.js';
import type { Strand } from './strand.js';

/** What the strands of a comparison share. */
export interface Comparison {
  readonly changes: ZoneChanges;
  readonly found: FoundOccurrences;
  readonly budget: ComparisonBudget;
}

/**
 * The strands that find all occurrences of the rule `a` that overlap one of the rule `b`; none if the rules never meet.
 *
 * Two occurrences that overlap share an instant. If no change of the clocks touches either, they overlap in civil time too,
 * with the difference between the clocks at that instant. So the comparison in civil time, for each difference, finds
 * them. The strands of `ChangedClocks` find the others.
 */
export function strandsOfPair(a: RuleTime, b: RuleTime, comparison: Comparison): Strand[] {
  const { changes, found, budget } = comparison;
  const shifts = changes.shifts(a.zone, b.zone);
  const [ofA, ofB] = [changes.of(a.zone), changes.of(b.zone)];
  const strands: Strand[] = shifts
    .filter((shift) => mayMeet(a, b, shift))
    .map((shift) => new RuleAgainstRule(a, b, shift, found, budget));
  const [changesA, changesB] = [mayBeChanged(a, ofA), mayBeChanged(b, ofB)];
  if (!(changesA || changesB)) return strands;
  // At the common instant, each reading differs from the expected one by a change of the clock, in one zone by the same.
  const slack = a.zone === b.zone ? ofA.spread : ofA.spread + ofB.spread;
  const [longerA, longerB] = [a, b].map(({ pattern, times, length }) => ({
    pattern,
    times,
    length: length + slack,
  }));
  if (!shifts.some((shift) => mayMeet(longerA, longerB, shift))) return strands;
  const reach = reachOf(a, b);
  const visitA = (time: Interval) => {
    if (b.visitOverlapping(after(found.from, time), () => true)) found.add(time.start, time.start);
  };
  const visitB = (time: Interval) => {
    a.visitOverlapping(after(found.from, time), ({ start }) => {
      found.add(start, start);
      return false;
    });
  };
  if (changesA) strands.push(new ChangedClocks(a, ofA, reach, budget, visitA));
  if (changesB) strands.push(new ChangedClocks(b, ofB, reach, budget, visitB));
  return strands;
}

function after(instant: number, { start, end }: Interval): Interval {
  return { start: Math.max(start, instant), end };
}
