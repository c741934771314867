import { GroupDemand } from './group-demand.js';

/** A group of which some members attend a meeting. */
export interface MeetingGroup {
  /** In the order in which they are chosen, each once. Another group may have some of them. */
  readonly memberIds: readonly number[];
  /** The number of members who attend, at least 1. */
  readonly required: number;
}

/**
 * Chooses the members of each group who attend, in the order of the groups: of those who are free the first `required`. A member
 * of several groups attends for one of them, and the choice of an earlier group leaves enough members to the later ones.
 * Returns null if too few members are free. A group without a free member is never filled.
 *
 * @example chosenMembers([{ memberIds: [1, 2], required: 1 }, { memberIds: [1], required: 1 }], () => true); // [[2], [1]]
 */
export function chosenMembers(
  groups: readonly MeetingGroup[],
  isFree: (memberId: number) => boolean,
): number[][] | null {
  const free = groups.map(({ memberIds }) => memberIds.filter(isFree));
  if (groups.some(({ required }, index) => free[index].length < required)) return null;
  if (sharedMembers(groups).size === 0) return free.map((ids, index) => ids.slice(0, groups[index].required));
  const groupsOf = groupsOfMembers(groups);
  const demand = new GroupDemand(groups.map(({ required }) => required));
  for (const [id, ofGroups] of groupsOf) if (isFree(id)) demand.change(ofGroups, 1);
  if (!demand.isMet) return null;
  const taken = new Set<number>();
  return groups.map(({ required }, index) => {
    const chosen: number[] = [];
    for (const id of free[index]) {
      if (chosen.length === required) break;
      if (taken.has(id) || !demand.assign(groupsOf.get(id) ?? 0, index)) continue;
      taken.add(id);
      chosen.push(id);
    }
    return chosen;
  });
}

/** Returns the members of several groups. */
export function sharedMembers(groups: readonly MeetingGroup[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const id of groups.flatMap(({ memberIds }) => memberIds)) (seen.has(id) ? shared : seen).add(id);
  return shared;
}

/** Returns the groups of each member, as sets of `GroupDemand`. */
export function groupsOfMembers(groups: readonly MeetingGroup[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (const [index, { memberIds }] of groups.entries())
    for (const id of memberIds) found.set(id, (found.get(id) ?? 0) | (1 << index));
  return found;
}
