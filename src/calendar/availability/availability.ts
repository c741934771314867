import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, gaps, indexEndingAfter, normalise, subtract } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';
import type { FreeIntervalQuery, Person } from './free-interval-query.js';
import { workingTime } from './working-hours.js';

/**
 * The rule that keeps a person from attending. It does not name the event behind it.
 *
 * `busy` stands for events, and `hold` for time that is held for an event that may come. Both may block the same time.
 * `buffer` means that neither does, but a meeting would start or end too close to such time.
 * `calendar_not_shared` stands for all time that only hidden calendars block, buffers included.
 */
export type BlockingRule = 'busy' | 'hold' | 'buffer' | 'outside_working_hours' | 'calendar_not_shared';

/** Returns the first instant at or after the given one at which a query allows a meeting to start. */
export type NextAllowedStart = (instant: Instant) => Instant;

/** In the order in which an answer lists them. */
const RULES: readonly BlockingRule[] = [
  'busy',
  'hold',
  'buffer',
  'outside_working_hours',
  'calendar_not_shared',
];

/**
 * Holds the time in which one person can attend a meeting, within the windows given to `extend`. `forgetUntil` removes
 * time that has passed. All lengths are milliseconds.
 *
 * Buffers widen the busy time instead of the meeting, by `bufferAfter` at its start and by `bufferBefore` at its end.
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
  private readonly firstBlocked = new Map<BlockingRule, Instant>();
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
   * is further busy time of the same form, of calendars that the reader of the answer may not see, and `held` is the held time.
   */
  extend(
    window: Interval,
    busy: readonly Interval[],
    hidden: readonly Interval[] = [],
    held: readonly Interval[] = [],
  ): void {
    const { workingHours, timeZone } = this.person;
    const working = workingHours === null ? normalise([window]) : workingTime(workingHours, timeZone, window);
    const events = normalise(busy);
    const meetings = held.length === 0 ? events : normalise([...events, ...held]);
    const visible = clip(this.withBuffers(meetings), window);
    const kept =
      hidden.length === 0 ? visible : clip(this.withBuffers(normalise([...meetings, ...hidden])), window);
    this.note('busy', () => clip(events, window));
    this.note('hold', () => clip(normalise(held), window));
    this.note('buffer', () => subtract(visible, clip(meetings, window)));
    this.note('outside_working_hours', () => gaps(working, window));
    this.note('calendar_not_shared', () => subtract(kept, visible));
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
   * Returns the rules that block any time before an instant, in the order busy, hold, buffer, outside working hours,
   * calendar not shared. `buffer` counts only where the person is neither busy nor held.
   */
  rulesBlockingBefore(instant: Instant): readonly BlockingRule[] {
    return RULES.filter((rule) => (this.firstBlocked.get(rule) ?? instant) < instant);
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

  private note(rule: BlockingRule, blocked: () => IntervalSet): void {
    if (this.firstBlocked.has(rule)) return;
    const first = blocked().at(0);
    if (first !== undefined) this.firstBlocked.set(rule, first.start);
  }

  private append(interval: Interval): void {
    const last = this.known.at(-1);
    if (last?.end === interval.start)
      this.known[this.known.length - 1] = { start: last.start, end: interval.end };
    else this.known.push(interval);
  }
}
