import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import type { LockedUsers } from '../../users/read/users.service.js';
import type { TimedBooking } from './booking.js';
import type { TimeByUser } from './conflicts/conflict.js';
import type { SearchedSeries } from './conflicts/searched-series.js';
import { HeldTime } from './held-time.js';
import { refusingUsers } from './refusing-time.js';
import { newlyTaken } from './room-time.js';
import { ofUsers } from './time-by-user.js';

/** A booking with the time in which a conflict refuses it. */
export interface RefusedTime {
  readonly timed: TimedBooking;
  readonly userIds: ReadonlySet<number>;
  readonly pending: PendingPolicy;
  /** By window. */
  readonly taken: readonly TimeByUser[];
  /** All occurrences of a series; null: `taken` is all of the time. */
  readonly series: SearchedSeries | null;
}

/** Computes the time in which a conflict refuses a booking. */
@Injectable()
export class RefusedTimes {
  constructor(private readonly held: HeldTime) {}

  /**
   * Of a room, time that is over, and time that the event took before, is left out. With the policy `skip`, the time that a series
   * took before is left out of persons too: a change leaves out occurrences for the time that it takes.
   */
  of(timed: TimedBooking, { rejecting, rooms }: LockedUsers, now: Instant): RefusedTime {
    const { booking, bookedIds } = timed;
    const { event, held = null, policy, splitFromId, laterIds = [] } = booking;
    const { userIds, pending } = refusingUsers(policy, bookedIds, rejecting);
    const taken = ofUsers(userIds, timed.taken);
    const before = held === null || rooms.size === 0 ? [] : this.held.during(taken, held);
    const own = new Set([event.id, ...laterIds]);
    const parts = splitFromId === undefined ? own : new Set([...own, splitFromId]);
    const isHeld = (userId: number) => policy === 'skip' || rooms.has(userId);
    const heldOf = held === null || ![...userIds].some(isHeld) ? null : this.held.of(held);
    const series: SearchedSeries | null = timed.series && {
      time: timed.series,
      userIds,
      pending,
      exceptIdsOf: (userId) => (rooms.has(userId) ? own : parts),
      fromOf: (userId) => (rooms.has(userId) ? now : -Infinity),
      heldOf: heldOf && ((userId, interval) => (isHeld(userId) ? heldOf(userId, interval) : [])),
    };
    return { timed, userIds, pending, taken: newlyTaken(taken, before, rooms, now), series };
  }
}
