import { Injectable } from '@nestjs/common';
import { busyTime } from '../../calendar/availability/free-busy.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import type { IntervalSet } from '../../calendar/intervals/interval-set.js';
import { DAY, formatCivilTime, type Instant, SECOND } from '../../calendar/time/civil-time.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { type NameRefusal, UNNAMED } from '../../errors/name-refusal.js';
import { Clock } from '../../platform/clock/clock.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import {
  type AttendedEvent,
  type BusyOccurrence,
  busyOccurrencesOf,
  byZoneOfAttendees,
} from '../calendars/attended-event.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { repeats, seriesStart } from '../occurrences/series-record.js';
import type { BookableEvent } from './bookable-event.js';
import { type Conflict, type TimeByUser, timeTakenError } from './conflict.js';
import { CONFLICT_HORIZON_DAYS } from './conflict-limits.js';
import type { ConflictPolicy } from './conflict-policy.js';
import { ConflictSearch } from './conflict-search.js';

/** The time of an event to book in the running transaction, which has just saved the event. */
export interface Booking {
  readonly event: BookableEvent;
  /** Null: nothing is booked, and the conflicts are found only. */
  readonly policy: ConflictPolicy | null;
  /** The occurrence to book; absent: the whole event. */
  readonly occurrence?: BusyOccurrence;
  /** The attendees whose time is booked; absent: all. */
  readonly userIds?: ReadonlySet<number>;
}

/** Books the time of attendees, and finds conflicts. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly users: UsersService,
    private readonly userCalendars: UserCalendarsService,
    private readonly directory: DirectoryService,
    private readonly search: ConflictSearch,
    private readonly occurrences: OccurrencesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Books the time of events that the running transaction has just saved, after all of them are saved. Gives the first
   * `MAX_CONFLICTS` conflicts of each, by time. Bookings of one user wait for each other until they are committed, so that
   * each sees the bookings before it. The conflicts of a series are detected for `CONFLICT_HORIZON_DAYS` from its first
   * occurrence and, if the series has begun, from now. With the policy `reject`, unanswered invitations count as busy
   * time. For a user who allows no double booking, they do not count.
   * @throws {DomainError} conflict `time_taken`, of the first booking whose policy or attendee allows no conflict
   */
  async bookAll(bookings: readonly Booking[], name: NameRefusal): Promise<(readonly Conflict[])[]> {
    const events = await this.inBusyCalendars(bookings.map(({ event }) => event));
    const timed = bookings.map((booking, index) => {
      const taken = this.takenTime(events[index], booking.occurrence);
      const booked = booking.policy === null ? [] : ofUsers(booking.userIds ?? null, taken);
      return { eventId: booking.event.id, policy: booking.policy, taken, booked };
    });
    const rejecting = await this.users.lockForBooking(userIdsOf(timed.flatMap(({ booked }) => booked)));
    // Unanswered invitations do not count: otherwise any organizer could block the calendars of these users.
    const refused = await this.search.conflictsOf(
      timed.map(({ eventId, policy, booked }) =>
        policy === 'reject'
          ? { eventId, taken: booked, pending: 'busy' }
          : { eventId, taken: ofUsers(rejecting, booked), pending: 'answered' },
      ),
    );
    const first = refused.findIndex((conflicts) => conflicts.length > 0);
    if (first !== -1) throw name(first, timeTakenError(await this.visibleAmong(refused[first])));
    const shown = timed.map(({ policy, taken }) => (policy === 'reject' ? [] : taken));
    const visible = await this.directory.visible(userIdsOf(shown.flat()));
    return this.search.conflictsOf(
      timed.map(({ eventId }, index) => ({
        eventId,
        taken: ofUsers(visible, shown[index]),
        pending: 'busy',
      })),
    );
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
    const rejecting = await this.users.lockRejecting([userId]);
    if (rejecting.size === 0) return;
    const [attended] = await this.inBusyCalendars([await event()]);
    const taken = this.takenTime(attended, occurrence);
    const [refused] = await this.search.conflictsOf([{ eventId: attended.id, taken, pending: 'answered' }]);
    if (refused.length > 0) throw timeTakenError(await this.visibleAmong(refused));
  }

  /** Finds the conflicts that bookings of events would give, in their order, and books nothing. */
  async findAll(events: readonly BookableEvent[]): Promise<(readonly Conflict[])[]> {
    return this.bookAll(
      events.map((event) => ({ event, policy: null })),
      UNNAMED,
    );
  }

  /** The events with those of their attendees alone whose calendar of the event counts as busy. */
  private async inBusyCalendars(events: readonly BookableEvent[]): Promise<BookableEvent[]> {
    const userIds = new Set(events.flatMap(({ attendees }) => attendees.map(({ userId }) => userId)));
    const notBusy = await this.userCalendars.notBusyOf([...userIds]);
    if (notBusy.size === 0) return [...events];
    return events.map((event) => ({
      ...event,
      attendees: event.attendees.filter(({ calendarId }) => calendarId === null || !notBusy.has(calendarId)),
    }));
  }

  private async visibleAmong(conflicts: readonly Conflict[]): Promise<readonly Conflict[]> {
    const visible = await this.directory.visible(conflicts.map(({ userId }) => userId));
    return conflicts.filter(({ userId }) => visible.has(userId));
  }

  /** The time that the event takes of each user, by window. A user who is never busy with the event is left out. */
  private takenTime(event: AttendedEvent, occurrence?: BusyOccurrence): TimeByUser[] {
    const taken: Map<number, IntervalSet>[] = [];
    for (const inZone of byZoneOfAttendees(event)) {
      for (const [window, byUser] of this.takenInZone(inZone, occurrence).entries()) {
        taken[window] ??= new Map();
        for (const [userId, set] of byUser) taken[window].set(userId, set);
      }
    }
    return taken;
  }

  /** @param occurrence in the zone of the event, or in another one if the days float */
  private takenInZone(event: AttendedEvent, occurrence: BusyOccurrence | undefined): TimeByUser[] {
    if (occurrence !== undefined) {
      const key = formatCivilTime(occurrence.originalCivilStart);
      const own = event.floating ? this.occurrences.withKey(event, key) : occurrence;
      return own === null ? [] : [normalised(busyOccurrencesOf(event, [own], 'busy'), own)];
    }
    return this.windowsOf(event).map((window) =>
      normalised(busyOccurrencesOf(event, [...this.occurrences.eachInWindow(event, window)], 'busy'), window),
    );
  }

  private windowsOf(event: AttendedEvent): Interval[] {
    if (!repeats(event)) return [{ start: event.startAt.getTime(), end: (event.endAt as Date).getTime() }];
    const first = timeZone(event.timeZone).toInstant(seriesStart(event));
    const now = Math.floor(this.clock.now().getTime() / SECOND) * SECOND;
    const fromStart = horizonFrom(first);
    if (now <= first) return [fromStart];
    return now < fromStart.end ? [span(fromStart, horizonFrom(now))] : [fromStart, horizonFrom(now)];
  }
}

/** The time of these users only; null: of all. */
function ofUsers(userIds: ReadonlySet<number> | null, booked: readonly TimeByUser[]): readonly TimeByUser[] {
  if (userIds === null) return booked;
  return booked.map((byUser) => new Map([...byUser].filter(([userId]) => userIds.has(userId))));
}

function userIdsOf(booked: readonly TimeByUser[]): number[] {
  return [...new Set(booked.flatMap((byUser) => [...byUser.keys()]))];
}

/** Makes one set for all users who are busy at the same occurrences. */
function normalised(byUser: ReadonlyMap<number, readonly Interval[]>, window: Interval): TimeByUser {
  const lists = new Set(byUser.values());
  const setOf = new Map([...lists].map((list) => [list, busyTime([list], window)]));
  const sets = [...byUser].map(([userId, list]) => [userId, setOf.get(list) ?? []] as const);
  return new Map(sets.filter(([, set]) => set.length > 0));
}

function horizonFrom(start: Instant): Interval {
  return { start, end: start + CONFLICT_HORIZON_DAYS * DAY };
}
