import { Injectable } from '@nestjs/common';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { type NameRefusal, UNNAMED } from '../../errors/name-refusal.js';
import { Clock } from '../../platform/clock/clock.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type BusyOccurrence, byZoneOfAttendees } from '../calendars/attended-event.js';
import type { BookableEvent } from './bookable-event.js';
import { type Conflict, roomClosedError, type TimeByUser, timeTakenError } from './conflict.js';
import type { ConflictPolicy } from './conflict-policy.js';
import { ConflictSearch, type SearchedTime } from './conflict-search.js';
import { refusingTime } from './refusing-time.js';
import { closedTime, newlyTaken } from './room-time.js';
import { joined, ofUsers, userIdsOf } from './time-by-user.js';
import { TimeOfAttendees } from './time-of-attendees.js';

/** No event has this id, so an interval is in conflict with all events. */
const NO_EVENT = 0;

/** The time of an event to book in the running transaction, which has just saved the event. */
export interface Booking {
  readonly event: BookableEvent;
  /** Null: nothing is booked, and the conflicts are found only. */
  readonly policy: ConflictPolicy | null;
  /** The occurrence to book; absent: the whole event. */
  readonly occurrence?: BusyOccurrence;
  /** The attendees whose time is booked; absent: all. */
  readonly userIds?: ReadonlySet<number>;
  /** The event before the change; null: it is new. The time that it took of rooms is not booked again. */
  readonly held?: BookableEvent | null;
  /** The attendees whose conflicts are found besides; absent: all. */
  readonly shownUserIds?: ReadonlySet<number>;
}

/** The part of the time of users that an actor sees. */
interface SharedTime {
  /** The users whose time is not hidden as a whole. */
  readonly userIds: ReadonlySet<number>;
  readonly hiddenCalendarIds: readonly number[];
}

/** Books the time of attendees, and finds conflicts. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly users: UsersService,
    private readonly userCalendars: UserCalendarsService,
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
    private readonly search: ConflictSearch,
    private readonly taken: TimeOfAttendees,
    private readonly clock: Clock,
  ) {}

  /**
   * Books the time of events that the running transaction has just saved, after all of them are saved. Gives the first
   * `MAX_CONFLICTS` conflicts of each, by time. Bookings of one user wait for each other until they are committed, so that
   * each sees the bookings before it. The conflicts of a series are detected for `CONFLICT_HORIZON_DAYS` from its first
   * occurrence and, if the series has begun, from now. With the policy `reject`, unanswered invitations count as busy
   * time. For a user who allows no double booking, they do not count. Of a room, a booking takes only time in which the
   * room is open and has no other event, answered or not; time that is over, and time that the event took before, is not
   * checked.
   * @throws {DomainError} conflict `time_taken`, of the first booking whose policy or attendee allows no conflict
   */
  async bookAll(bookings: readonly Booking[], name: NameRefusal): Promise<(readonly Conflict[])[]> {
    const events = await this.inBusyCalendars(bookings.map(({ event }) => event));
    const timed = bookings.map((booking, index) => {
      const taken = this.taken.of(events[index], booking.occurrence);
      const booked = booking.policy === null ? [] : ofUsers(booking.userIds ?? null, taken);
      const concerned = ofUsers(booking.shownUserIds ?? null, taken);
      return { eventId: booking.event.id, policy: booking.policy, taken: concerned, booked };
    });
    const locked = await this.users.lockForBooking(userIdsOf(timed.flatMap(({ booked }) => booked)));
    const { rejecting, rooms } = locked;
    const held =
      rooms.size === 0
        ? []
        : await this.heldTime(
            bookings,
            timed.map(({ booked }) => booked),
          );
    const newly = timed.map((time, index) => ({
      ...time,
      booked: newlyTaken(time.booked, held[index] ?? [], rooms, this.clock.now().getTime()),
    }));
    const closed = newly.map(({ booked }) => closedTime(booked, rooms));
    const refusing = newly.map((time) => refusingTime(time, rejecting));
    const refused = await this.search.conflictsOf(refusing);
    const first = refused.findIndex((conflicts, index) => conflicts.length + closed[index].length > 0);
    if (first !== -1) {
      if (closed[first].length > 0) throw name(first, roomClosedError(closed[first]));
      throw name(first, timeTakenError(await this.shownOf(refusing[first], refused[first]), rooms));
    }
    const shown = timed.map(({ policy, taken }) => (policy === 'reject' ? [] : taken));
    const shared = await this.sharedOf(userIdsOf(shown.flat()));
    return this.search.conflictsOf(
      timed.map(({ eventId }, index) => ({
        eventId,
        taken: ofUsers(shared.userIds, shown[index]),
        pending: 'busy',
      })),
      shared.hiddenCalendarIds,
    );
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
    if (refused.length > 0) throw timeTakenError(await this.shownOf(searched, refused), locked.rooms);
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
    const { rejecting, rooms } = await this.users.lockRejecting([userId]);
    if (rejecting.size === 0) return;
    const [attended] = await this.inBusyCalendars([await event()]);
    const taken = newlyTaken(this.taken.of(attended, occurrence), [], rooms, this.clock.now().getTime());
    const closed = closedTime(taken, rooms);
    if (closed.length > 0) throw roomClosedError(closed);
    const searched = { eventId: attended.id, taken, pending: 'answered' as const };
    const [refused] = await this.search.conflictsOf([searched]);
    if (refused.length > 0) throw timeTakenError(await this.shownOf(searched, refused), rooms);
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
    const events = await this.inBusyCalendars(changes.map(({ event }) => event));
    const taken = events.map((event) => ofUsers(new Set(rooms.keys()), this.taken.of(event)));
    const held = await this.heldTime(changes, taken);
    const now = this.clock.now().getTime();
    return taken.map((time, index) => new Set(userIdsOf(newlyTaken(time, held[index] ?? [], rooms, now))));
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

  /** Those of the conflicts that free/busy would reveal to the current actor. */
  private async shownOf(
    searched: SearchedTime,
    conflicts: readonly Conflict[],
  ): Promise<readonly Conflict[]> {
    const { userIds, hiddenCalendarIds } = await this.sharedOf(conflicts.map(({ userId }) => userId));
    if (hiddenCalendarIds.length === 0) return conflicts.filter(({ userId }) => userIds.has(userId));
    // An interval may be hidden in part.
    const taken = ofUsers(userIds, searched.taken);
    const [shown] = await this.search.conflictsOf([{ ...searched, taken }], hiddenCalendarIds);
    return shown;
  }

  /** Those of the users whose free/busy the current actor sees, and the calendars that it leaves out. */
  private async sharedOf(userIds: readonly number[]): Promise<SharedTime> {
    const visible = await this.directory.timesVisible(userIds);
    const hidden = await this.access.hiddenOf([...visible]);
    return {
      userIds: new Set([...visible].filter((id) => !hidden.get(id)?.all)),
      hiddenCalendarIds: [...hidden.values()].flatMap(({ calendarIds }) => calendarIds),
    };
  }

  /** The time that the events took before, while they take time now. Floating days are in the zone of each attendee. */
  private async heldTime(
    bookings: readonly Pick<Booking, 'held'>[],
    booked: readonly (readonly TimeByUser[])[],
  ): Promise<(readonly TimeByUser[])[]> {
    const before = await this.inBusyCalendars(bookings.flatMap(({ held }) => held ?? []));
    const next = before.values();
    return bookings.map(({ held }, index) => {
      const event = held ? next.next().value : undefined;
      if (event === undefined) return [];
      const inZones = byZoneOfAttendees(event);
      return booked[index].map((byUser) => {
        const taken = [...byUser.values()].flat();
        if (taken.length === 0) return new Map();
        const window = taken.reduce(span, taken[0]);
        return joined(inZones.map((inZone) => this.taken.within(window, inZone)));
      });
    });
  }
}
