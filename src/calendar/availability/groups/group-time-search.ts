import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, indexEndingAfter, intersect } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { nextOnGrid } from '../../time/wall-clock-grid.js';
import { Availability } from '../availability.js';
import { commonStarts } from '../common-starts.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import { chosenMembers, type MeetingGroup, sharedMembers } from './chosen-members.js';

/** The conditions for a time of groups. All lengths are milliseconds. */
export interface GroupTimesQuery
  extends Pick<FreeIntervalQuery, 'window' | 'duration' | 'step' | 'bufferBefore' | 'bufferAfter' | 'limit'> {
  /** At least one. */
  readonly groups: readonly MeetingGroup[];
}

/** A time at which enough members of each group can meet. */
export interface GroupTime extends Interval {
  /** All members of all groups who are free. */
  readonly freeIds: ReadonlySet<number>;
}

/**
 * Searches for times of groups in calendars that come part by part, in order of time, as `FreeIntervalSearch` does.
 *
 * @example
 * const search = new GroupTimeSearch(query, people);
 * search.advance(firstWeek, busyInFirstWeek);
 * search.found;
 */
export class GroupTimeSearch {
  readonly found: GroupTime[] = [];
  private readonly byId: ReadonlyMap<number, Availability>;
  private readonly shared: readonly Availability[];
  private undecidedFrom: Instant;
  private knownUntil: Instant;

  /** @param people the members of all groups, each once */
  constructor(
    private readonly query: GroupTimesQuery,
    people: readonly Person[],
  ) {
    const startAt = (instant: Instant) => this.startAt(instant);
    this.byId = new Map(people.map((person) => [person.id, new Availability(person, query, startAt)]));
    const shared = sharedMembers(query.groups);
    this.shared = [...this.byId.values()].filter(({ person }) => shared.has(person.id));
    this.undecidedFrom = query.window.start;
    this.knownUntil = query.window.start;
  }

  /** Whether no further part can change the result. */
  get isSettled(): boolean {
    return this.found.length === this.query.limit || this.knownUntil >= this.query.window.end;
  }

  /** Adds the next part of the window. `busy`, `hidden` and `held` are as in `FreeIntervalSearch.advance`. */
  advance(
    part: Interval,
    busy: ReadonlyMap<number, readonly Interval[]>,
    hidden: ReadonlyMap<number, readonly Interval[]> = new Map(),
    held: ReadonlyMap<number, readonly Interval[]> = new Map(),
  ): void {
    for (const [id, each] of this.byId) each.extend(part, busy.get(id) ?? [], hidden.get(id), held.get(id));
    this.knownUntil = part.end;
    this.decide({ start: this.undecidedFrom, end: part.end - this.query.duration + 1 });
    for (const each of this.byId.values()) each.forgetUntil(this.undecidedFrom);
  }

  private decide(starts: Interval): void {
    const { duration, bufferBefore, bufferAfter, limit } = this.query;
    for (const common of this.startsOfAll(starts)) {
      let start = this.startAt(Math.max(common.start, this.undecidedFrom));
      while (start < common.end && this.found.length < limit) {
        if (this.canMeetAt(start)) {
          this.found.push(this.timeAt(start));
          // Both meetings are possible, each with its buffers.
          this.undecidedFrom = start + duration + Math.max(bufferBefore, bufferAfter);
          start = this.startAt(this.undecidedFrom);
        } else start = this.startAt(this.nextFree(start));
      }
    }
    this.undecidedFrom = Math.max(this.undecidedFrom, starts.end);
  }

  /** The starts at which each group by itself has enough free members. */
  private startsOfAll(range: Interval): IntervalSet {
    const { groups, duration } = this.query;
    let common: IntervalSet | null = null;
    for (const { memberIds, required } of groups) {
      const sets = memberIds.map((id) => this.byId.get(id)?.available ?? []);
      const starts: IntervalSet = commonStarts(sets, duration, required, range);
      common = common === null ? starts : intersect(common, starts);
    }
    return common ?? [];
  }

  /** Whether groups that share members have enough different ones. */
  private canMeetAt(start: Instant): boolean {
    if (this.shared.length === 0) return true;
    const { freeIds } = this.timeAt(start);
    return chosenMembers(this.query.groups, (id) => freeIds.has(id)) !== null;
  }

  /** The next instant at which a member of several groups becomes free; until then, the groups cannot get more members. */
  private nextFree(start: Instant): Instant {
    let next = Infinity;
    for (const { available } of this.byId.values()) {
      let index = indexEndingAfter(available, start);
      while (index < available.length && available[index].start <= start) index += 1;
      if (index < available.length) next = Math.min(next, available[index].start);
    }
    return next;
  }

  private timeAt(start: Instant): GroupTime {
    const meeting = { start, end: start + this.query.duration };
    const free = [...this.byId].filter(([, each]) => each.isFree(meeting));
    return { ...meeting, freeIds: new Set(free.map(([id]) => id)) };
  }

  private startAt(instant: Instant): Instant {
    const { step } = this.query;
    return step === null || instant === Infinity ? instant : nextOnGrid(step, instant);
  }
}
