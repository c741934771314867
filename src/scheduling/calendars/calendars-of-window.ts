import { CollectedBusyTime, type PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { BusyTimeByPart } from '../../calendar/availability/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import { DAY, SECOND } from '../../calendar/time/civil-time.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import type { SeriesRecord } from '../occurrences/series-record.js';
import {
  type Attended,
  type AttendeeGroup,
  attendeeGroupsOf,
  type BusyOverrideRecord,
} from './attended-event.js';

export type AttendedSeries = SeriesRecord<BusyOverrideRecord> & Attended;

/**
 * Occurrences that are worked on at a time, counted for each user who is busy at them: a megabyte or two, and some
 * milliseconds for the steps of a search that cannot pause.
 */
const OCCURRENCES_IN_PART = 10_000;

/** The cost of starting an expansion, in occurrences. */
const WORK_OF_A_SERIES = 5;

/** The calendars of users in a window. Series are expanded part by part, no further than the caller asks. */
export class CalendarsOfWindow implements BusyTimeByPart {
  /** Milliseconds: whole seconds, so that a response can contain each border of a part. */
  readonly partLength: number;
  private readonly single: ReadonlyMap<number, IntervalSet>;
  private readonly series: readonly {
    readonly row: AttendedSeries;
    readonly groups: readonly AttendeeGroup[];
  }[];

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
    this.series = series
      .map((row) => ({ row, groups: attendeeGroupsOf(row, pending) }))
      .filter(({ row, groups }) => groups.some((group) => mayBeBusy(group, row)));
    this.partLength = this.lengthOfPart();
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

  private lengthOfPart(): number {
    let perDay = 0;
    for (const { row, groups } of this.series) {
      const users = groups.reduce((sum, { userIds }) => sum + userIds.length, 0);
      perDay += users * this.occurrences.perDay(row);
    }
    return Math.max(SECOND, Math.floor(((OCCURRENCES_IN_PART / perDay) * DAY) / SECOND) * SECOND);
  }
}

/** Whether these attendees can be busy at any occurrence: a series that they declined needs no expansion. */
function mayBeBusy({ answerApart, isBusyAt }: AttendeeGroup, { overrides }: AttendedSeries): boolean {
  const occurrence = { start: 0, end: 0, originalStart: 0, originalCivilStart: 0 };
  return (
    answerApart ||
    isBusyAt({ ...occurrence, override: null }) ||
    overrides.some((override) => isBusyAt({ ...occurrence, override }))
  );
}
