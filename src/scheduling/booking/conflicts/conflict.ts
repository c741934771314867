import type { Interval } from '../../../calendar/intervals/interval.js';
import type { IntervalSet } from '../../../calendar/intervals/interval-set.js';
import { formatInstant } from '../../../calendar/time/instant.js';
import { DomainError } from '../../../errors/domain-error.js';
import { MAX_CONFLICTS } from './conflict-limits.js';

/** An interval in which a user is busy with two events, or with one while away. A conflict reveals no more than free/busy. */
export interface Conflict extends Interval {
  readonly userId: number;
}

/** The time that an event takes of each user. */
export type TimeByUser = ReadonlyMap<number, IntervalSet>;

/** The first `MAX_CONFLICTS`, by time. */
export function firstInOrder(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted((a, b) => a.start - b.start || a.userId - b.userId).slice(0, MAX_CONFLICTS);
}

/** @param conflicts those that the caller may see @param rooms those of the users that are rooms */
export function timeTakenError(
  conflicts: readonly Conflict[],
  rooms: Pick<ReadonlySet<number>, 'has'>,
): DomainError {
  return takenError(conflicts, (userId) => `${rooms.has(userId) ? 'room' : 'user'} ${userId} is busy`);
}

/** @param conflicts the time in which rooms are closed */
export function roomClosedError(conflicts: readonly Conflict[]): DomainError {
  return takenError(conflicts, (userId) => `room ${userId} is closed`);
}

function takenError(conflicts: readonly Conflict[], reasonOf: (userId: number) => string): DomainError {
  const errors = conflicts.map(({ userId, start, end }) => ({
    field: 'start',
    message: `${reasonOf(userId)} from ${formatInstant(start)} to ${formatInstant(end)}`,
  }));
  if (errors.length === 0)
    return new DomainError('conflict', 'time_taken', 'An attendee is busy at that time.');
  const shown = conflicts.map(({ userId, start, end }) => ({
    user_id: userId,
    start: formatInstant(start),
    end: formatInstant(end),
  }));
  return new DomainError('conflict', 'time_taken', `${errors[0].message}.`, errors, {
    members: { conflicts: shown },
  });
}
