import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, intersect, normalise } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { commonStarts } from '../common-starts.js';
import { groupsOfMembers, type MeetingGroup, sharedMembers } from './chosen-members.js';
import { GroupDemand } from './group-demand.js';

/** A member begins, or ceases, to be free for meetings that start from an instant on. */
interface Change {
  readonly at: Instant;
  readonly ofGroups: number;
  readonly by: 1 | -1;
}

/**
 * Finds the starts of meetings for which groups have enough different members.
 *
 * @example new StartsOfGroups(groups, duration, (id) => availability.get(id)).within(week); // the starts of the week
 */
export class StartsOfGroups {
  private readonly sharesMembers: boolean;
  private readonly groupsOf: ReadonlyMap<number, number>;

  /** @param availableOf the time that a meeting may take, by the member's id */
  constructor(
    private readonly groups: readonly MeetingGroup[],
    private readonly duration: number,
    private readonly availableOf: (memberId: number) => IntervalSet,
  ) {
    this.sharesMembers = sharedMembers(groups).size > 0;
    this.groupsOf = groupsOfMembers(groups);
  }

  /**
   * Returns the starts of a range. It takes n log n steps for the n intervals that reach into the range; if groups share
   * members, also 2^g short steps for each interval and g groups.
   *
   * @param oneMoreIn a group that has one more free member, whom no other group has; null: none
   */
  within(range: Interval, oneMoreIn: number | null = null): IntervalSet {
    const required = this.groups.map((group, index) => group.required - (index === oneMoreIn ? 1 : 0));
    if (this.sharesMembers) return this.sweep(range, required);
    return this.groups.reduce(
      (common, { memberIds }, index) =>
        required[index] === 0
          ? common
          : intersect(
              common,
              commonStarts(memberIds.map(this.availableOf), this.duration, required[index], range),
            ),
      normalise([range]),
    );
  }

  private sweep(range: Interval, required: readonly number[]): IntervalSet {
    const demand = new GroupDemand(required);
    const changes = this.changesIn(range);
    const found: Interval[] = [];
    let from = range.start;
    for (let index = 0; index <= changes.length; index += 1) {
      const at = index < changes.length ? changes[index].at : range.end;
      if (demand.isMet && from < at) found.push({ start: from, end: at });
      from = at;
      if (index < changes.length) demand.change(changes[index].ofGroups, changes[index].by);
    }
    return normalise(found);
  }

  private changesIn(range: Interval): Change[] {
    const changes: Change[] = [];
    for (const [id, ofGroups] of this.groupsOf) {
      for (const { start, end } of commonStarts([this.availableOf(id)], this.duration, 1, range))
        changes.push({ at: start, ofGroups, by: 1 }, { at: end, ofGroups, by: -1 });
    }
    return changes.toSorted((a, b) => a.at - b.at);
  }
}
