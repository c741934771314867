import { Injectable } from '@nestjs/common';
import { occurrencesIn } from '../../calendar/recurrence/series/recurrence-set.js';
import type { CivilTime } from '../../calendar/time/civil-time.js';
import { Clock } from '../../platform/clock/clock.js';
import type { LockedUsers } from '../../users/read/users.service.js';
import type { TimedBooking } from './booking.js';
import type { Conflict } from './conflicts/conflict.js';
import { MAX_CONFLICTS } from './conflicts/conflict-limits.js';
import { type ConflictingStarts, SeriesConflicts } from './conflicts/series-conflicts.service.js';
import type { SeriesTime } from './conflicts/series-time.js';
import { RefusedTimes } from './refused-times.js';
import { closedTime } from './room-time.js';

/** The occurrences that a booking leaves out. */
export interface SkippedOccurrences extends ConflictingStarts {
  /** The first intervals in which a room is closed. */
  readonly closed: readonly Conflict[];
  /** The conflicts of some of the users, without some calendars. */
  readonly conflictsOf: (
    userIds: ReadonlySet<number>,
    exceptCalendarIds: readonly number[],
  ) => Promise<readonly Conflict[]>;
}

const NOTHING: SkippedOccurrences = {
  conflicts: [],
  closed: [],
  starts: new Set(),
  isTooMany: false,
  conflictsOf: async () => [],
};

/** Finds the occurrences that a booking with the policy `skip` leaves out, under the locks of the users. */
@Injectable()
export class SkippedOccurrencesFinder {
  constructor(
    private readonly times: RefusedTimes,
    private readonly series: SeriesConflicts,
    private readonly clock: Clock,
  ) {}

  /** The occurrences with a conflict, and those at which a room is closed. A booking of no series leaves out none. */
  async of(booking: TimedBooking, locked: LockedUsers): Promise<SkippedOccurrences> {
    const { series, taken } = this.times.of(booking, locked, this.clock.now().getTime());
    if (series === null) return NOTHING;
    const [{ conflicts, starts, isTooMany }] = await this.series.conflictingStarts([series]);
    const closed = closedTime(taken, locked.rooms);
    // A room that is closed at a series that goes on is closed at it again and again.
    const goesOn = booking.takenUntil !== null || closed.length === MAX_CONFLICTS;
    return {
      conflicts,
      closed,
      starts: new Set([...starts, ...closed.flatMap((each) => startsDuring(series.time, each))]),
      isTooMany: isTooMany || (closed.length > 0 && goesOn),
      conflictsOf: async (userIds, exceptCalendarIds) => {
        const some = new Set([...series.userIds].filter((id) => userIds.has(id)));
        const [found] = await this.series.conflictsOf([{ ...series, userIds: some }], exceptCalendarIds);
        return found.conflicts;
      },
    };
  }
}

function startsDuring({ groups }: SeriesTime, { userId, start, end }: Conflict): CivilTime[] {
  return groups
    .filter(({ userIds }) => userIds.includes(userId))
    .flatMap(({ busy }) =>
      [...occurrencesIn(busy.series, { start, end })].map(({ originalCivilStart }) => originalCivilStart),
    );
}
