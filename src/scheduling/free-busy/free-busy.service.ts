import { Injectable } from '@nestjs/common';
import { type KindedInterval, KindedTimeInParts } from '../../calendar/availability/kinds/kinded-time.js';
import { partsOf } from '../../calendar/availability/search/nearest-free-intervals.js';
import { type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { DomainError } from '../../errors/domain-error.js';
import { requireAll } from '../../users/model/require-all.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import type { FreeBusyQuery } from './free-busy-query.js';

/** The size of a response of some 5 MB: ten users who are busy every hour for half a year. */
export const MAX_BUSY_INTERVALS = 40_000;

/** A part of the calendars of a user that a caller does not see: all that count as busy, or some of them. */
export const SHARING_CODES = ['calendar_not_shared', 'calendar_partly_shared'] as const;

/** The time at which a user is busy in a window, as a caller may see it. */
export interface FreeBusy {
  readonly userId: number;
  /** Merged: all time at which the user is busy. Null: the caller has no role on any of the user's calendars that count as busy. */
  readonly busy: IntervalSet | null;
  /** The same time, cut where its kind changes. Null: `busy` is null. */
  readonly intervals: readonly KindedInterval[] | null;
  /** Null: nothing is left out. */
  readonly code: (typeof SHARING_CODES)[number] | null;
}

/** Finds the time at which users are busy. */
@Injectable()
export class FreeBusyService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
  ) {}

  /**
   * The busy time of each user in the window, in the order of the query. Calendars on which the current actor has no role
   * are left out.
   * @throws {DomainError} not-found `user_not_found`, naming the users that do not exist; limit-exceeded `too_much`
   */
  async ofUsers({ userIds, window, pending }: FreeBusyQuery): Promise<FreeBusy[]> {
    await this.directory.expectAllVisible({ userIds });
    const all = await this.calendars.read(userIds, window, pending);
    const hidden = await this.access.hiddenOf(userIds, all.changes);
    const hiddenIds = [...hidden.values()].flatMap(({ calendarIds }) => calendarIds);
    // Few users hide a calendar, so that most requests need one read.
    const calendars =
      hiddenIds.length === 0 ? all : await this.calendars.read(userIds, window, pending, hiddenIds);
    requireAll(userIds, calendars.owners, 'userIds');
    const time = new Map(userIds.map((id) => [id, new KindedTimeInParts()]));
    for (const part of partsOf(window, calendars.partLength)) {
      for (const [userId, kinds] of await calendars.kindsIn(part)) time.get(userId)?.append(kinds);
      // A later part never removes an interval of an earlier part, so that the limit can be checked before the rest is expanded.
      const count = [...time.values()].reduce((sum, { intervals }) => sum + intervals.length, 0);
      if (count > MAX_BUSY_INTERVALS) throw tooMuch(userIds);
    }
    return userIds.map((userId) => {
      const hiddenOfUser = hidden.get(userId);
      if (hiddenOfUser?.all) return { userId, busy: null, intervals: null, code: 'calendar_not_shared' };
      const intervals = time.get(userId)?.intervals ?? [];
      const code = hiddenOfUser ? 'calendar_partly_shared' : null;
      return { userId, busy: normalise(intervals), intervals, code };
    });
  }
}

function tooMuch(userIds: readonly number[]): DomainError {
  const remedy = userIds.length > 1 ? 'ask for fewer users or a shorter window' : 'ask for a shorter window';
  const message = `makes a response of more than ${MAX_BUSY_INTERVALS} busy intervals: ${remedy}`;
  const fields = userIds.length > 1 ? ['userIds', 'end'] : ['end'];
  return new DomainError(
    'limit-exceeded',
    'too_much',
    `The response would have more than ${MAX_BUSY_INTERVALS} busy intervals: ${remedy}.`,
    fields.map((field) => ({ field, message })),
  );
}
