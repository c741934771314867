import { Injectable } from '@nestjs/common';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CivilTime } from '../../calendar/time/civil-time.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import type { DomainError } from '../../errors/domain-error.js';
import { type NameRefusal, UNNAMED } from '../../errors/name-refusal.js';
import { Clock } from '../../platform/clock/clock.js';
import { type LockedUsers, UsersService } from '../../users/read/users.service.js';
import type { BusyOccurrence } from '../calendars/attended-event.js';
import { repeats } from '../occurrences/series-record.js';
import type { BookableEvent } from './bookable-event.js';
import type { Booking, TimedBooking } from './booking.js';
import { type BookingCheck, BookingRefusals } from './booking-refusals.js';
import { ConflictSearch } from './conflict-search.js';
import { roomClosedError, timeTakenError } from './conflicts/conflict.js';
import { earlier, type FoundConflicts, inWholeSeconds } from './conflicts/searched-series.js';
import { userIdsOfSeries } from './conflicts/series-time.js';
import { MoreTime } from './more-time.js';
import { closedTime, type Rooms } from './room-time.js';
import { SharedConflicts } from './shared-conflicts.js';
import { ShownConflicts } from './shown-conflicts.js';
import { SkippedOccurrencesFinder } from './skipped-occurrences.js';
import { ofUsers, userIdsOf } from './time-by-user.js';
import { TimeOfAttendees } from './time-of-attendees.js';

/** No event has this id, so an interval is in conflict with all events. */
const NO_EVENT = 0;

/** The occurrences that a booking leaves out. */
export interface SkippedStarts {
  /** The civil original starts. */
  readonly starts: ReadonlySet<CivilTime>;
  /** The refusal of a booking that no occurrence is left of. */
  readonly refusal: () => Promise<DomainError>;
}

/** Books the time of attendees, and finds conflicts. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly users: UsersService,
    private readonly userCalendars: UserCalendarsService,
    private readonly search: ConflictSearch,
    private readonly refusals: BookingRefusals,
    private readonly skipped: SkippedOccurrencesFinder,
    private readonly shown: ShownConflicts,
    private readonly shared: SharedConflicts,
    private readonly taken: TimeOfAttendees,
    private readonly moreTime: MoreTime,
    private readonly clock: Clock,
  ) {}

  /**
   * Books the time of events that the running transaction has just saved, after all of them are saved. Gives the first
   * `MAX_CONFLICTS` conflicts of each, by time. Bookings of one user wait for each other until they are committed, so that
   * each sees the bookings before it.
   *
   * If a conflict would refuse the booking of a series, the service compares all of its occurrences, however far, as long as
   * `MAX_COMPARED_STARTS` allows. Otherwise it searches `CONFLICT_HORIZON_DAYS` from the first occurrence and, if the series
   * has begun, from now. With the policy `reject`, unanswered invitations count as busy time. For a user who allows no double
   * booking, they do not count. Of a room, a booking takes only time in which the room is open and has no other event,
   * answered or not; time that is over, and time that the event took before, is not checked.
   * @throws {DomainError} conflict `time_taken`, of the first booking whose policy or attendee allows no conflict
   */
  async bookAll(bookings: readonly Booking[], name: NameRefusal): Promise<FoundConflicts[]> {
    const timed = await this.timed(bookings);
    const locked = await this.lock(timed);
    const checks = await this.refusals.of(timed, locked);
    const first = checks.findIndex(isRefused);
    if (first !== -1) throw name(first, await this.refusal(checks[first], locked.rooms));
    const shown = await this.shown.of(timed, checks);
    return shown.map(({ conflicts, checkedUntil }, index) => ({
      conflicts,
      checkedUntil: inWholeSeconds(earlier(checkedUntil, checks[index].checkedUntil)),
    }));
  }

  /** Locks all users whom `bookAll` locks, in the same order. */
  async lockAll(bookings: readonly Booking[]): Promise<void> {
    await this.lock(await this.timed(bookings));
  }

  /**
   * The occurrences that a booking with the policy `skip` leaves out, under the locks of `lockAll`. `bookAll` has to check the
   * booking after its event lost them.
   * @throws {DomainError} conflict `time_taken`, if the conflicts have no end, or are more than `MAX_SKIPPED_OCCURRENCES`
   */
  async skippedBy(booking: Booking): Promise<SkippedStarts> {
    const [timed] = await this.timed([booking]);
    const locked = await this.lock([timed]);
    const skipped = await this.skipped.of(timed, locked);
    if (skipped.isTooMany) throw await this.refusal(skipped, locked.rooms);
    return { starts: skipped.starts, refusal: async () => this.refusal(skipped, locked.rooms) };
  }

  /**
   * Locks users, as a booking does, and expects all of them to be free during an interval, and the rooms among them to be open.
   * Unanswered invitations count as busy time.
   * @throws {DomainError} conflict `time_taken`
   */
  async expectFree(userIds: readonly number[], interval: Interval): Promise<void> {
    const locked = await this.users.lockForBooking(userIds);
    const taken = [new Map(userIds.map((id) => [id, [interval]]))];
    const closed = closedTime(taken, locked.rooms);
    if (closed.length > 0) throw roomClosedError(closed);
    const searched = { eventId: NO_EVENT, taken, pending: 'busy' as const };
    const [refused] = await this.search.conflictsOf([searched]);
    const conflictsOf = async (some: ReadonlySet<number>, exceptCalendarIds: readonly number[]) => {
      const [shown] = await this.search.conflictsOf(
        [{ ...searched, taken: ofUsers(some, taken) }],
        exceptCalendarIds,
      );
      return shown;
    };
    if (refused.length > 0) throw timeTakenError(await this.shared.of(refused, conflictsOf), locked.rooms);
  }

  /**
   * Books the time of an attendee who has just accepted, or tentatively accepted, in the running transaction.
   * @param event reads the event with this attendee only
   * @throws {DomainError} conflict `time_taken`, if the attendee does not allow double booking
   */
  async bookAnswer(
    userId: number,
    occurrence: BusyOccurrence | undefined,
    event: () => Promise<BookableEvent>,
  ): Promise<void> {
    const locked = await this.users.lockRejecting([userId]);
    if (locked.rejecting.size === 0) return;
    const timed = await this.timed([{ event: await event(), policy: 'allow', occurrence }]);
    const [check] = await this.refusals.of(timed, locked);
    if (isRefused(check)) throw await this.refusal(check, locked.rooms);
  }

  /**
   * The rooms of which events take time that they did not take before, in the order of the changes. Time that is over does not
   * count. Books nothing.
   */
  async roomsNewlyTaken(
    changes: readonly Pick<Booking, 'event' | 'held'>[],
    roomIds: readonly number[],
  ): Promise<ReadonlySet<number>[]> {
    const { rooms } = await this.users.lockForBooking(roomIds);
    const inBusyCalendars = await this.inBusyCalendars(
      changes.flatMap(({ event, held }) => [event, held ?? []].flat()),
    );
    const now = this.clock.now().getTime();
    const ids = new Set(rooms.keys());
    return changes.map(({ event, held }) =>
      this.moreTime.of(inBusyCalendars(event), held ? inBusyCalendars(held) : null, ids, now),
    );
  }

  /** Finds the conflicts that bookings of events would give, in their order, and books nothing. */
  async findAll(events: readonly BookableEvent[]): Promise<FoundConflicts[]> {
    return this.bookAll(
      events.map((event) => ({ event, policy: null })),
      UNNAMED,
    );
  }

  /** The bookings with the time of those attendees alone whose calendar of the event counts as busy. */
  private async timed(bookings: readonly Booking[]): Promise<TimedBooking[]> {
    const inBusyCalendars = await this.inBusyCalendars(
      bookings.flatMap(({ event, held }) => [event, held ?? []].flat()),
    );
    return bookings.map((given) => {
      const booking = {
        ...given,
        event: inBusyCalendars(given.event),
        held: given.held && inBusyCalendars(given.held),
      };
      const { event, occurrence, policy, userIds } = booking;
      const isSeries = occurrence === undefined && repeats(event);
      const taken = this.taken.of(event, occurrence);
      const series = isSeries ? this.taken.ofSeries(event) : null;
      const busyIds = policy === null ? [] : series === null ? userIdsOf(taken) : userIdsOfSeries(series);
      const bookedIds = new Set(userIds === undefined ? busyIds : busyIds.filter((id) => userIds.has(id)));
      return {
        booking,
        taken,
        takenUntil: isSeries ? this.taken.takenUntil(event) : null,
        series,
        bookedIds,
      };
    });
  }

  private async lock(timed: readonly TimedBooking[]): Promise<LockedUsers> {
    return this.users.lockForBooking([...new Set(timed.flatMap(({ bookedIds }) => [...bookedIds]))]);
  }

  private async inBusyCalendars(
    events: readonly BookableEvent[],
  ): Promise<(event: BookableEvent) => BookableEvent> {
    const userIds = new Set(events.flatMap(({ attendees }) => attendees.map(({ userId }) => userId)));
    const notBusy = await this.userCalendars.notBusyOf([...userIds]);
    if (notBusy.size === 0) return (event) => event;
    return (event) => ({
      ...event,
      attendees: event.attendees.filter(({ calendarId }) => calendarId === null || !notBusy.has(calendarId)),
    });
  }

  private async refusal(
    { closed, conflicts, conflictsOf }: Pick<BookingCheck, 'closed' | 'conflicts' | 'conflictsOf'>,
    rooms: Rooms,
  ): Promise<DomainError> {
    if (closed.length > 0) return roomClosedError(closed);
    return timeTakenError(await this.shared.of(conflicts, conflictsOf), rooms);
  }
}

function isRefused({ closed, conflicts }: BookingCheck): boolean {
  return closed.length + conflicts.length > 0;
}
