import type { BusyKind } from '../../calendar/availability/kinds/busy-kind.js';
import type { BusySeries } from '../../calendar/conflicts/compared/busy-series.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { IntervalColumns } from '../../calendar/intervals/interval-columns.js';
import type { EventSeries } from '../../calendar/recurrence/series/event-series.js';
import type { OccurrenceRun } from '../../calendar/recurrence/series/occurrence-run.js';
import { occurrencesPerDay } from '../../calendar/recurrence/series/occurrences-per-day.js';
import { visitRunsIn } from '../../calendar/recurrence/series/recurrence-set.js';
import { type CivilTime, DAY, SECOND } from '../../calendar/time/civil-time.js';
import type { OccurrencesService } from '../occurrences/occurrences.service.js';
import type { SeriesOverride, SeriesRecord } from '../occurrences/series-record.js';
import {
  type Attended,
  type AttendeeGroup,
  attendeeGroupsOf,
  type BusyOverrideRecord,
  REGULAR_OCCURRENCE,
} from './attended-event.js';

export type AttendedSeries = SeriesRecord<BusyOverrideRecord> & Attended;

/** Collects times at which a user is busy. */
export interface BusyTimes {
  /** Adds the times from index `from` to before index `to`. */
  add(times: IntervalColumns, from: number, to: number): void;
}

/**
 * Occurrences that are worked on at a time, counted for each user who is busy at them: a megabyte or two, and some
 * milliseconds for the steps of a search that cannot pause.
 */
export const OCCURRENCES_IN_PART = 10_000;

/** The cost of starting an expansion, in occurrences. */
export const WORK_OF_A_SERIES = 5;

type BusyOverride = SeriesOverride<BusyOverrideRecord>;
type BusyRun = OccurrenceRun<BusyOverride>;

/** The time that a series takes of users, for a comparison of all occurrences. */
export interface SeriesOfUsers {
  readonly userIds: readonly number[];
  readonly busy: BusySeries<BusyOverride>;
}

/** A series, and its attendees in groups. */
export class GroupedSeries {
  constructor(
    readonly id: number,
    readonly groups: readonly AttendeeGroup[],
    private readonly compiled: EventSeries<BusyOverride>,
  ) {}

  /** The approximate number of times a day at which users are busy, counted for each user. */
  get perDay(): number {
    return (
      this.groups.reduce((sum, { userIds }) => sum + userIds.length, 0) * occurrencesPerDay(this.compiled)
    );
  }

  /**
   * Collects the times in a window at which the attendees are busy.
   * @param timesOf undefined: the times of the user are not collected
   * @returns units of work
   */
  collect(window: Interval, timesOf: (userId: number, kind: BusyKind) => BusyTimes | undefined): number {
    let work = WORK_OF_A_SERIES;
    visitRunsIn(this.compiled, window, (run) => {
      for (const group of this.groups) {
        work += run.to - run.from;
        for (let from = run.from, to = run.to; from < run.to; from = to) {
          const kind = kindIn(group, run, from);
          to = endOfKind(group, run, from, kind);
          if (kind === null) continue;
          work += (to - from) * group.userIds.length;
          for (const userId of group.userIds) timesOf(userId, kind)?.add(run, from, to);
        }
      }
    });
    return work;
  }

  /** The time of the attendees, of each group that may be busy. */
  ofUsers(): SeriesOfUsers[] {
    return this.groups
      .map(({ userIds, ...group }) => ({ userIds, busy: busySeriesOf(this.compiled, group) }))
      .filter(({ busy }) => mayTakeTime(busy));
  }
}

function busySeriesOf(
  series: EventSeries<BusyOverride>,
  { answeredStarts, kindAt }: Pick<AttendeeGroup, 'answeredStarts' | 'kindAt'>,
): BusySeries<BusyOverride> {
  const takesTime = kindAt(REGULAR_OCCURRENCE) !== null;
  const isApart = (civil: CivilTime) =>
    (kindAt({ originalCivilStart: civil, override: null }) !== null) !== takesTime;
  return {
    series,
    takesTime,
    apart: new Set(answeredStarts.filter(isApart)),
    overrideTakesTime: ({ originalStart, record }) =>
      kindAt({ originalCivilStart: originalStart, override: record }) !== null,
  };
}

function mayTakeTime(busy: BusySeries<BusyOverride>): boolean {
  if (busy.takesTime || busy.apart?.size) return true;
  return busy.series.definition.overrides.some((override) => busy.overrideTakesTime?.(override));
}

function kindIn({ kindAt }: AttendeeGroup, run: BusyRun, index: number): BusyKind | null {
  const originalCivilStart = run.originalCivilStarts[index];
  return kindAt({ originalCivilStart, override: run.override?.record ?? null });
}

/** The index before which the attendees are busy in the same way as at `from`. */
function endOfKind(group: AttendeeGroup, run: BusyRun, from: number, kind: BusyKind | null): number {
  if (group.answeredStarts.length === 0) return run.to;
  let to = from + 1;
  while (to < run.to && kindIn(group, run, to) === kind) to += 1;
  return to;
}

/** Those of the series at which an attendee can be busy. The others need no expansion. */
export function groupedSeries(
  series: readonly AttendedSeries[],
  occurrences: OccurrencesService,
): GroupedSeries[] {
  return series.flatMap((row) => {
    const groups = attendeeGroupsOf(row);
    return groups.some((group) => mayBeBusy(group, row))
      ? new GroupedSeries(row.id, groups, occurrences.seriesOf(row))
      : [];
  });
}

/**
 * The length of the parts in which the series are expanded. Milliseconds: whole seconds, so that a response can contain
 * each border of a part; `Infinity` without series.
 */
export function lengthOfPart(series: readonly GroupedSeries[]): number {
  const perDay = series.reduce((sum, each) => sum + each.perDay, 0);
  return Math.max(SECOND, Math.floor(((OCCURRENCES_IN_PART / perDay) * DAY) / SECOND) * SECOND);
}

/** Whether these attendees can be busy at any occurrence: a series that they declined needs no expansion. */
function mayBeBusy({ answeredStarts, kindAt }: AttendeeGroup, { overrides }: AttendedSeries): boolean {
  return (
    answeredStarts.length > 0 ||
    kindAt(REGULAR_OCCURRENCE) !== null ||
    overrides.some((override) => kindAt({ ...REGULAR_OCCURRENCE, override }) !== null)
  );
}
