import { Injectable } from '@nestjs/common';
import type { BusyCalendar, BusySeries } from '../../../calendar/conflicts/compared/busy-series.js';
import { ComparisonBudget } from '../../../calendar/conflicts/compared/comparison-budget.js';
import { conflictingOccurrences } from '../../../calendar/conflicts/conflicting-occurrences.js';
import { timeInCommon } from '../../../calendar/conflicts/time-in-common.js';
import { type Interval, span } from '../../../calendar/intervals/interval.js';
import { normalise, subtract } from '../../../calendar/intervals/interval-set.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../../platform/work/long-work.js';
import type { WindowOfUser } from '../../calendars/calendar-reader.js';
import { CalendarsService } from '../../calendars/calendars.service.js';
import { WORK_OF_A_SERIES } from '../../calendars/grouped-series.js';
import { type Conflict, firstInOrder } from './conflict.js';
import { MAX_CONFLICTS } from './conflict-limits.js';
import { pausedResult } from './paused-comparison.js';
import { earlier, type FoundConflicts, NO_CONFLICTS, type SearchedSeries } from './searched-series.js';

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
    const found = new Map<SearchedSeries, FoundConflicts>();
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
        const ofUsers: FoundConflicts[] = [];
        for (const { userId, busy } of comparisonsOf(one)) {
          const calendar = calendars.of(userId, one.exceptIdsOf(userId));
          ofUsers.push(
            await shares.spend((budget) => conflictsOfUser(one, { userId, busy, calendar, budget, effort })),
          );
        }
        found.set(one, joined(ofUsers));
      }
    }
    return searched.map((one) => found.get(one) ?? NO_CONFLICTS);
  }
}

/** A comparison of a series with the calendar of one of its attendees. */
interface ComparisonOfUser {
  readonly userId: number;
  readonly busy: BusySeries;
  readonly calendar: BusyCalendar;
  readonly budget: ComparisonBudget;
  readonly effort: Effort;
}

async function conflictsOfUser(
  { fromOf, heldOf }: SearchedSeries,
  { userId, busy, calendar, budget, effort }: ComparisonOfUser,
): Promise<FoundConflicts> {
  const from = fromOf(userId);
  const limits = heldOf === null ? LIMITS.new : LIMITS.held;
  const work = WORK_OF_A_SERIES * (1 + calendar.series.length);
  let last: number | null = null;
  for (const limit of limits) {
    if (effort.spend(work)) await effort.rest();
    const comparing = conflictingOccurrences(busy, calendar, { from, limit, budget });
    const { occurrences, checkedUntil } = await pausedResult(comparing, effort);
    const times: Interval[] = [];
    for (const occurrence of occurrences) {
      const interval = { start: Math.max(occurrence.start, from), end: occurrence.end };
      const common = timeInCommon(interval, calendar);
      times.push(...(heldOf === null ? common : subtract(common, heldOf(userId, interval))));
      if (effort.spend(work)) await effort.rest();
    }
    if (times.length > 0 || occurrences.length < limit)
      return { conflicts: conflictsAt(times, userId), checkedUntil };
    last = occurrences[limit - 1].start;
  }
  return { conflicts: [], checkedUntil: last };
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
