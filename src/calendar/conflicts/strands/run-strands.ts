import { civilTimeOf, DAY, type Instant, LAST_YEAR } from '../../time/civil-time.js';
import type { Comparing, ComparisonBudget } from '../compared/comparison-budget.js';
import type { FoundOccurrences } from './found-occurrences.js';
import type { Strand } from './strand.js';

/** After all occurrences. */
export const AFTER_CALENDAR: Instant = civilTimeOf(LAST_YEAR + 3, 1, 1);

/** Most conflicts are in the first year. Each later round is as long as all before it. */
const FIRST_ROUND = 366 * DAY;

/**
 * Advances strands in turns, so that none is far ahead of the others, until they have found enough or are at the end of the
 * calendar. Returns null, or the instant up to which all is found if the budget ends before.
 */
export function* runStrands(
  strands: readonly Strand[],
  found: FoundOccurrences,
  budget: ComparisonBudget,
): Comparing<Instant | null> {
  let open = strands;
  for (let reach = FIRST_ROUND; open.length > 0; reach *= 2) {
    const until = found.from + reach;
    for (const strand of open) {
      strand.advance(Math.min(until, found.bound));
      while (budget.mustStop) {
        if (budget.isSpent) return doneUntil(open, found);
        yield;
        budget.resume();
        strand.advance(Math.min(until, found.bound));
      }
    }
    if (until >= Math.min(found.bound, AFTER_CALENDAR)) return null;
    open = open.filter((strand) => strand.doneUntil < Infinity);
  }
  return null;
}

function doneUntil(strands: readonly Strand[], found: FoundOccurrences): Instant | null {
  let earliest = Infinity;
  for (const strand of strands) earliest = Math.min(earliest, strand.doneUntil);
  return earliest > Math.min(found.bound, AFTER_CALENDAR) ? null : Math.max(earliest, found.from);
}
