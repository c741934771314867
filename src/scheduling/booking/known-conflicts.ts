import { Injectable } from '@nestjs/common';
import { partsOf } from '../../calendar/availability/search/nearest-free-intervals.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import type { Instant } from '../../calendar/time/civil-time.js';
import { LongWork } from '../../platform/work/long-work.js';
import { CachedCalendars } from '../cache/cached-calendars.js';
import type { KnownCalendars } from '../cache/known-calendars.js';
import { BusyBesideEvents } from '../calendars/busy-beside-events.js';
import { repeats } from '../occurrences/series-record.js';
import type { BookableEvent } from './bookable-event.js';
import type { ConflictPolicy } from './conflict-policy.js';
import { type CalendarSource, ConflictSearch } from './conflict-search.js';
import type { Conflict, TimeByUser } from './conflicts/conflict.js';
import { refusingUsers } from './refusing-time.js';
import { ofUsers, userIdsOf } from './time-by-user.js';
import { TimeOfAttendees } from './time-of-attendees.js';

/** No event has this id, so a new event is in conflict with all that are known. */
const NEW_EVENT = 0;

/**
 * Finds the conflicts of a new event with calendars in memory, by the rules of `ConflictsService`. The event is in the primary
 * calendars of its attendees, who are persons, and whose time the actor sees.
 */
@Injectable()
export class KnownConflicts {
  constructor(
    private readonly taken: TimeOfAttendees,
    private readonly search: ConflictSearch,
    private readonly longWork: LongWork,
  ) {}

  /** The time that the event takes of its attendees, by window. */
  timeOf(event: BookableEvent, { byUser }: KnownCalendars): readonly TimeByUser[] {
    const attendees = event.attendees.filter(
      ({ userId }) => byUser.get(userId)?.known.owner.primary?.countsAsBusy,
    );
    return this.taken.of({ ...event, attendees });
  }

  /** The window about all of the time; null: there is none. */
  windowOf(taken: readonly TimeByUser[]): Interval | null {
    const [first, ...others] = taken.flatMap((byUser) => [...new Set(byUser.values())].flat());
    return first ? others.reduce(span, first) : null;
  }

  /** Whether a conflict would refuse a booking. */
  mayRefuse(policy: ConflictPolicy, { owners }: KnownCalendars): boolean {
    return policy !== 'allow' || owners.some(({ doubleBooking }) => doubleBooking === 'reject');
  }

  /** Whether the booking is refused. The event does not repeat. */
  async isRefused(
    taken: readonly TimeByUser[],
    policy: ConflictPolicy,
    calendars: KnownCalendars,
  ): Promise<boolean> {
    if (!this.mayRefuse(policy, calendars)) return false;
    const rejecting = calendars.owners.filter(({ doubleBooking }) => doubleBooking === 'reject');
    const ids = new Set(rejecting.map(({ id }) => id));
    const { userIds, pending } = refusingUsers(policy, new Set(userIdsOf(taken)), ids);
    const refusing = { eventId: NEW_EVENT, taken: ofUsers(userIds, taken), pending };
    const [conflicts] = await this.search.conflictsOf([refusing], [], this.readerOf(calendars));
    return conflicts.length > 0;
  }

  /** The instant up to which the conflicts of an event are found; null: all of them are. */
  searchedUntil(event: BookableEvent, taken: readonly TimeByUser[]): Instant | null {
    return repeats(event) && userIdsOf(taken).length > 0 ? this.taken.takenUntil(event) : null;
  }

  /** The conflicts to show, which refuse nothing. @param exceptCalendarIds calendars that are hidden from the actor */
  async of(
    taken: readonly TimeByUser[],
    calendars: KnownCalendars,
    exceptCalendarIds: readonly number[] = [],
  ): Promise<readonly Conflict[]> {
    const searched = { eventId: NEW_EVENT, taken, pending: 'busy' as const };
    if (userIdsOf(taken).length === 0) return [];
    const [conflicts] = await this.search.conflictsOf(
      [searched],
      exceptCalendarIds,
      this.readerOf(calendars),
    );
    return conflicts;
  }

  private readerOf({ byUser }: KnownCalendars): CalendarSource {
    const effort = this.longWork.begin();
    return async (windows, _, pending, exceptCalendarIds) => {
      const choice = { pending, exceptCalendarIds };
      const calendars = new CachedCalendars([...windows.keys()], byUser, choice, effort, null);
      const all = normalise([...windows.values()].flat());
      return {
        parts: () => partsOfAll(all, calendars.partLength),
        busyIn: async (part) => new BusyBesideEvents(await calendars.busyIn(part), new Map(), effort),
      };
    };
  }
}

function* partsOfAll(windows: IntervalSet, length: number): Generator<Interval> {
  for (const window of windows) yield* partsOf(window, length);
}
