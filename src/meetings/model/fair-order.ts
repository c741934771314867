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
 * The members of a round robin in the order in which they are chosen for a meeting: fewest standing assignments first, then
 * least recently assigned, then in the order given. Counted are the assignments of meetings that start `ASSIGNMENT_WINDOW` before the
 * start or later. So bookings of different times stay fair, in whatever order they come.
 *
 * A member is new until a round robin chooses among the member and others, and starts with the average of those who are not new.
 * Assignments that the member missed so do not count.
 *
 * @param assignments those of the members
 * @example fairOrder([1, 2], [], start); // [1, 2]
 */
export function fairOrder(
  memberIds: readonly number[],
  assignments: readonly StandingAssignment[],
  start: Instant,
): number[] {
  const counted = assignments.filter(({ startAt }) => startAt >= start - ASSIGNMENT_WINDOW);
  const members = new Set(memberIds);
  const since = new Map<number, Instant>();
  const own = new Map<number, number>();
  const last = new Map<number, Instant>();
  for (const { userId, assignedAt, memberIds: chosenAmong } of counted) {
    if (!members.has(userId)) continue;
    own.set(userId, (own.get(userId) ?? 0) + 1);
    last.set(userId, Math.max(last.get(userId) ?? -Infinity, assignedAt));
    for (const id of chosenAmong) since.set(id, Math.min(since.get(id) ?? Infinity, assignedAt));
  }
  const countAtFirst = (id: number): number => {
    const joined = since.get(id) ?? Infinity;
    const before = counted.filter(
      ({ userId, assignedAt }) => members.has(userId) && assignedAt < joined,
    ).length;
    const others = memberIds.filter((other) => (since.get(other) ?? Infinity) < joined).length;
    return others === 0 ? 0 : before / others;
  };
  const count = new Map(memberIds.map((id) => [id, countAtFirst(id) + (own.get(id) ?? 0)]));
  return memberIds.toSorted(
    (a, b) => (count.get(a) ?? 0) - (count.get(b) ?? 0) || (last.get(a) ?? NEVER) - (last.get(b) ?? NEVER),
  );
}
