import { Injectable } from '@nestjs/common';
import { DAY, type Instant, parseCivilTime, SECOND } from '../calendar/civil-time.js';
import { BusyTimeInParts, busyTime } from '../calendar/free-busy.js';
import { partsOf } from '../calendar/free-interval.js';
import { type Interval, span } from '../calendar/interval.js';
import { clip, type IntervalSet, intersect } from '../calendar/interval-set.js';
import { timeZone } from '../calendar/time-zone.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/domain-error.js';
import { formatInstant } from '../common/instant.js';
import { UsersService } from '../users/users.service.js';
import { type AttendedEvent, takenTime } from './attended-event.js';
import { CalendarsService } from './calendars.service.js';
import { type EventOccurrence, OccurrencesService } from './occurrences.service.js';
import { CONFLICT_HORIZON_DAYS, type ConflictPolicy, MAX_CONFLICTS } from './scheduling-limits.js';
import { repeats } from './series.js';

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
    private readonly calendars: CalendarsService,
    private readonly occurrences: OccurrencesService,
    private readonly clock: Clock,
  ) {}

  /**
   * What else takes the time of an event, or of one of its occurrences, that was just saved in the running
   * transaction; by time, the first `MAX_CONFLICTS`. Bookings of the same user wait for each other until they are
   * committed, so that of those made at once each sees the ones before. A series is looked at for
   * `CONFLICT_HORIZON_DAYS` from its first occurrence, and from now on when it has begun.
   * @throws {DomainError} conflict `time_taken`, where the policy or a user whose time it is does not allow it
   */
  async book(
    event: AttendedEvent,
    policy: ConflictPolicy,
    occurrence?: EventOccurrence,
  ): Promise<readonly Conflict[]> {
    const taken = this.timeTakenBy(event, occurrence);
    const rejecting = await this.users.lockForBooking(userIdsOf(taken));
    // If some users refuse a conflict and others do not, the conflicts of the others do not end the search.
    const decisive = policy === 'reject' || rejecting.size === 0 ? null : rejecting;
    const conflicts = await this.conflictsWith(event.id, taken, decisive);
    const refused = conflicts.filter(({ userId }) => policy === 'reject' || rejecting.has(userId));
    if (refused.length > 0) throw timeTaken(firstInOrder(refused));
    return firstInOrder(conflicts);
  }

  /** The same for an event whose time nobody has to be kept from. */
  async of(event: AttendedEvent): Promise<readonly Conflict[]> {
    return firstInOrder(await this.conflictsWith(event.id, this.timeTakenBy(event), null));
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
    const first = timeZone(event.timeZone).toInstant(parseCivilTime(event.start));
    const now = Math.floor(this.clock.now().getTime() / SECOND) * SECOND;
    const fromStart = horizonFrom(first);
    if (now <= first) return [fromStart];
    return now < fromStart.end ? [span(fromStart, horizonFrom(now))] : [fromStart, horizonFrom(now)];
  }

  /** @param decisive the users whose first `MAX_CONFLICTS` are enough; null: all */
  private async conflictsWith(
    eventId: number,
    taken: readonly TimeByUser[],
    decisive: ReadonlySet<number> | null,
  ): Promise<Conflict[]> {
    const conflicts: Conflict[] = [];
    for (const byUser of taken) {
      conflicts.push(...(await this.conflictsOf(eventId, byUser, decisive)));
      const enough = conflicts.filter(({ userId }) => decisive?.has(userId) ?? true);
      if (enough.length >= MAX_CONFLICTS) break;
    }
    return conflicts;
  }

  /** Looks at the calendars in order of time, until there are enough conflicts. */
  private async conflictsOf(
    eventId: number,
    takenByUser: TimeByUser,
    decisive: ReadonlySet<number> | null,
  ): Promise<Conflict[]> {
    if (takenByUser.size === 0) return [];
    const userIds = [...takenByUser.keys()];
    const window = [...new Set(takenByUser.values())].flat().reduce((all, interval) => span(all, interval));
    const calendars = await this.calendars.read(userIds, window, 'busy', eventId);
    const found = new Map(userIds.map((userId) => [userId, new BusyTimeInParts()]));
    const conflictsAmong = (ids: readonly number[]): Conflict[] =>
      ids.flatMap((userId) =>
        (found.get(userId)?.set ?? []).map(({ start, end }) => ({ userId, start, end })),
      );
    const decisiveIds = userIds.filter((userId) => decisive?.has(userId) ?? true);
    for (const part of partsOf(window, calendars.partLength)) {
      const busy = await calendars.busyIn(part);
      for (const [userId, time] of takenByUser) {
        const ofUser = found.get(userId);
        // One more than are told, so that the last of those is known to its end.
        if (ofUser === undefined || ofUser.set.length > MAX_CONFLICTS) continue;
        ofUser.append(intersect(clip(time, part), busy.get(userId) ?? []));
      }
      const first = firstInOrder(conflictsAmong(decisiveIds));
      // A conflict that reaches the end of the part may go on in the next one.
      if (first.length === MAX_CONFLICTS && first.every(({ end }) => end < part.end)) break;
    }
    return conflictsAmong(userIds);
  }
}

function userIdsOf(taken: readonly TimeByUser[]): number[] {
  return [...new Set(taken.flatMap((byUser) => [...byUser.keys()]))];
}

/** Users whose time the same occurrences take share one set. */
function normalised(byUser: ReadonlyMap<number, readonly Interval[]>, window: Interval): TimeByUser {
  const lists = new Set(byUser.values());
  const setOf = new Map([...lists].map((taken) => [taken, busyTime([taken], window)]));
  const sets = [...byUser].map(([userId, taken]) => [userId, setOf.get(taken) ?? []] as const);
  return new Map(sets.filter(([, set]) => set.length > 0));
}

function horizonFrom(start: Instant): Interval {
  return { start, end: start + CONFLICT_HORIZON_DAYS * DAY };
}

function firstInOrder(conflicts: readonly Conflict[]): Conflict[] {
  return conflicts.toSorted((a, b) => a.start - b.start || a.userId - b.userId).slice(0, MAX_CONFLICTS);
}

function timeTaken(conflicts: readonly Conflict[]): DomainError {
  const errors = conflicts.map(({ userId, start, end }) => ({
    field: 'start_date',
    message: `user ${userId} is busy from ${formatInstant(start)} to ${formatInstant(end)}`,
  }));
  return new DomainError('conflict', 'time_taken', `${errors[0].message}.`, errors);
}
