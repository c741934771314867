import { Injectable } from '@nestjs/common';
import { DAY, type Instant, SECOND } from '../calendar/civil-time.js';
import { busyTime, type PendingPolicy } from '../calendar/free-busy.js';
import { type Interval, span } from '../calendar/interval.js';
import { type IntervalSet, intersect } from '../calendar/interval-set.js';
import { timeZone } from '../calendar/time-zone.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { formatInstant } from '../common/instant.js';
import { DirectoryService } from '../users/directory.service.js';
import { UsersService } from '../users/users.service.js';
import { type AttendedEvent, takenTime } from './attended-event.js';
import { CalendarsService } from './calendars.service.js';
import { type EventOccurrence, OccurrencesService } from './occurrences.service.js';
import { CONFLICT_HORIZON_DAYS, type ConflictPolicy, MAX_CONFLICTS } from './scheduling-limits.js';
import { repeats, seriesStart } from './series.js';

/** Time of a user that an event takes although something else takes it already. It tells no more than free/busy. */
export interface Conflict extends Interval {
  readonly userId: number;
}

type TimeByUser = ReadonlyMap<number, IntervalSet>;

/** Books the time of attendees, and knows where it was taken. */
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
   * What else takes the time of an event, or of one of its occurrences, that was just saved in the running
   * transaction; by time, the first `MAX_CONFLICTS`. Bookings of the same user wait for each other until they are
   * committed, so that of those made at once each sees the ones before. A series is looked at for
   * `CONFLICT_HORIZON_DAYS` from its first occurrence, and from now on when it has begun. The policy `reject` counts
   * unanswered invitations as taken time, a user who allows no double booking does not.
   * @throws {DomainError} conflict `time_taken`, where the policy or a user whose time it is does not allow it
   */
  async book(
    event: AttendedEvent,
    policy: ConflictPolicy,
    occurrence?: EventOccurrence,
  ): Promise<readonly Conflict[]> {
    const taken = this.timeTakenBy(event, occurrence);
    const rejecting = await this.users.lockForBooking(userIdsOf(taken));
    const conflicts = await this.conflictsWith(event.id, taken);
    const refused =
      policy === 'reject' ? conflicts : await this.doubleBookings(event.id, taken, conflicts, rejecting);
    if (refused.length > 0) throw timeTaken(inOrder(await this.visible(refused)));
    return inOrder(await this.visible(conflicts));
  }

  /**
   * Books the time of an attendee who has just accepted, or answered with maybe, in the running transaction.
   * @param event as it concerns this attendee alone
   * @throws {DomainError} conflict `time_taken`, if the attendee does not allow double booking
   */
  async bookAnswer(event: AttendedEvent, occurrence?: EventOccurrence): Promise<void> {
    const userIds = event.participants.map(({ userId }) => userId);
    const rejecting = await this.users.lockRejecting(userIds);
    if (rejecting.size === 0) return;
    const taken = this.timeTakenBy(event, occurrence);
    const refused = await this.conflictsWith(event.id, taken, 'answered');
    if (refused.length > 0) throw timeTaken(inOrder(await this.visible(refused)));
  }

  /** The same for an event whose time nobody has to be kept from. */
  async of(event: AttendedEvent): Promise<readonly Conflict[]> {
    return inOrder(await this.visible(await this.conflictsWith(event.id, this.timeTakenBy(event))));
  }

  /** Those of users whom the current actor sees: conflicts tell as much as free/busy does. */
  private async visible(conflicts: readonly Conflict[]): Promise<readonly Conflict[]> {
    if (conflicts.length === 0) return conflicts;
    const visible = await this.directory.visible(conflicts.map(({ userId }) => userId));
    return conflicts.filter(({ userId }) => visible.has(userId));
  }

  /** For each window looked at the time that is taken, of the users from whom any is. */
  private timeTakenBy(event: AttendedEvent, occurrence?: EventOccurrence): TimeByUser[] {
    if (occurrence !== undefined) return [normalised(takenTime(event, [occurrence], 'busy'), occurrence)];
    return this.windowsOf(event).map((window) =>
      normalised(takenTime(event, this.occurrences.allInWindow(event, window), 'busy'), window),
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

  /**
   * The conflicts of users who allow no double booking. Their unanswered invitations do not count: otherwise anybody
   * could keep them out of their own calendar.
   */
  private async doubleBookings(
    eventId: number,
    taken: readonly TimeByUser[],
    conflicts: readonly Conflict[],
    rejecting: ReadonlySet<number>,
  ): Promise<Conflict[]> {
    const suspects = new Set(conflicts.map(({ userId }) => userId).filter((userId) => rejecting.has(userId)));
    if (suspects.size === 0) return [];
    const ofSuspects = taken.map((byUser) => new Map([...byUser].filter(([userId]) => suspects.has(userId))));
    return this.conflictsWith(eventId, ofSuspects, 'answered');
  }

  private async conflictsWith(
    eventId: number,
    taken: readonly TimeByUser[],
    pending: PendingPolicy = 'busy',
  ): Promise<Conflict[]> {
    const conflicts: Conflict[] = [];
    for (const byUser of taken) conflicts.push(...(await this.conflictsOf(eventId, byUser, pending)));
    return conflicts;
  }

  private async conflictsOf(
    eventId: number,
    takenByUser: TimeByUser,
    pending: PendingPolicy,
  ): Promise<Conflict[]> {
    if (takenByUser.size === 0) return [];
    const intervals = [...takenByUser.values()].flat();
    const window = intervals.reduce((all, interval) => span(all, interval));
    const { busy } = await this.calendars.inWindow([...takenByUser.keys()], window, pending, eventId);
    return [...takenByUser].flatMap(([userId, taken]) =>
      intersect(taken, busy.get(userId) ?? []).map(({ start, end }) => ({ userId, start, end })),
    );
  }
}

function userIdsOf(taken: readonly TimeByUser[]): number[] {
  return [...new Set(taken.flatMap((byUser) => [...byUser.keys()]))];
}

function normalised(byUser: ReadonlyMap<number, readonly Interval[]>, window: Interval): TimeByUser {
  const sets = [...byUser].map(([userId, taken]) => [userId, busyTime([taken], window)] as const);
  return new Map(sets.filter(([, set]) => set.length > 0));
}

function horizonFrom(start: Instant): Interval {
  return { start, end: start + CONFLICT_HORIZON_DAYS * DAY };
}

function inOrder(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted((a, b) => a.start - b.start || a.userId - b.userId).slice(0, MAX_CONFLICTS);
}

function timeTaken(conflicts: readonly Conflict[]): DomainError {
  const errors = conflicts.map(({ userId, start, end }) => ({
    field: 'start_date',
    message: `user ${userId} is busy from ${formatInstant(start)} to ${formatInstant(end)}`,
  }));
  const detail = errors.length > 0 ? `${errors[0].message}.` : 'The time of an attendee is taken.';
  return new DomainError('conflict', 'time_taken', detail, errors);
}
