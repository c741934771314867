import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, union } from '../../calendar/intervals/interval-set.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { awayTimeOf } from '../../users/model/user-time.js';

/** The time in which users are away. It is busy time beside that of their events. */
export class TimeAway {
  /** Without users who are never away. */
  private readonly byUser: ReadonlyMap<number, IntervalSet>;

  constructor(owners: Iterable<CalendarOwner>) {
    const byUser = new Map<number, IntervalSet>();
    for (const owner of owners) if (owner.away.length > 0) byUser.set(owner.id, awayTimeOf(owner));
    this.byUser = byUser;
  }

  /** Busy time of a user in a part of time, with the time in which the user is away in the part. */
  addedTo(busy: IntervalSet, userId: number, part: Interval): IntervalSet {
    const away = this.byUser.get(userId);
    return away === undefined ? busy : union(busy, clip(away, part));
  }

  /** The same for several users. */
  addedToAll(busy: ReadonlyMap<number, IntervalSet>, part: Interval): ReadonlyMap<number, IntervalSet> {
    if (this.byUser.size === 0) return busy;
    return new Map([...busy].map(([userId, set]) => [userId, this.addedTo(set, userId, part)]));
  }
}
