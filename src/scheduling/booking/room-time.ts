import { workingTime } from '../../calendar/availability/working-hours.js';
import { span } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, subtract } from '../../calendar/intervals/interval-set.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { OwnerOfHours } from '../../users/model/calendar-owner.js';
import { workingHoursOf } from '../../users/model/user-time.js';
import { type Conflict, firstInOrder, type TimeByUser } from './conflicts/conflict.js';

/** Rooms by their ids. */
export type Rooms = ReadonlyMap<number, OwnerOfHours>;

/**
 * The time that a change takes, of rooms only the part that the event did not take before and that is not over. The time
 * of persons stays.
 * @param held the time that the event took before, in the windows of `taken`
 */
export function newlyTaken(
  taken: readonly TimeByUser[],
  held: readonly TimeByUser[],
  rooms: Rooms,
  now: Instant,
): readonly TimeByUser[] {
  if (rooms.size === 0) return taken;
  return taken.map((byUser, window) => {
    const sets = [...byUser].map(([userId, set]): [number, IntervalSet] => {
      if (!rooms.has(userId)) return [userId, set];
      const before = held[window]?.get(userId) ?? [];
      return [userId, clip(subtract(set, before), { start: now, end: Infinity })];
    });
    return new Map(sets.filter(([, set]) => set.length > 0));
  });
}

/** Whether a room has opening hours. @param room undefined: a person */
export function hasHours(room: OwnerOfHours | undefined): boolean {
  return room !== undefined && workingHoursOf(room) !== null;
}

/** The first intervals of the taken time in which rooms are closed, by time. */
export function closedTime(taken: readonly TimeByUser[], rooms: Rooms): Conflict[] {
  return firstInOrder(
    taken.flatMap((byUser) =>
      [...byUser].flatMap(([userId, set]) => {
        const room = rooms.get(userId);
        return room ? closedDuring(set, room).map(({ start, end }) => ({ userId, start, end })) : [];
      }),
    ),
  );
}

function closedDuring(set: IntervalSet, room: OwnerOfHours): IntervalSet {
  const hours = workingHoursOf(room);
  if (hours === null || set.length === 0) return [];
  const window = set.reduce(span, set[0]);
  return subtract(set, workingTime(hours, timeZone(room.timeZone), window));
}
