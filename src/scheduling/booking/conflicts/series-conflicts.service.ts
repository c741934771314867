import { Injectable } from '@nestjs/common';
import type { BusyCalendar, BusySeries } from '../../../calendar/conflicts/compared/busy-series.js';
import { ComparisonBudget } from '../../../calendar/conflicts/compared/comparison-budget.js';
import { conflictingOccurrences } from '../../../calendar/conflicts/conflicting-occurrences.js';
import { haveNoEnd } from '../../../calendar/conflicts/endless-conflicts.js';
import { timeInCommon } from '../../../calendar/conflicts/time-in-common.js';
import { type Interval, span } from '../../../calendar/intervals/interval.js';
import { normalise, subtract } from '../../../calendar/intervals/interval-set.js';
import type { Occurrence } from '../../../calendar/recurrence/series/event-series.js';
import type { CivilTime, Instant } from '../../../calendar/time/civil-time.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../../platform/work/long-work.js';
import type { WindowOfUser } from '../../calendars/calendar-reader.js';
import { CalendarsService } from '../../calendars/calendars.service.js';
import { WORK_OF_A_SERIES } from '../../calendars/grouped-series.js';
import { type Conflict, firstInOrder } from './conflict.js';
import { MAX_CONFLICTS, MAX_SKIPPED_OCCURRENCES } from './conflict-limits.js';
import { pausedResult } from './paused-comparison.js';
import { earlier, type FoundConflicts, type SearchedSeries } from './searched-series.js';

/**
 * The occurrences of one series that are compared at first, and if the event has the time of all of them already. An event
 * that shares more time with others has done so before.
 */
const LIMITS = { new: [MAX_CONFLICTS], held: [MAX_CONFLICTS, 10 * MAX_CONFLICTS] } as const;

/** Searches the calendars of users for events at the time of series, at all of their occurrences. */
@Injectable()
export class SeriesConflicts {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The first `MAX_CONFLICTS` of each series, by time, in the order of the series. All of them share one budget.
   * @param exceptCalendarIds calendars that are left out
   */
  async conflictsOf(
    searched: readonly SearchedSeries[],
    exceptCalendarIds: readonly number[] = [],
  ): Promise<FoundConflicts[]> {
    const found = await this.compare(searched, exceptCalendarIds, conflictsOfUser);
    return found.map(joined);
  }

  /** All occurrences of series that have a conflict, in the order of the series. */
  async conflictingStarts(searched: readonly SearchedSeries[]): Promise<ConflictingStarts[]> {
    const found = await this.compare(searched, [], occurrencesOfUser);
    return found.map((ofUsers) => ({
      conflicts: firstInOrder(ofUsers.flatMap(({ conflicts }) => conflicts)),
      starts: new Set(ofUsers.flatMap(({ starts }) => [...starts])),
      isTooMany: ofUsers.some(({ isTooMany }) => isTooMany),
    }));
  }

  /** Compares each series with the calendar of each user. */
  private async compare<T>(
    searched: readonly SearchedSeries[],
    exceptCalendarIds: readonly number[],
    compareUser: (one: SearchedSeries, comparison: ComparisonOfUser) => Promise<T>,
  ): Promise<T[][]> {
    const found = new Map<SearchedSeries, T[]>();
    const effort = this.longWork.begin(this.unitOfWork.running);
    const shares = new BudgetShares(searched);
    for (const pending of new Set(searched.map((one) => one.pending))) {
      const alike = searched.filter((one) => one.pending === pending);
      const windows = windowsOf(alike);
      if (windows.length === 0) continue;
      const calendars = await this.calendars.readWhole(
        windows,
        exceptIdsOf(alike),
        pending,
        exceptCalendarIds,
      );
      for (const one of alike) {
        const ofUsers: T[] = [];
        for (const { userId, busy } of comparisonsOf(one)) {
          const calendar = calendars.of(userId, one.exceptIdsOf(userId));
          ofUsers.push(
            await shares.spend((budget) => compareUser(one, { userId, busy, calendar, budget, effort })),
          );
        }
        found.set(one, ofUsers);
      }
    }
    return searched.map((one) => found.get(one) ?? []);
  }
}

/** The occurrences of a series that have a conflict. */
export interface ConflictingStarts {
  /** The first conflicts. */
  readonly conflicts: readonly Conflict[];
  /** The civil original starts. */
  readonly starts: ReadonlySet<CivilTime>;
  /** Whether the conflicts have no end, or are more than `MAX_SKIPPED_OCCURRENCES`. */
  readonly isTooMany: boolean;
}

/** A comparison of a series with the calendar of one of its attendees. */
interface ComparisonOfUser {
  readonly userId: number;
  readonly busy: BusySeries;
  readonly calendar: BusyCalendar;
  readonly budget: ComparisonBudget;
  readonly effort: Effort;
}

/** The occurrences with a conflict, and the times of their conflicts. */
interface FoundTimes {
  readonly occurrences: readonly Occurrence[];
  readonly times: readonly Interval[];
  readonly checkedUntil: Instant | null;
}

/** @param limits the numbers of occurrences to compare; more if the event has the time of all that the comparison has found */
async function timesOfUser(
  { fromOf, heldOf }: SearchedSeries,
  { userId, busy, calendar, budget, effort }: ComparisonOfUser,
  limits: readonly number[],
): Promise<FoundTimes> {
  const from = fromOf(userId);
  const work = WORK_OF_A_SERIES * (1 + calendar.series.length);
  let last: Instant | null = null;
  for (const limit of limits) {
    if (effort.spend(work)) await effort.rest();
    const comparing = conflictingOccurrences(busy, calendar, { from, limit, budget });
    const { occurrences, checkedUntil } = await pausedResult(comparing, effort);
    const found: Occurrence[] = [];
    const times: Interval[] = [];
    for (const occurrence of occurrences) {
      const interval = { start: Math.max(occurrence.start, from), end: occurrence.end };
      const common = timeInCommon(interval, calendar);
      const left = heldOf === null ? common : subtract(common, heldOf(userId, interval));
      if (left.length > 0) found.push(occurrence);
      times.push(...left);
      if (effort.spend(work)) await effort.rest();
    }
    if (found.length > 0 || occurrences.length < limit) return { occurrences: found, times, checkedUntil };
    last = occurrences[limit - 1].start;
  }
  return { occurrences: [], times: [], checkedUntil: last };
}

async function conflictsOfUser(one: SearchedSeries, comparison: ComparisonOfUser): Promise<FoundConflicts> {
  const limits = one.heldOf === null ? LIMITS.new : LIMITS.held;
  const { times, checkedUntil } = await timesOfUser(one, comparison, limits);
  return { conflicts: conflictsAt(times, comparison.userId), checkedUntil };
}

/** Finds all occurrences with a conflict. */
async function occurrencesOfUser(
  one: SearchedSeries,
  comparison: ComparisonOfUser,
): Promise<ConflictingStarts> {
  const { userId, busy, calendar, budget, effort } = comparison;
  const found = await timesOfUser(one, comparison, [MAX_SKIPPED_OCCURRENCES + 1]);
  const { occurrences, times } = found;
  const conflicts = firstInOrder(conflictsAt(times, userId));
  const starts = new Set(occurrences.map(({ originalCivilStart }) => originalCivilStart));
  if (starts.size === 0) return { conflicts, starts, isTooMany: false };
  const from = one.fromOf(userId);
  const comparing = haveNoEnd(busy, calendar, { from: Math.max(from, occurrences[0].start), budget });
  const { endless } = await pausedResult(comparing, effort);
  return { conflicts, starts, isTooMany: endless || starts.size > MAX_SKIPPED_OCCURRENCES };
}

function conflictsAt(times: readonly Interval[], userId: number): Conflict[] {
  return normalise(times).map(({ start, end }) => ({ userId, start, end }));
}

/** Shares a budget among the comparisons of series with users, so that the first do not use it up. */
class BudgetShares {
  private readonly all = new ComparisonBudget();
  private open: number;

  constructor(searched: readonly SearchedSeries[]) {
    this.open = searched.reduce((sum, one) => sum + comparisonsOf(one).length, 0);
  }

  async spend<T>(run: (budget: ComparisonBudget) => Promise<T>): Promise<T> {
    const budget = this.all.part(this.open);
    this.open -= 1;
    const result = await run(budget);
    this.all.spend(budget.spent);
    return result;
  }
}

function comparisonsOf({ time, userIds }: SearchedSeries) {
  return time.groups.flatMap((group) =>
    group.userIds.filter((id) => userIds.has(id)).map((userId) => ({ userId, busy: group.busy })),
  );
}

/** The events that are left out for one of the users. */
function exceptIdsOf(searched: readonly SearchedSeries[]): number[] {
  const ids = new Set<number>();
  for (const one of searched)
    for (const userId of one.userIds) for (const id of one.exceptIdsOf(userId)) ids.add(id);
  return [...ids];
}

/** The window of each user, about the time of all series. */
function windowsOf(searched: readonly SearchedSeries[]): WindowOfUser[] {
  const windows = new Map<number, Interval>();
  for (const one of searched) {
    const { start, end } = one.time.window;
    for (const { userId } of comparisonsOf(one)) {
      const from = Math.max(start, one.fromOf(userId));
      const known = windows.get(userId);
      if (from < end) windows.set(userId, known ? span(known, { start: from, end }) : { start: from, end });
    }
  }
  return [...windows].map(([userId, window]) => ({ userId, window }));
}

function joined(found: readonly FoundConflicts[]): FoundConflicts {
  return {
    conflicts: firstInOrder(found.flatMap(({ conflicts }) => conflicts)),
    checkedUntil: found.reduce<number | null>((least, one) => earlier(least, one.checkedUntil), null),
  };
}
