import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, gaps, indexEndingAfter, normalise, subtract } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';
import type { FreeIntervalQuery, Person } from './free-interval-query.js';
import { outsideDateHours, workingTime } from './working-hours.js';

/** All rules, in the order in which an answer lists them. */
export const BLOCKING_RULES = [
  'busy',
  'away',
  'hold',
  'buffer',
  'date_override',
  'outside_working_hours',
  'calendar_not_shared',
] as const;

/**
 * The rule that keeps a person from attending. It does not name the event behind it.
 *
 * `busy` stands for events, and `hold` for time that is held for an event that may come. Both may block the same time.
 * `buffer` means that the person is neither busy, nor away, nor held, but a meeting would start or end too close to such
 * time. `date_override` means that the hours of a date block, and `outside_working_hours` that those of the week do.
 * `calendar_not_shared` stands for all time that only hidden calendars block, buffers included.
 */
export type BlockingRule = (typeof BLOCKING_RULES)[number];

/** A rule, and when it stops to block a person for the first time. */
export interface BlockedByRule {
  readonly rule: BlockingRule;
  /**
   * The end of the first interval that the rule blocks. It is the end of the last window if the rule may continue to block
   * after it, and `Infinity` if the rule never stops.
   */
  readonly until: Instant;
}

/** Returns the first instant at or after the given one at which a query allows a meeting to start. */
export type NextAllowedStart = (instant: Instant) => Instant;

/**
 * Holds the time in which one person can attend a meeting, within the windows given to `extend`. `forgetUntil` removes
 * time that has passed. All lengths are milliseconds.
 *
 * Buffers widen the busy time, and the time away, instead of the meeting, by `bufferAfter` at its start and by `bufferBefore` at its end.
 * So the person can attend exactly the meetings that an interval of `available` encloses. Without a window, no time is
 * available.
 *
 * @example
 * const availability = new Availability(person, query, (instant) => instant);
 * availability.extend(firstWeek, busyInFirstWeek);
 * availability.isFree(meeting);
 */
export class Availability {
  private readonly known: Interval[] = [];
  private readonly firstBlocked = new Map<BlockingRule, Interval>();
  private knownUntil: Instant | null = null;
  private firstForgottenStart: Instant | null = null;

  constructor(
    readonly person: Person,
    private readonly query: Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter' | 'duration'>,
    private readonly startAt: NextAllowedStart,
  ) {}

  /** The time that a meeting, without its buffers, may take. */
  get available(): IntervalSet {
    return this.known;
  }

  /**
   * Adds the next window, which starts where the last one ended. `busy` contains all busy time in the window and in the
   * buffers before and after it. It may be in any order, overlap and reach further; empty intervals have no effect. `hidden`
   * is further busy time of the same form, of calendars that the reader of the answer may not see, and `held` is the held
   * time. The time away of the person is not among them.
   */
  extend(
    window: Interval,
    busy: readonly Interval[],
    hidden: readonly Interval[] = [],
    held: readonly Interval[] = [],
  ): void {
    const { workingHours, timeZone, hiddenCalendars, away = [] } = this.person;
    this.knownUntil = window.end;
    if (hiddenCalendars === 'all') {
      this.noteAlways('calendar_not_shared', window.start);
      return;
    }
    const working = workingHours === null ? normalise([window]) : workingTime(workingHours, timeZone, window);
    const isPlain = away.length === 0 && held.length === 0;
    const taken = normalise(isPlain ? busy : [...busy, ...away, ...held]);
    const takenWithin = clip(taken, window);
    const visible = clip(this.withBuffers(taken), window);
    const kept =
      hidden.length === 0 ? visible : clip(this.withBuffers(normalise([...taken, ...hidden])), window);
    this.note('busy', window, () => (isPlain ? takenWithin : clip(normalise(busy), window)));
    this.note('away', window, () => clip(away, window));
    this.note('hold', window, () => clip(normalise(held), window));
    this.note('buffer', window, () => subtract(visible, takenWithin));
    if (workingHours !== null) {
      const ofDates = () => outsideDateHours(workingHours, timeZone, window, working);
      this.note('date_override', window, ofDates);
      this.note('outside_working_hours', window, () => subtract(gaps(working, window), ofDates()));
    }
    this.note('calendar_not_shared', window, () => subtract(kept, visible));
    for (const interval of subtract(working, kept)) this.append(interval);
  }

  /**
   * Removes the intervals of available time that end at or before an instant, so that a search of a year does not keep
   * a year. `firstStart` and `rulesBlockingBefore` still include them.
   */
  forgetUntil(instant: Instant): void {
    const kept = this.known.findIndex(({ end }) => end > instant);
    const forgotten = this.known.splice(0, kept === -1 ? this.known.length : kept);
    this.firstForgottenStart ??= this.firstStartIn(forgotten);
  }

  /** Returns the first start of a meeting that the person can attend in the windows given so far; null without any. */
  firstStart(): Instant | null {
    return this.firstForgottenStart ?? this.firstStartIn(this.known);
  }

  /** Returns whether the person can attend a meeting. The windows given so far, without forgotten time, enclose it. */
  isFree(meeting: Interval): boolean {
    const around = this.available.at(indexEndingAfter(this.available, meeting.end - 1));
    return around !== undefined && around.start <= meeting.start;
  }

  /** Returns the end of the interval of available time that contains an instant; the instant itself if none does. */
  freeUntil(instant: Instant): Instant {
    const around = this.available.at(indexEndingAfter(this.available, instant));
    return around !== undefined && around.start <= instant ? around.end : instant;
  }

  /**
   * Returns the rules that block any time before an instant, in the order of `BLOCKING_RULES`. `buffer` counts only where the person
   * is neither busy, nor away, nor held.
   */
  rulesBlockingBefore(instant: Instant): readonly BlockedByRule[] {
    const blocking: BlockedByRule[] = [];
    if (this.firstBlocked.size === 0) return blocking;
    for (const rule of BLOCKING_RULES) {
      const first = this.firstBlocked.get(rule);
      if (first !== undefined && first.start < instant) blocking.push({ rule, until: first.end });
    }
    return blocking;
  }

  /** Returns whether a further window may change the `until` of a rule that blocks time before an instant. */
  mayBlockLonger(instant: Instant): boolean {
    for (const { start, end } of this.firstBlocked.values())
      if (start < instant && end === this.knownUntil) return true;
    return false;
  }

  private withBuffers(busy: IntervalSet): IntervalSet {
    const { bufferBefore, bufferAfter } = this.query;
    if (bufferBefore === 0 && bufferAfter === 0) return busy;
    return normalise(busy.map(({ start, end }) => ({ start: start - bufferAfter, end: end + bufferBefore })));
  }

  private firstStartIn(available: IntervalSet): Instant | null {
    for (const { start, end } of available) {
      const first = this.startAt(start);
      if (first + this.query.duration <= end) return first;
    }
    return null;
  }

  /** Notes the first interval that a rule blocks; in the windows after its own one, whether it continues. */
  private note(rule: BlockingRule, window: Interval, blocked: () => IntervalSet): void {
    const known = this.firstBlocked.get(rule);
    if (known !== undefined && known.end !== window.start) return;
    const first = blocked().at(0);
    if (first === undefined) return;
    if (known === undefined) this.firstBlocked.set(rule, first);
    else if (first.start === window.start)
      this.firstBlocked.set(rule, { start: known.start, end: first.end });
  }

  private noteAlways(rule: BlockingRule, from: Instant): void {
    if (!this.firstBlocked.has(rule)) this.firstBlocked.set(rule, { start: from, end: Infinity });
  }

  private append(interval: Interval): void {
    const last = this.known.at(-1);
    if (last?.end === interval.start)
      this.known[this.known.length - 1] = { start: last.start, end: interval.end };
    else this.known.push(interval);
  }
}
