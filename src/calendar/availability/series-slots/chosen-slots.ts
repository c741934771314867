import type { Instant } from '../../time/civil-time.js';
import { distanceOfSlots, type SeriesSlotQuery } from './series-slot-query.js';

/** A start of the first occurrence, with the number of occurrences that count. */
export interface Candidate {
  readonly first: Instant;
  readonly occurrences: number;
}

/**
 * Chooses the best candidates whose first occurrences, with their buffers, go together: most occurrences, then earliest.
 * Without a grid, the first instant after a chosen slot is a candidate too, since the next slot may start there.
 *
 * @param evaluate counts the occurrences of a further candidate
 * @example chosenSlots(candidates, query, evaluate); // at most `limit`
 */
export function chosenSlots(
  candidates: readonly Candidate[],
  query: SeriesSlotQuery,
  evaluate: (first: Instant) => Candidate,
): Candidate[] {
  const { window, step, minOccurrences, limit } = query;
  const distance = distanceOfSlots(query);
  const ordered = candidates.toSorted(bestFirst);
  const chosen: Candidate[] = [];
  const followers: Candidate[] = [];
  const isApart = ({ first }: Candidate) => chosen.every((slot) => Math.abs(slot.first - first) >= distance);
  let next = 0;
  while (chosen.length < limit) {
    while (next < ordered.length && !isApart(ordered[next])) next += 1;
    const [best] = [...ordered.slice(next, next + 1), ...followers.filter(isApart)].toSorted(bestFirst);
    if (best === undefined) break;
    chosen.push(best);
    const following = best.first + distance;
    if (step !== null || following >= window.end) continue;
    const after = evaluate(following);
    if (after.occurrences >= minOccurrences) followers.push(after);
  }
  return chosen;
}

function bestFirst(a: Candidate, b: Candidate): number {
  return b.occurrences - a.occurrences || a.first - b.first;
}
