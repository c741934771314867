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
  const taken = new Set<number>();
  const chosen = groups.map((): number[] => []);
  for (const [index, { required }] of groups.entries()) {
    for (const id of free[index]) {
      if (chosen[index].length === required) break;
      if (taken.has(id)) continue;
      taken.add(id);
      chosen[index].push(id);
      const left = groups.map((group, at) => group.required - chosen[at].length);
      if (canFill(left, free, taken)) continue;
      taken.delete(id);
      chosen[index].pop();
    }
    if (chosen[index].length < required) return null;
  }
  return chosen;
}

/** Returns the members of several groups. */
export function sharedMembers(groups: readonly MeetingGroup[]): ReadonlySet<number> {
  const seen = new Set<number>();
  const shared = new Set<number>();
  for (const id of groups.flatMap(({ memberIds }) => memberIds)) (seen.has(id) ? shared : seen).add(id);
  return shared;
}

/**
 * Whether the groups can get `left` more members each, all of them different: by augmenting paths of a bipartite
 * matching (Kuhn's algorithm).
 */
function canFill(
  left: readonly number[],
  free: readonly (readonly number[])[],
  taken: ReadonlySet<number>,
): boolean {
  const groupOf = new Map<number, number>();
  const augment = (group: number, visited: Set<number>): boolean =>
    free[group].some((id) => {
      if (taken.has(id) || visited.has(id)) return false;
      visited.add(id);
      const holder = groupOf.get(id);
      if (holder !== undefined && !augment(holder, visited)) return false;
      groupOf.set(id, group);
      return true;
    });
  return left.every((count, group) => {
    for (let place = 0; place < count; place += 1) if (!augment(group, new Set())) return false;
    return true;
  });
}
