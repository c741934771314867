import type { IntervalSet } from '../../calendar/intervals/interval-set.js';
import type { TimeByUser } from './conflicts/conflict.js';

/** Joins the time by window of different users. */
export function joinedWindows(parts: readonly (readonly TimeByUser[])[]): TimeByUser[] {
  const windows = Math.max(0, ...parts.map(({ length }) => length));
  return Array.from({ length: windows }, (_, window) =>
    joined(parts.flatMap((byWindow) => byWindow[window] ?? [])),
  );
}

/** Joins the time of different users. */
export function joined(parts: readonly TimeByUser[]): TimeByUser {
  const byUser = new Map<number, IntervalSet>();
  for (const part of parts) for (const [userId, set] of part) byUser.set(userId, set);
  return byUser;
}

/** The time of these users only; null: of all. */
export function ofUsers(
  userIds: ReadonlySet<number> | null,
  booked: readonly TimeByUser[],
): readonly TimeByUser[] {
  if (userIds === null) return booked;
  return booked.map((byUser) => new Map([...byUser].filter(([userId]) => userIds.has(userId))));
}

/** The users who are busy in one of the windows. */
export function userIdsOf(booked: readonly TimeByUser[]): number[] {
  return [...new Set(booked.flatMap((byUser) => [...byUser.keys()]))];
}
