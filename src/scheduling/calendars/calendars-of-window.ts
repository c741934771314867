import { CollectedBusyTime } from '../../calendar/availability/free-busy.js';
import { BUSY_KINDS, type BusyKind } from '../../calendar/availability/kinds/busy-kind.js';
import { type KindedInterval, strongestKinds } from '../../calendar/availability/kinds/kinded-time.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import type { CalendarsInWindow } from './calendars-in-window.js';
import {
  type AttendedSeries,
  type BusyTimes,
  type GroupedSeries,
  groupedSeries,
  lengthOfPart,
} from './grouped-series.js';
import { TimeAway } from './time-away.js';

/** The calendars of users in a window. Series are expanded part by part, no further than the caller asks. */
export class CalendarsOfWindow implements CalendarsInWindow {
  readonly changes = null;
  readonly partLength: number;
  private readonly single: ReadonlyMap<number, IntervalSet>;
  private singleByKind: ReadonlyMap<number, ReadonlyMap<BusyKind, IntervalSet>> | undefined = undefined;
  private readonly series: readonly GroupedSeries[];
  private readonly away: TimeAway;

  /**
   * @param owners the users that exist
   * @param kindedSingle the busy time of events that do not repeat, by user
   */
  constructor(
    private readonly userIds: readonly number[],
    readonly owners: ReadonlyMap<number, CalendarOwner>,
    private readonly kindedSingle: ReadonlyMap<number, readonly KindedInterval[]>,
    series: readonly AttendedSeries[],
    occurrences: OccurrencesService,
    private readonly effort: Effort,
  ) {
    this.single = new Map([...kindedSingle].map(([userId, intervals]) => [userId, normalise(intervals)]));
    this.series = groupedSeries(series, occurrences);
    this.partLength = lengthOfPart(this.series);
    this.away = new TimeAway(owners.values());
  }

  async busyIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    return this.away.addedToAll(await this.eventsIn(part), part);
  }

  async eventsIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    const collected = new Map(this.userIds.map((id) => [id, new CollectedBusyTime()]));
    await this.expand(part, (userId) => collected.get(userId));
    const busy = new Map<number, IntervalSet>();
    for (const [userId, { intervals }] of collected) {
      const single = clip(this.single.get(userId) ?? [], part);
      busy.set(userId, clip(normalise(single.length > 0 ? single.concat(intervals) : intervals), part));
      if (this.effort.spend(single.length + intervals.length)) await this.effort.rest();
    }
    return busy;
  }

  async kindsIn(part: Interval): Promise<ReadonlyMap<number, readonly KindedInterval[]>> {
    const collected = new Map(this.userIds.map((id) => [id, collectorsByKind()]));
    await this.expand(part, (userId, kind) => collected.get(userId)?.get(kind));
    this.singleByKind ??= new Map([...this.kindedSingle].map(([userId, all]) => [userId, setsByKind(all)]));
    const kinds = new Map<number, readonly KindedInterval[]>();
    for (const [userId, byKind] of collected) {
      const sets = new Map<BusyKind, IntervalSet>();
      for (const [kind, { intervals }] of byKind) {
        const single = clip(this.singleByKind.get(userId)?.get(kind) ?? [], part);
        sets.set(kind, clip(normalise(single.length > 0 ? single.concat(intervals) : intervals), part));
        if (this.effort.spend(single.length + intervals.length)) await this.effort.rest();
      }
      sets.set('out_of_office', this.away.addedTo(sets.get('out_of_office') ?? [], userId, part));
      kinds.set(userId, strongestKinds(sets));
    }
    return kinds;
  }

  /** Collects the times in the part at which users are busy with series, in order for each series. */
  private async expand(
    part: Interval,
    timesOf: (userId: number, kind: BusyKind) => BusyTimes | undefined,
  ): Promise<void> {
    for (const each of this.series)
      if (this.effort.spend(each.collect(part, timesOf))) await this.effort.rest();
  }
}

function collectorsByKind(): ReadonlyMap<BusyKind, CollectedBusyTime> {
  return new Map(BUSY_KINDS.map((kind) => [kind, new CollectedBusyTime()]));
}

function setsByKind(intervals: readonly KindedInterval[]): ReadonlyMap<BusyKind, IntervalSet> {
  return new Map(BUSY_KINDS.map((kind) => [kind, normalise(intervals.filter((each) => each.kind === kind))]));
}
