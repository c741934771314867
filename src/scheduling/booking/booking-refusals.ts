import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import type { LockedUsers } from '../../users/read/users.service.js';
import type { TimedBooking } from './booking.js';
import { ConflictSearch } from './conflict-search.js';
import { type Conflict, firstInOrder } from './conflicts/conflict.js';
import { earlier, type FoundConflicts } from './conflicts/searched-series.js';
import { SelfConflicts } from './conflicts/self-conflicts.service.js';
import { SeriesConflicts } from './conflicts/series-conflicts.service.js';
import { type RefusedTime, RefusedTimes } from './refused-times.js';
import { closedTime, hasHours } from './room-time.js';
import { ofUsers } from './time-by-user.js';

/** What refuses a booking, and how much of it was checked. */
export interface BookingCheck extends FoundConflicts {
  /** Whether any conflict would refuse the booking. */
  readonly mayRefuse: boolean;
  /** The first intervals in which a room is closed. */
  readonly closed: readonly Conflict[];
  /** The conflicts of some of the users, without some calendars. */
  readonly conflictsOf: (
    userIds: ReadonlySet<number>,
    exceptCalendarIds: readonly number[],
  ) => Promise<readonly Conflict[]>;
}

/** Checks whether conflicts refuse bookings, under the locks of the users. */
@Injectable()
export class BookingRefusals {
  constructor(
    private readonly search: ConflictSearch,
    private readonly series: SeriesConflicts,
    private readonly self: SelfConflicts,
    private readonly times: RefusedTimes,
    private readonly clock: Clock,
  ) {}

  /** Checks bookings, in their order. Of rooms, the time that is over and the time that the event took before are not checked. */
  async of(bookings: readonly TimedBooking[], locked: LockedUsers): Promise<BookingCheck[]> {
    const now = this.clock.now().getTime();
    const refused = bookings.map((timed) => this.times.of(timed, locked, now));
    const ofSeries = await this.conflictsOfSeries(refused);
    const ofWindows = await this.conflictsInWindows(refused, ofSeries);
    const checks: BookingCheck[] = [];
    for (const [index, each] of refused.entries()) {
      const { timed, userIds, taken } = each;
      const { booking } = timed;
      const roomIds = new Set([...timed.bookedIds].filter((id) => locked.rooms.has(id)));
      const self = await this.self.of({ event: booking.event, held: booking.held ?? null, roomIds }, now);
      const found = ofSeries[index] ?? ofWindows[index];
      const hasRoomHours = [...roomIds].some((id) => hasHours(locked.rooms.get(id)));
      checks.push({
        mayRefuse: userIds.size > 0,
        closed: closedTime(taken, locked.rooms),
        conflicts: firstInOrder([...found.conflicts, ...self.conflicts]),
        checkedUntil: [self.checkedUntil, hasRoomHours ? timed.takenUntil : null].reduce(
          earlier,
          found.checkedUntil,
        ),
        conflictsOf: async (some, exceptCalendarIds) =>
          firstInOrder([
            ...(await this.conflictsOfUsers(each, some, exceptCalendarIds)),
            ...self.conflicts.filter(({ userId }) => some.has(userId)),
          ]),
      });
    }
    return checks;
  }

  /** Null for bookings that are no series, and for series of which the comparison ended before the windows do. */
  private async conflictsOfSeries(refused: readonly RefusedTime[]): Promise<(FoundConflicts | null)[]> {
    const searched = refused.flatMap(({ series }) => series ?? []);
    const found = await this.series.conflictsOf(searched);
    const bySeries = new Map(searched.map((series, index) => [series, found[index]]));
    return refused.map(({ series, timed: { booking, takenUntil } }) => {
      const one = (series && bySeries.get(series)) ?? null;
      if (one === null || one.conflicts.length > 0 || one.checkedUntil === null) return one;
      // The windows know no time of persons that the event took before.
      if (booking.policy === 'skip') return one;
      return takenUntil !== null && takenUntil <= one.checkedUntil ? one : null;
    });
  }

  /** The conflicts in the windows, of those bookings alone of which they are all that is checked. */
  private async conflictsInWindows(
    refused: readonly RefusedTime[],
    ofSeries: readonly (FoundConflicts | null)[],
  ): Promise<FoundConflicts[]> {
    const found = await this.search.conflictsOf(
      refused.map(({ timed, taken, pending }, index) => ({
        eventId: timed.booking.event.id,
        taken: ofSeries[index] === null ? taken : [],
        pending,
      })),
    );
    return found.map((conflicts, index) => ({ conflicts, checkedUntil: refused[index].timed.takenUntil }));
  }

  private async conflictsOfUsers(
    { timed, taken, pending, series }: RefusedTime,
    userIds: ReadonlySet<number>,
    exceptCalendarIds: readonly number[],
  ): Promise<readonly Conflict[]> {
    if (series !== null) {
      const some = new Set([...series.userIds].filter((id) => userIds.has(id)));
      const [{ conflicts }] = await this.series.conflictsOf(
        [{ ...series, userIds: some }],
        exceptCalendarIds,
      );
      return conflicts;
    }
    const searched = { eventId: timed.booking.event.id, taken: ofUsers(userIds, taken), pending };
    const [conflicts] = await this.search.conflictsOf([searched], exceptCalendarIds);
    return conflicts;
  }
}
