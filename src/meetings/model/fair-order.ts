import { DAY, type Instant } from '../../calendar/time/civil-time.js';

/** A meeting that a round robin has given to a member, and that still takes place with the member. */
export interface StandingAssignment {
  readonly userId: number;
  /** The start of the meeting, or of the first occurrence of a series, when it was booked. */
  readonly startAt: Instant;
  readonly assignedAt: Instant;
  /** The members among whom the round robin chose, the chosen one included. */
  readonly memberIds: readonly number[];
}

/** Milliseconds before the start of a meeting: older assignments do not count. */
export const ASSIGNMENT_WINDOW = 28 * DAY;

/** Before every assignment. */
const NEVER: Instant = 0;

/**
 * The members of a round robin in the order in which they are chosen for a meeting: fewest standing assignments first, then the
 * fewest before the start, then least recently assigned, then in the order given. Counted are the assignments of meetings that
 * start `ASSIGNMENT_WINDOW` before the start or later. If meetings are booked in the order of their starts, none is later. In any
 * other order, the later ones keep the turns fair.
 *
 * A member is new until a round robin chooses among the member and others, and starts with the average of those who are not new.
 * Assignments that the member missed so do not count.
 *
 * @param assignments those of the members, in the order in which they were made
 * @example fairOrder([1, 2], [], start); // [1, 2]
 */
export function fairOrder(
  memberIds: readonly number[],
  assignments: readonly StandingAssignment[],
  start: Instant,
): number[] {
  const counted = assignments.filter(({ startAt }) => startAt >= start - ASSIGNMENT_WINDOW);
  const all = countsOf(memberIds, counted);
  const before = countsOf(
    memberIds,
    counted.filter(({ startAt }) => startAt < start),
  );
  const last = new Map(counted.map(({ userId, assignedAt }) => [userId, assignedAt]));
  return memberIds.toSorted((a, b) => {
    for (const by of [all, before, last]) {
      const difference = (by.get(a) ?? NEVER) - (by.get(b) ?? NEVER);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

/** The number of assignments of each member. That of a new member is the average. */
function countsOf(
  memberIds: readonly number[],
  assignments: readonly StandingAssignment[],
): ReadonlyMap<number, number> {
  const members = new Set(memberIds);
  const counts = new Map<number, number>();
  let made = 0;
  const average = () => (counts.size === 0 ? 0 : made / counts.size);
  for (const { userId, memberIds: chosenAmong } of assignments) {
    if (!members.has(userId)) continue;
    if (counts.size < members.size) {
      const first = average();
      for (const id of chosenAmong) if (members.has(id) && !counts.has(id)) counts.set(id, first);
    }
    counts.set(userId, (counts.get(userId) ?? 0) + 1);
    made += 1;
  }
  const ofNew = average();
  for (const id of memberIds) if (!counts.has(id)) counts.set(id, ofNew);
  return counts;
}
