import { CollectedBusyTime } from '../../calendar/availability/free-busy.js';
import { partsOf } from '../../calendar/availability/search/nearest-free-intervals.js';
import { type Interval, overlaps, span } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import { DAY } from '../../calendar/time/civil-time.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import { BusyBesideEvents, type TimeOfEvent } from './busy-beside-events.js';
import {
  type AttendedSeries,
  type BusyTimes,
  type GroupedSeries,
  groupedSeries,
  lengthOfPart,
  WORK_OF_A_SERIES,
} from './grouped-series.js';

/** A series is expanded across a gap between windows that costs less than the start of another expansion. */
const BRIDGED_GAP = WORK_OF_A_SERIES * DAY;

/** The windows of each user. */
export type WindowsByUser = ReadonlyMap<number, IntervalSet>;

/** Busy time of users by events that do not repeat, and time in which users are away. */
export interface TimeOfSingles {
  /** Of all events but those apart: a set for each user. */
  readonly merged: ReadonlyMap<number, IntervalSet>;
  /** Of the events apart, by user. */
  readonly apart: ReadonlyMap<number, readonly TimeOfEvent[]>;
}

/**
 * The calendars of users around some events, each of which is compared with all other events. Each series is expanded
 * once for all of these events, part by part, and only within the windows of its attendees.
 */
export class CalendarsBesideEvents {
  private readonly series: readonly { readonly series: GroupedSeries; readonly windows: IntervalSet }[];
  private readonly partLength: number;

  /** @param apart the events that are compared */
  constructor(
    private readonly windows: WindowsByUser,
    private readonly apart: ReadonlySet<number>,
    private readonly single: TimeOfSingles,
    series: readonly AttendedSeries[],
    occurrences: OccurrencesService,
    private readonly effort: Effort,
  ) {
    const grouped = groupedSeries(series, occurrences);
    this.partLength = lengthOfPart(grouped);
    this.series = grouped.map((each) => {
      const userIds = each.groups.flatMap((group) => group.userIds);
      return { series: each, windows: bridged(windowsOf(userIds, windows), BRIDGED_GAP) };
    });
  }

  /** The parts of all windows, in order of time. Parts may have time between the windows. */
  *parts(): Generator<Interval> {
    const all = bridged(windowsOf(this.windows.keys(), this.windows), this.partLength);
    for (const window of all) yield* partsOf(window, this.partLength);
  }

  /** The busy time of some of the users in a part of their windows. */
  async busyIn(part: Interval, userIds: ReadonlySet<number>): Promise<BusyBesideEvents> {
    const common = new Map([...userIds].map((id) => [id, new CollectedBusyTime()]));
    const apart = new Map([...userIds].map((id) => [id, new Array<TimeOfEvent>()]));
    for (const { series, windows } of this.series) {
      if (!series.groups.some((group) => group.userIds.some((id) => userIds.has(id)))) continue;
      const timesOf = this.apart.has(series.id)
        ? (userId: number) => timesOfEvent(series.id, apart.get(userId))
        : (userId: number) => common.get(userId);
      for (const window of clip(windows, part))
        if (this.effort.spend(series.collect(window, timesOf))) await this.effort.rest();
    }
    return this.withSingleTime(part, common, apart);
  }

  private async withSingleTime(
    part: Interval,
    common: ReadonlyMap<number, CollectedBusyTime>,
    apart: ReadonlyMap<number, readonly TimeOfEvent[]>,
  ): Promise<BusyBesideEvents> {
    const sets = new Map<number, IntervalSet>();
    const ofEvents = new Map<number, readonly TimeOfEvent[]>();
    for (const [userId, { intervals }] of common) {
      const single = clip(this.single.merged.get(userId) ?? [], part);
      const singleApart = (this.single.apart.get(userId) ?? []).filter((time) => overlaps(time, part));
      const times = singleApart.concat(apart.get(userId) ?? []);
      sets.set(userId, normalise(single.concat(intervals)));
      ofEvents.set(
        userId,
        times.toSorted((a, b) => a.start - b.start),
      );
      if (this.effort.spend(single.length + intervals.length + times.length)) await this.effort.rest();
    }
    return new BusyBesideEvents(sets, ofEvents, this.effort);
  }
}

/** Adds the times of an event to a list. */
function timesOfEvent(eventId: number, times: TimeOfEvent[] | undefined): BusyTimes | undefined {
  return (
    times && {
      add({ starts, ends }, from, to) {
        for (let index = from; index < to; index += 1)
          times.push({ eventId, start: starts[index], end: ends[index] });
      },
    }
  );
}

function windowsOf(userIds: Iterable<number>, windows: WindowsByUser): IntervalSet {
  return normalise([...userIds].flatMap((id) => windows.get(id) ?? []));
}

/** Joins the intervals of a set with no more than `gap` between them. */
function bridged(set: IntervalSet, gap: number): IntervalSet {
  const joined: Interval[] = [];
  for (const interval of set) {
    const last = joined.at(-1);
    if (last && interval.start - last.end <= gap) joined[joined.length - 1] = span(last, interval);
    else joined.push(interval);
  }
  return joined;
}
