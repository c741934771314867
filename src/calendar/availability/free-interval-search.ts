import type { Interval } from '../intervals/interval.js';
import type { Instant } from '../time/civil-time.js';
import { nextOnGrid } from '../time/wall-clock-grid.js';
import { Availability } from './availability.js';
import type { BlockingReason } from './blocking-reasons.js';
import { blockingReasons } from './blocking-reasons.js';
import { commonStarts } from './common-starts.js';
import type { FreeIntervalAnswer, Suggestion } from './free-interval-answer.js';
import type { FreeIntervalQuery, Person } from './free-interval-query.js';

/**
 * Searches for common free intervals in calendars that come part by part, in order of time. The search decides on a
 * start as soon as the parts given so far enclose its meeting. The query has passed `checkFreeIntervalQuery`.
 *
 * @example
 * const search = new FreeIntervalSearch(query, people);
 * search.advance(firstWeek, busyInFirstWeek);
 * search.answer();
 */
export class FreeIntervalSearch {
  private readonly all: readonly Availability[];
  private readonly required: readonly Availability[];
  private readonly found: Interval[] = [];
  private knownUntil: Instant;
  private undecidedFrom: Instant;

  constructor(
    private readonly query: FreeIntervalQuery,
    people: readonly Person[],
  ) {
    const startAt = (instant: Instant) => this.startAt(instant);
    this.all = people.map((person) => new Availability(person, query, startAt));
    this.required = this.all.filter(({ person }) => !person.optional);
    this.knownUntil = query.window.start;
    this.undecidedFrom = query.window.start;
  }

  /** Whether no further part can change the answer. */
  get isSettled(): boolean {
    if (this.knownUntil >= this.query.window.end) return true;
    return this.isComplete && this.found.every((meeting) => this.freeUntil(meeting) < this.knownUntil);
  }

  private get isComplete(): boolean {
    return this.found.length === this.query.limit;
  }

  /**
   * Adds the next part of the window, which starts where the last one ended. `busy` is the busy time by the person's
   * id, in the part and in the buffers before and after it. A person without busy time may be absent. `hidden` is the same
   * of calendars that the reader of the answer may not see, and `held` is the same of held time.
   */
  advance(
    part: Interval,
    busy: ReadonlyMap<number, readonly Interval[]>,
    hidden: ReadonlyMap<number, readonly Interval[]> = new Map(),
    held: ReadonlyMap<number, readonly Interval[]> = new Map(),
  ): void {
    for (const each of this.isComplete ? this.stillFree() : this.all) {
      const { id } = each.person;
      each.extend(part, busy.get(id) ?? [], hidden.get(id), held.get(id));
    }
    this.knownUntil = part.end;
    this.decide({ start: this.undecidedFrom, end: part.end - this.query.duration + 1 });
    const first = this.found.at(0)?.start ?? this.undecidedFrom;
    for (const each of this.all) each.forgetUntil(first);
  }

  /** Returns the answer for the parts given so far; it is final if the search is settled. */
  answer(): FreeIntervalAnswer {
    return { suggestions: this.found.map((meeting) => this.suggest(meeting)), reasons: this.reasons() };
  }

  private decide(starts: Interval): void {
    const { duration, minAttending, limit } = this.query;
    if (this.isComplete) return;
    const calendars = this.required.map(({ available }) => available);
    for (const common of commonStarts(calendars, duration, minAttending ?? calendars.length, starts)) {
      let start = this.startAt(Math.max(common.start, this.undecidedFrom));
      while (start < common.end && this.found.length < limit) {
        this.undecidedFrom = start + duration;
        this.found.push({ start, end: this.undecidedFrom });
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

  /** The people whose time may still end a suggestion: they are free up to the end of the last part. */
  private stillFree(): Availability[] {
    return this.required.filter((each) =>
      this.found.some((meeting) => each.isFree(meeting) && each.freeUntil(meeting.start) >= this.knownUntil),
    );
  }

  private reasons(): readonly BlockingReason[] {
    return blockingReasons(this.required, this.found.at(0)?.start ?? this.query.window.end);
  }
}
