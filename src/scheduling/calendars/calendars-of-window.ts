import { CollectedBusyTime, type PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { BusyTimeByPart } from '../../calendar/availability/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import {
  type AttendedSeries,
  type GroupedSeries,
  groupedSeries,
  lengthOfPart,
  WORK_OF_A_SERIES,
} from './grouped-series.js';

/** The calendars of users in a window. Series are expanded part by part, no further than the caller asks. */
export class CalendarsOfWindow implements BusyTimeByPart {
  readonly partLength: number;
  private readonly single: ReadonlyMap<number, IntervalSet>;
  private readonly series: readonly GroupedSeries[];

  /**
   * @param owners the users that exist
   * @param single the busy time of events that do not repeat, by user
   */
  constructor(
    private readonly userIds: readonly number[],
    readonly owners: ReadonlyMap<number, CalendarOwner>,
    single: ReadonlyMap<number, readonly Interval[]>,
    series: readonly AttendedSeries[],
    pending: PendingPolicy,
    private readonly occurrences: OccurrencesService,
    private readonly effort: Effort,
  ) {
    this.single = new Map([...single].map(([userId, intervals]) => [userId, normalise(intervals)]));
    this.series = groupedSeries(series, pending);
    this.partLength = lengthOfPart(this.series, occurrences);
  }

  /** The busy time of each user in a part of the window, cut at its borders; `[]` for a user who is free. */
  async busyIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    const collected = new Map(this.userIds.map((id) => [id, new CollectedBusyTime()]));
    for (const { row, groups } of this.series) {
      let work = WORK_OF_A_SERIES;
      for (const occurrence of this.occurrences.ofSeries(row, part)) {
        for (const { userIds, isBusyAt } of groups) {
          work += 1;
          if (!isBusyAt(occurrence)) continue;
          work += userIds.length;
          for (const userId of userIds) collected.get(userId)?.add(occurrence.start, occurrence.end);
        }
        if (this.effort.spend(work)) await this.effort.rest();
        work = 0;
      }
      if (this.effort.spend(work)) await this.effort.rest();
    }
    const busy = new Map<number, IntervalSet>();
    for (const [userId, { intervals }] of collected) {
      const single = clip(this.single.get(userId) ?? [], part);
      busy.set(userId, clip(normalise(single.length > 0 ? single.concat(intervals) : intervals), part));
      if (this.effort.spend(single.length + intervals.length)) await this.effort.rest();
    }
    return busy;
  }
}
