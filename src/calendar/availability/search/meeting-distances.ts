import type { Interval } from '../../intervals/interval.js';
import { clip, indexEndingAfter, normalise } from '../../intervals/interval-set.js';
import { DAY, type Instant } from '../../time/civil-time.js';
import { BusyTimeInParts } from '../free-busy.js';

/**
 * The largest distance, in milliseconds: busy time that is further away does not matter. People plan by the day, and a
 * search reads so much before and after its window.
 */
export const LARGEST_DISTANCE = DAY;

/**
 * Measures how far meetings are from the busy time of people. The distance of a meeting for one person is the time from its
 * end to the next busy time, or from the busy time before it to its start: the shorter of them, 0 if they touch, and at
 * most `LARGEST_DISTANCE`. The distance for several people is the mean of theirs.
 *
 * @example
 * const distances = new MeetingDistances([1, 2], from);
 * distances.extend(to, busyById);
 * distances.of(meeting, [1, 2]);
 */
export class MeetingDistances {
  private readonly busy: ReadonlyMap<number, BusyTimeInParts>;

  /** @param knownUntil where the first part starts */
  constructor(
    ids: readonly number[],
    private knownUntil: Instant,
  ) {
    this.busy = new Map(ids.map((id) => [id, new BusyTimeInParts()]));
  }

  /**
   * Adds the busy time by the person's id, from the end of the last part to an instant. It may be in any order, overlap and
   * reach further.
   */
  extend(until: Instant, busy: ReadonlyMap<number, readonly Interval[]>): void {
    const part = { start: this.knownUntil, end: until };
    for (const [id, known] of this.busy) known.append(clip(normalise(busy.get(id) ?? []), part));
    this.knownUntil = until;
  }

  /**
   * Returns the distance of a meeting for people who are free in it; 0 without people. Milliseconds, not always whole. The
   * parts given so far enclose the meeting and `LARGEST_DISTANCE` before and after it, as far as it is to be exact.
   */
  of(meeting: Interval, ids: readonly number[]): number {
    const sum = ids.reduce((total, id) => total + this.ofPerson(meeting, id), 0);
    return ids.length === 0 ? 0 : sum / ids.length;
  }

  private ofPerson({ start, end }: Interval, id: number): number {
    const busy = this.busy.get(id)?.set ?? [];
    const next = indexEndingAfter(busy, start);
    const before = next > 0 ? start - busy[next - 1].end : Infinity;
    const after = next < busy.length ? busy[next].start - end : Infinity;
    return Math.min(before, after, LARGEST_DISTANCE);
  }
}
