import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, intersect, normalise } from '../../calendar/intervals/interval-set.js';
import type { Effort } from '../../platform/work/long-work.js';

/** A time at which a user is busy with an event. */
export interface TimeOfEvent extends Interval {
  readonly eventId: number;
}

/** The busy time of users, in which the time of some events is kept apart. */
export class BusyBesideEvents {
  /**
   * @param common the time of all other events, by user
   * @param apart the time of the events apart, by user, each in order of start
   */
  constructor(
    private readonly common: ReadonlyMap<number, IntervalSet>,
    private readonly apart: ReadonlyMap<number, readonly TimeOfEvent[]>,
    private readonly effort: Effort,
  ) {}

  /** The part of `time` at which the user is busy with another event than this one. */
  async within(time: IntervalSet, userId: number, eventId: number): Promise<IntervalSet> {
    const [first, last] = [time.at(0), time.at(-1)];
    if (!first || !last) return [];
    const window = { start: first.start, end: last.end };
    const others: Interval[] = [];
    let work = 1;
    for (const other of this.apart.get(userId) ?? []) {
      if (other.start >= window.end) break;
      work += 1;
      if (other.end > window.start && other.eventId !== eventId) others.push(other);
    }
    if (this.effort.spend(work)) await this.effort.rest();
    const common = clip(this.common.get(userId) ?? [], window);
    return intersect(time, others.length === 0 ? common : normalise(common.concat(others)));
  }
}
