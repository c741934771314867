import { Injectable } from '@nestjs/common';
import type { TimedBooking } from './booking.js';
import type { BookingCheck } from './booking-refusals.js';
import { refusesConflicts } from './conflict-policy.js';
import { ConflictSearch } from './conflict-search.js';
import { type FoundConflicts, NO_CONFLICTS, type SearchedSeries } from './conflicts/searched-series.js';
import { SeriesConflicts } from './conflicts/series-conflicts.service.js';
import { userIdsOfSeries } from './conflicts/series-time.js';
import { SharedConflicts, type SharedTime } from './shared-conflicts.js';
import { ofUsers, userIdsOf } from './time-by-user.js';

/** Finds the conflicts of bookings that refuse nothing, as far as the current actor may see them. */
@Injectable()
export class ShownConflicts {
  constructor(
    private readonly search: ConflictSearch,
    private readonly series: SeriesConflicts,
    private readonly shared: SharedConflicts,
  ) {}

  /** The conflicts of each booking. All occurrences of a series are compared if they were compared before, to refuse it. */
  async of(timed: readonly TimedBooking[], checks: readonly BookingCheck[]): Promise<FoundConflicts[]> {
    const concerned = timed.map(shownIdsOf);
    const shared = await this.shared.timeOf([...new Set(concerned.flat())]);
    const whole = timed.map((one, index) =>
      checks[index].mayRefuse ? searchedSeries(one, concerned[index], shared) : null,
    );
    const ofSeries = await this.series.conflictsOf(
      whole.flatMap((one) => one ?? []),
      shared.hiddenCalendarIds,
    );
    const bySeries = ofSeries.values();
    const ofWindows = await this.search.conflictsOf(
      timed.map(({ booking, taken }, index) => ({
        eventId: booking.event.id,
        taken: whole[index] === null ? ofUsers(intersection(concerned[index], shared), taken) : [],
        pending: 'busy',
      })),
      shared.hiddenCalendarIds,
    );
    return timed.map(({ takenUntil }, index) => {
      if (concerned[index].length === 0) return NO_CONFLICTS;
      if (whole[index] !== null) return bySeries.next().value ?? NO_CONFLICTS;
      const isBusy = userIdsOf(timed[index].taken).length > 0;
      return { conflicts: ofWindows[index], checkedUntil: isBusy ? takenUntil : null };
    });
  }
}

/** The users whose conflicts the caller sees. A booking that conflicts would have refused has none. */
function shownIdsOf({ booking: { policy, shownUserIds }, taken, series }: TimedBooking): number[] {
  if (refusesConflicts(policy)) return [];
  const userIds = series === null ? userIdsOf(taken) : userIdsOfSeries(series);
  return shownUserIds === undefined ? userIds : userIds.filter((id) => shownUserIds.has(id));
}

function searchedSeries(
  { booking, series: time }: TimedBooking,
  concerned: readonly number[],
  shared: SharedTime,
): SearchedSeries | null {
  if (time === null) return null;
  const own = new Set([booking.event.id]);
  return {
    time,
    userIds: intersection(concerned, shared),
    pending: 'busy',
    exceptIdsOf: () => own,
    fromOf: () => -Infinity,
    heldOf: null,
  };
}

function intersection(userIds: readonly number[], shared: SharedTime): ReadonlySet<number> {
  return new Set(userIds.filter((id) => shared.userIds.has(id)));
}
