import type { Interval } from '../../intervals/interval.js';
import type { IntervalSet } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { nextOnGrid } from '../../time/wall-clock-grid.js';
import { Availability } from '../availability.js';
import type { Person } from '../free-interval-query.js';
import type { BusyInPart } from '../search/busy-in-part.js';
import { type Candidates, candidatesOf } from '../search/candidates.js';
import { extendAll } from '../search/extend-all.js';
import { PreferredMeetings } from '../search/preferred-meetings.js';
import { type OneMissing, Relaxations } from '../search/relaxations.js';
import type { GroupTime, GroupTimesAnswer, GroupTimesQuery } from './group-times-query.js';
import { StartsOfGroups } from './starts-of-groups.js';

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
  private readonly starts: StartsOfGroups;
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
    const byId = new Map(this.all.map((each) => [each.person.id, each]));
    const availableOf = (id: number) => byId.get(id)?.available ?? [];
    this.starts = new StartsOfGroups(query.groups, query.duration, availableOf);
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
    this.preferred?.extend(part, calendars.busy);
    this.knownUntil = part.end;
    if (this.isComplete) return;
    extendAll(this.all, part, calendars);
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
    for (const possible of this.starts.within(starts)) {
      let start = this.startAt(Math.max(possible.start, this.undecidedFrom));
      while (start < possible.end && this.found.length < sought) {
        this.undecidedFrom = start + spacing;
        this.found.push({ start, end: start + duration });
        start = this.startAt(this.undecidedFrom);
      }
    }
    this.undecidedFrom = Math.max(this.undecidedFrom, starts.end);
  }

  /** One sweep of a range serves all members of a group. */
  private oneMissingIn(range: Interval): OneMissing {
    const byGroup = new Map<number, IntervalSet>();
    return ({ person }) => {
      const group = this.query.groups.findIndex(({ memberIds }) => memberIds.includes(person.id));
      const known = byGroup.get(group) ?? this.starts.within(range, group);
      byGroup.set(group, known);
      return known;
    };
  }

  private timeAt(start: Instant): GroupTime {
    const meeting = { start, end: start + this.query.duration };
    const free = this.all.filter((each) => each.isFree(meeting));
    return { ...meeting, freeIds: new Set(free.map(({ person }) => person.id)) };
  }

  private startAt(instant: Instant): Instant {
    const { step } = this.query;
    return step === null ? instant : nextOnGrid(step, instant);
  }
}
