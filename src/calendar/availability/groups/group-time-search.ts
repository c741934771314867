import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, indexEndingAfter, intersect, normalise } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { nextOnGrid } from '../../time/wall-clock-grid.js';
import { Availability } from '../availability.js';
import { commonStarts } from '../common-starts.js';
import type { Person } from '../free-interval-query.js';
import type { BusyInPart } from '../search/busy-in-part.js';
import { type Candidates, candidatesOf } from '../search/candidates.js';
import { PreferredMeetings } from '../search/preferred-meetings.js';
import { type OneMissing, Relaxations } from '../search/relaxations.js';
import { chosenMembers, type MeetingGroup, sharedMembers } from './chosen-members.js';
import type { GroupTime, GroupTimesAnswer, GroupTimesQuery } from './group-times-query.js';

/**
 * Searches for times of groups in calendars that come part by part, in order of time, as `FreeIntervalSearch` does.
 *
 * @example
 * const search = new GroupTimeSearch(query, people);
 * search.advance(firstWeek, { busy: busyInFirstWeek });
 * search.answer();
 */
export class GroupTimeSearch {
  private readonly all: readonly Availability[];
  private readonly byId: ReadonlyMap<number, Availability>;
  private readonly sharesMembers: boolean;
  private readonly candidates: Candidates;
  private readonly preferred: PreferredMeetings | null;
  private readonly relaxations: Relaxations | null;
  private readonly found: Interval[] = [];
  private undecidedFrom: Instant;
  private knownUntil: Instant;

  /** @param people the members of all groups, and the optional people, each once */
  constructor(
    private readonly query: GroupTimesQuery,
    people: readonly Person[],
  ) {
    const startAt = (instant: Instant) => this.startAt(instant);
    this.all = people.map((person) => new Availability(person, query, startAt));
    this.byId = new Map(this.all.map((each) => [each.person.id, each]));
    this.sharesMembers = sharedMembers(query.groups).size > 0;
    this.candidates = candidatesOf(query);
    const named = this.all.filter(({ person }) => query.namedIds.has(person.id));
    this.preferred = PreferredMeetings.of(query, named);
    this.relaxations = query.explain ? new Relaxations(query, named, startAt) : null;
    this.undecidedFrom = query.window.start;
    this.knownUntil = query.window.start;
  }

  /** Whether no further part can change the answer. */
  get isSettled(): boolean {
    if (this.knownUntil >= this.query.window.end) return true;
    return this.isComplete && (this.preferred?.isExactFor(this.found, this.knownUntil) ?? true);
  }

  private get isComplete(): boolean {
    return this.found.length === this.candidates.sought;
  }

  /** Adds the next part of the window, which starts where the last one ended. */
  advance(part: Interval, calendars: BusyInPart): void {
    const { busy, hidden, held } = calendars;
    this.preferred?.extend(part, busy);
    this.knownUntil = part.end;
    if (this.isComplete) return;
    for (const each of this.all) {
      const { id } = each.person;
      each.extend(part, busy.get(id) ?? [], hidden?.get(id), held?.get(id));
    }
    this.decide(part, calendars);
    for (const each of this.all) each.forgetUntil(this.found.at(0)?.start ?? this.undecidedFrom);
  }

  /** Returns the answer for the parts given so far; it is final if the search is settled. */
  answer(): GroupTimesAnswer {
    const { most } = this.candidates;
    const meetings = this.found.slice(0, most);
    const chosen = this.preferred?.choose(meetings) ?? meetings;
    return {
      times: chosen.map((meeting) => this.timeAt(meeting.start)),
      relaxations: this.relaxations?.found ?? null,
      nextStart: this.found.at(most)?.start ?? null,
    };
  }

  /** Decides on the starts whose meetings the parts so far enclose. */
  private decide(part: Interval, calendars: BusyInPart): void {
    const starts = { start: this.undecidedFrom, end: part.end - this.query.duration + 1 };
    const isFirst = this.found.length === 0;
    this.find(starts);
    if (!isFirst || this.relaxations === null) return;
    const before = { start: starts.start, end: this.found.at(0)?.start ?? starts.end };
    this.relaxations.extend(part, calendars);
    this.relaxations.decide(before, this.oneMissingIn(before));
  }

  private find(starts: Interval): void {
    const { duration } = this.query;
    const { sought, spacing } = this.candidates;
    for (const common of this.startsOfAll(this.startsByGroup(starts), starts)) {
      const range = { start: Math.max(common.start, this.undecidedFrom), end: common.end };
      let start = this.firstStartIn(range);
      while (start !== null && this.found.length < sought) {
        this.found.push({ start, end: start + duration });
        this.undecidedFrom = start + spacing;
        start = this.firstStartIn({ start: this.undecidedFrom, end: common.end });
      }
    }
    this.undecidedFrom = Math.max(this.undecidedFrom, starts.end);
  }

  /** No two groups share a named member, so the others do not get more members if that one can attend. */
  private oneMissingIn(range: Interval): OneMissing {
    const { groups } = this.query;
    const startsByGroup = this.startsByGroup(range);
    const almostByGroup = new Map<number, IntervalSet>();
    const almostWithout = (index: number): IntervalSet => {
      const { memberIds, required } = groups[index];
      const own =
        required === 1 ? normalise([range]) : this.startsOf({ memberIds, required: required - 1 }, range);
      return this.startsOfAll(startsByGroup.with(index, own), range);
    };
    return {
      startsWith: ({ person }) => {
        const index = groups.findIndex(({ memberIds }) => memberIds.includes(person.id));
        const known = almostByGroup.get(index) ?? almostWithout(index);
        almostByGroup.set(index, known);
        return known;
      },
      firstStart: ({ person }, possible) => this.firstStartIn(possible, person.id),
    };
  }

  /** The starts at which each group by itself has enough free members. */
  private startsByGroup(range: Interval): IntervalSet[] {
    return this.query.groups.map((group) => this.startsOf(group, range));
  }

  private startsOf({ memberIds, required }: MeetingGroup, range: Interval): IntervalSet {
    const sets = memberIds.map((id) => this.byId.get(id)?.available ?? []);
    return commonStarts(sets, this.query.duration, required, range);
  }

  private startsOfAll(startsByGroup: readonly IntervalSet[], range: Interval): IntervalSet {
    return startsByGroup.reduce((common, starts) => intersect(common, starts), normalise([range]));
  }

  /**
   * The first start of an interval at which the groups have enough different members. Each of them has enough by itself.
   * @param alsoFree a member who is taken to be free
   */
  private firstStartIn({ start: from, end }: Interval, alsoFree?: number): Instant | null {
    let start = this.startAt(from);
    while (start < end) {
      if (this.canMeetAt(start, alsoFree)) return start;
      start = this.startAt(this.nextFree(start));
    }
    return null;
  }

  private canMeetAt(start: Instant, alsoFree?: number): boolean {
    if (!this.sharesMembers) return true;
    const { freeIds } = this.timeAt(start);
    return chosenMembers(this.query.groups, (id) => id === alsoFree || freeIds.has(id)) !== null;
  }

  /** The next instant at which someone becomes free; until then, the groups cannot get more members. */
  private nextFree(start: Instant): Instant {
    let next = Infinity;
    for (const { available } of this.all) {
      let index = indexEndingAfter(available, start);
      while (index < available.length && available[index].start <= start) index += 1;
      if (index < available.length) next = Math.min(next, available[index].start);
    }
    return next;
  }

  private timeAt(start: Instant): GroupTime {
    const meeting = { start, end: start + this.query.duration };
    const free = this.all.filter((each) => each.isFree(meeting));
    return { ...meeting, freeIds: new Set(free.map(({ person }) => person.id)) };
  }

  private startAt(instant: Instant): Instant {
    const { step } = this.query;
    return step === null || instant === Infinity ? instant : nextOnGrid(step, instant);
  }
}
