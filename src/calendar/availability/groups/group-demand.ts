/**
 * Counts free members of groups that may share them, and decides whether the groups can get enough different ones. By Hall's
 * theorem they can exactly if, for each set of groups, the free members of these groups are at least as many as the groups need
 * together. A set of groups is a number with a bit for each group, and a member is the set of the member's groups.
 *
 * Each step takes 2^n operations for n groups, so there are at most 20 groups.
 *
 * @example
 * const demand = new GroupDemand([1, 1]);
 * demand.change(0b01, 1);
 * demand.isMet; // false: nobody is free for the second group
 */
export class GroupDemand {
  /** For each set of groups: the free members, less those whom the groups need. */
  private readonly spare: Int32Array;
  private lacking = 0;

  /** @param required the number of members that each group needs, from 0 on */
  constructor(required: readonly number[]) {
    this.spare = new Int32Array(1 << required.length);
    for (let set = 1; set < this.spare.length; set += 1) {
      const lowest = 31 - Math.clz32(set & -set);
      this.spare[set] = this.spare[set & (set - 1)] - required[lowest];
      if (this.spare[set] < 0) this.lacking += 1;
    }
  }

  /** Whether the groups can get enough different members. */
  get isMet(): boolean {
    return this.lacking === 0;
  }

  /** Adds a free member with +1, or removes one with -1. @param ofGroups the groups of the member, at least one */
  change(ofGroups: number, by: 1 | -1): void {
    const { spare } = this;
    for (let set = 1; set < spare.length; set += 1) {
      if ((set & ofGroups) === 0) continue;
      spare[set] += by;
      if (by === 1 ? spare[set] === 0 : spare[set] === -1) this.lacking -= by;
    }
  }

  /**
   * Gives a free member to a group that still needs one, unless too few would be left to the other groups. The demand is met.
   * @returns whether the group has got the member
   */
  assign(ofGroups: number, group: number): boolean {
    const { spare } = this;
    // A set with the group needs one less, and has one less.
    const loses = (set: number) => (set & ofGroups) !== 0 && (set & (1 << group)) === 0;
    for (let set = 1; set < spare.length; set += 1) if (loses(set) && spare[set] === 0) return false;
    for (let set = 1; set < spare.length; set += 1) if (loses(set)) spare[set] -= 1;
    return true;
  }
}
