import { Injectable } from '@nestjs/common';
import { BusyTimeInParts, busyTime, type PendingPolicy } from '../../calendar/availability/free-busy.js';
import { partsOf } from '../../calendar/availability/nearest-free-intervals.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, intersect } from '../../calendar/intervals/interval-set.js';
import { DAY, type Instant, SECOND } from '../../calendar/time/civil-time.js';
import { formatInstant } from '../../calendar/time/instant.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { DomainError } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { type AttendedEvent, type BusyOccurrence, busyOccurrencesOf } from '../calendars/attended-event.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { OccurrencesService } from '../occurrences/occurrences.service.js';
import { repeats, seriesStart } from '../occurrences/series-record.js';
import { CONFLICT_HORIZON_DAYS, MAX_CONFLICTS } from './conflict-limits.js';
import type { ConflictPolicy } from './conflict-policy.js';

/** An interval in which a user is busy with two events. A conflict reveals no more than free/busy. */
export interface Conflict extends Interval {
  readonly userId: number;
}

type TimeByUser = ReadonlyMap<number, IntervalSet>;

/** Books the time of attendees, and finds conflicts. */
@Injectable()
export class ConflictsService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly calendars: CalendarsService,
    private readonly occurrences: OccurrencesService,
    private readonly clock: Clock,
  ) {}

  /**
   * Books the time of an event, or of one of its occurrences, that the running transaction has just saved. Gives the
   * first `MAX_CONFLICTS` conflicts, by time. Bookings of one user wait for each other until they are committed, so that
   * each sees the bookings before it. The conflicts of a series are detected for `CONFLICT_HORIZON_DAYS` from its first
   * occurrence and, if the series has begun, from now. With the policy `reject`, unanswered invitations count as busy
   * time. For a user who allows no double booking, they do not count.
   * @throws {DomainError} conflict `time_taken`, if the policy or an attendee allows no conflict
   */
  async book(
    event: AttendedEvent,
    policy: ConflictPolicy,
    occurrence?: BusyOccurrence,
  ): Promise<readonly Conflict[]> {
    const booked = this.bookedTime(event, occurrence);
    const rejecting = await this.users.lockForBooking(userIdsOf(booked));
    // Unanswered invitations do not count: otherwise any organizer could block the calendars of these users.
    const refused =
      policy === 'reject'
        ? await this.conflictsWith(event.id, booked, 'busy')
        : await this.conflictsWith(event.id, ofUsers(rejecting, booked), 'answered');
    if (refused.length > 0) throw timeTakenError(await this.visibleAmong(refused));
    return policy === 'reject' ? [] : this.visibleConflicts(event.id, booked);
  }

  /**
   * Books the time of an attendee who has just accepted, or tentatively accepted, in the running transaction.
   * @param event reads the event with this attendee only
   * @throws {DomainError} conflict `time_taken`, if the attendee does not allow double booking
   */
  async bookAnswer(
    userId: number,
    occurrence: BusyOccurrence | undefined,
    event: () => Promise<AttendedEvent>,
  ): Promise<void> {
    const rejecting = await this.users.lockRejecting([userId]);
    if (rejecting.size === 0) return;
    const attended = await event();
    const refused = await this.conflictsWith(attended.id, this.bookedTime(attended, occurrence), 'answered');
    if (refused.length > 0) throw timeTakenError(await this.visibleAmong(refused));
  }

  /** Finds the conflicts that `book` would give, and books nothing. */
  async find(event: AttendedEvent): Promise<readonly Conflict[]> {
    return this.visibleConflicts(event.id, this.bookedTime(event));
  }

  /** The first conflicts of the users whom the current actor sees: a conflict reveals as much as free/busy does. */
  private async visibleConflicts(
    eventId: number,
    booked: readonly TimeByUser[],
  ): Promise<readonly Conflict[]> {
    const visible = await this.directory.visible(userIdsOf(booked));
    return this.conflictsWith(eventId, ofUsers(visible, booked), 'busy');
  }

  private async visibleAmong(conflicts: readonly Conflict[]): Promise<readonly Conflict[]> {
    const visible = await this.directory.visible(conflicts.map(({ userId }) => userId));
    return conflicts.filter(({ userId }) => visible.has(userId));
  }

  /** The time that the event books of each user, by window. A user who is never busy with the event is left out. */
  private bookedTime(event: AttendedEvent, occurrence?: BusyOccurrence): TimeByUser[] {
    if (occurrence !== undefined)
      return [normalised(busyOccurrencesOf(event, [occurrence], 'busy'), occurrence)];
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

  /** The first `MAX_CONFLICTS`, by time. */
  private async conflictsWith(
    eventId: number,
    booked: readonly TimeByUser[],
    pending: PendingPolicy,
  ): Promise<readonly Conflict[]> {
    let conflicts: readonly Conflict[] = [];
    for (const byUser of booked) {
      if (conflicts.length === MAX_CONFLICTS) break;
      conflicts = firstInOrder(conflicts.concat(await this.conflictsOf(eventId, byUser, pending)));
    }
    return conflicts;
  }

  /** Reads the calendars in order of time, until there are enough conflicts. */
  private async conflictsOf(
    eventId: number,
    bookedByUser: TimeByUser,
    pending: PendingPolicy,
  ): Promise<readonly Conflict[]> {
    if (bookedByUser.size === 0) return [];
    const userIds = [...bookedByUser.keys()];
    const window = [...new Set(bookedByUser.values())].flat().reduce((all, interval) => span(all, interval));
    const calendars = await this.calendars.read(userIds, window, pending, eventId);
    const found = new Map(userIds.map((userId) => [userId, new BusyTimeInParts()]));
    let first: readonly Conflict[] = [];
    for (const part of partsOf(window, calendars.partLength)) {
      const busy = await calendars.busyIn(part);
      for (const [userId, time] of bookedByUser)
        found.get(userId)?.append(intersect(clip(time, part), busy.get(userId) ?? []));
      first = firstInOrder(
        [...found].flatMap(([userId, { set }]) => set.map(({ start, end }) => ({ userId, start, end }))),
      );
      // A conflict that reaches the end of the part may continue in the next one.
      if (first.length === MAX_CONFLICTS && first.every(({ end }) => end < part.end)) break;
    }
    return first;
  }
}

/** The time of these users only. */
function ofUsers(userIds: ReadonlySet<number>, booked: readonly TimeByUser[]): TimeByUser[] {
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

function firstInOrder(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted((a, b) => a.start - b.start || a.userId - b.userId).slice(0, MAX_CONFLICTS);
}

function timeTakenError(conflicts: readonly Conflict[]): DomainError {
  const errors = conflicts.map(({ userId, start, end }) => ({
    field: 'start',
    message: `user ${userId} is busy from ${formatInstant(start)} to ${formatInstant(end)}`,
  }));
  const detail = errors.length > 0 ? `${errors[0].message}.` : 'An attendee is busy at that time.';
  return new DomainError('conflict', 'time_taken', detail, errors);
}
