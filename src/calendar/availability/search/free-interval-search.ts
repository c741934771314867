import type { Interval } from '../../intervals/interval.js';
import { type IntervalSet, normalise } from '../../intervals/interval-set.js';
import type { Instant } from '../../time/civil-time.js';
import { nextOnGrid } from '../../time/wall-clock-grid.js';
import { Availability } from '../availability.js';
import type { BlockingReason } from '../blocking-reasons.js';
import { blockingReasons } from '../blocking-reasons.js';
import { commonStarts } from '../common-starts.js';
import type { FreeIntervalQuery, Person } from '../free-interval-query.js';
import type { BusyInPart } from './busy-in-part.js';
import { type Candidates, candidatesOf } from './candidates.js';
import { extendAll } from './extend-all.js';
import type { FreeIntervalAnswer, Suggestion } from './free-interval-answer.js';
import { PreferredMeetings } from './preferred-meetings.js';
import { Relaxations } from './relaxations.js';

/**
 * Searches for common free intervals in calendars that come part by part, in order of time. The search decides on a
 * start as soon as the parts given so far enclose its meeting. The query has passed `checkFreeIntervalQuery`.
 *
 * @example
 * const search = new FreeIntervalSearch(query, people);
 * search.advance(firstWeek, { busy: busyInFirstWeek });
 * search.answer();
 */
export class FreeIntervalSearch {
  private readonly all: readonly Availability[];
  private readonly required: readonly Availability[];
  private readonly candidates: Candidates;
  private readonly preferred: PreferredMeetings | null;
  private readonly relaxations: Relaxations | null;
  private readonly found: Interval[] = [];
  /** Those of `found` whose people may stay free beyond the parts so far. */
  private open: readonly Interval[] = [];
  private knownUntil: Instant;
  private undecidedFrom: Instant;

  constructor(
    private readonly query: FreeIntervalQuery,
    people: readonly Person[],
  ) {
    const startAt = (instant: Instant) => this.startAt(instant);
    this.all = people.map((person) => new Availability(person, query, startAt));
    this.required = this.all.filter(({ person }) => !person.optional);
    this.candidates = candidatesOf(query);
    this.preferred = PreferredMeetings.of(query, this.required);
    this.relaxations = query.explain ? new Relaxations(query, this.required, startAt) : null;
    this.knownUntil = query.window.start;
    this.undecidedFrom = query.window.start;
  }

  /** Whether no further part can change the answer. */
  get isSettled(): boolean {
    if (this.knownUntil >= this.query.window.end) return true;
    if (!this.isComplete || this.open.length > 0 || this.stillBlocked().length > 0) return false;
    return this.preferred?.isExactFor(this.found, this.knownUntil) ?? true;
  }

  private get isComplete(): boolean {
    return this.found.length === this.candidates.sought;
  }

  private get nearestStart(): Instant | null {
    return this.found.at(0)?.start ?? null;
  }

  /** Adds the next part of the window, which starts where the last one ended. */
  advance(part: Interval, calendars: BusyInPart): void {
    extendAll(this.isComplete ? this.stillConcerned() : this.all, part, calendars);
    this.preferred?.extend(part, calendars.busy);
    this.knownUntil = part.end;
    const decided = this.found.length;
    this.decide(part, calendars);
    this.open = [...this.open, ...this.found.slice(decided)].filter(
      (meeting) => this.freeUntil(meeting) >= this.knownUntil,
    );
    for (const each of this.all) each.forgetUntil(this.nearestStart ?? this.undecidedFrom);
  }

  /** Returns the answer for the parts given so far; it is final if the search is settled. */
  answer(): FreeIntervalAnswer {
    const { most } = this.candidates;
    const meetings = this.found.slice(0, most);
    const chosen = this.preferred?.choose(meetings) ?? meetings;
    return {
      suggestions: chosen.map((meeting) => this.suggest(meeting)),
      reasons: this.reasons(),
      relaxations: this.relaxations?.found ?? null,
      nextStart: this.found.at(most)?.start ?? null,
    };
  }

  /** Decides on the starts whose meetings the parts so far enclose. */
  private decide(part: Interval, calendars: BusyInPart): void {
    if (this.isComplete) return;
    const starts = { start: this.undecidedFrom, end: part.end - this.query.duration + 1 };
    const isFirst = this.nearestStart === null;
    this.find(starts);
    if (!isFirst || this.relaxations === null) return;
    const before = { start: starts.start, end: this.nearestStart ?? starts.end };
    this.relaxations.extend(part, calendars);
    const almost = this.almostPossible(before);
    this.relaxations.decide(before, () => almost);
  }

  /** The starts at which the meeting lacks at most one person. */
  private almostPossible(range: Interval): IntervalSet {
    const { duration, minAttending } = this.query;
    const quorum = (minAttending ?? this.required.length) - 1;
    const calendars = this.required.map(({ available }) => available);
    return quorum === 0 ? normalise([range]) : commonStarts(calendars, duration, quorum, range);
  }

  private find(starts: Interval): void {
    const { duration, minAttending } = this.query;
    const { sought, spacing } = this.candidates;
    const calendars = this.required.map(({ available }) => available);
    for (const common of commonStarts(calendars, duration, minAttending ?? calendars.length, starts)) {
      let start = this.startAt(Math.max(common.start, this.undecidedFrom));
      while (start < common.end && this.found.length < sought) {
        this.undecidedFrom = start + spacing;
        this.found.push({ start, end: start + duration });
        start = this.startAt(this.undecidedFrom);
      }
    }
    this.undecidedFrom = Math.max(this.undecidedFrom, starts.end);
  }

  private startAt(instant: Instant): Instant {
    return this.query.step === null ? instant : nextOnGrid(this.query.step, instant);
  }

  private suggest(meeting: Interval): Suggestion {
    const freeUntil = this.freeUntil(meeting);
    return {
      ...meeting,
      freeUntil: freeUntil < this.query.window.end ? freeUntil : null,
      attending: this.all.filter((each) => each.isFree(meeting)).map(({ person }) => person.id),
    };
  }

  private freeUntil(meeting: Interval): Instant {
    const attending = this.required.filter((each) => each.isFree(meeting));
    return Math.min(...attending.map((each) => each.freeUntil(meeting.start)));
  }

  /**
   * The people whose time may still end a suggestion, or whose reasons may still change: they are free, or blocked, up to
   * the end of the last part.
   */
  private stillConcerned(): Availability[] {
    const blocked = new Set(this.stillBlocked());
    return this.all.filter(
      (each) =>
        blocked.has(each) ||
        (!each.person.optional &&
          this.open.some(
            (meeting) => each.isFree(meeting) && each.freeUntil(meeting.start) >= this.knownUntil,
          )),
    );
  }

  private stillBlocked(): Availability[] {
    const nearest = this.nearestStart;
    return nearest === null ? [] : this.all.filter((each) => each.mayBlockLonger(nearest));
  }

  private reasons(): readonly BlockingReason[] {
    return blockingReasons(this.all, { nearestStart: this.nearestStart, end: this.query.window.end });
  }
}
