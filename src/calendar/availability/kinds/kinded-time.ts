import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, normalise, subtract } from '../../intervals/interval-set.js';
import { BUSY_KINDS, type BusyKind } from './busy-kind.js';

/** An interval in which a person is busy with events of one kind, and with none of a stronger kind. */
export interface KindedInterval extends Interval {
  readonly kind: BusyKind;
}

/**
 * Returns the busy time of a person, given the time that the events of each kind cover. The intervals are in order of
 * time, share no instant, and cover together what the sets cover. Each instant has the strongest of its kinds. Touching
 * intervals are of different kinds. An absent set is empty.
 *
 * @example
 * strongestKinds(new Map([['busy', [{ start: 1, end: 5 }]], ['out_of_office', [{ start: 2, end: 3 }]]]));
 * // busy [1, 2), out_of_office [2, 3), busy [3, 5)
 */
export function strongestKinds(byKind: ReadonlyMap<BusyKind, IntervalSet>): KindedInterval[] {
  const found: KindedInterval[] = [];
  let stronger: IntervalSet = [];
  let kinds = 0;
  for (const kind of BUSY_KINDS) {
    const set = byKind.get(kind) ?? [];
    if (set.length === 0) continue;
    for (const { start, end } of kinds === 0 ? set : subtract(set, stronger))
      found.push({ start, end, kind });
    stronger = kinds === 0 ? set : normalise([...stronger, ...set]);
    kinds += 1;
  }
  return kinds > 1 ? found.toSorted((a, b) => a.start - b.start) : found;
}

/**
 * Joins kinded time that comes part by part, in order of time: each part starts at the end of the one before it or later.
 *
 * @example
 * const time = new KindedTimeInParts();
 * time.append([{ start: 1, end: 4, kind: 'busy' }]);
 * time.append([{ start: 4, end: 5, kind: 'busy' }]);
 * time.intervals; // [{ start: 1, end: 5, kind: 'busy' }]
 */
export class KindedTimeInParts {
  private readonly joined: KindedInterval[] = [];

  /** All parts so far. A further part never makes the list shorter. */
  get intervals(): readonly KindedInterval[] {
    return this.joined;
  }

  /** Adds the next part. Intervals of one kind that touch at its border become one. An empty part has no effect. */
  append(part: readonly KindedInterval[]): void {
    for (const { start, end, kind } of part) {
      const last = this.joined.at(-1);
      if (last?.end === start && last.kind === kind)
        this.joined[this.joined.length - 1] = { start: last.start, end, kind };
      else this.joined.push({ start, end, kind });
    }
  }
}
