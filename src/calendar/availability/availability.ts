import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, gaps, indexEndingAfter, normalise, subtract } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';
import type { FreeIntervalQuery, Participant } from './free-interval-query.js';
import { workingTime } from './working-hours.js';

/** Why a participant cannot attend. It names a rule, and never the event behind it. */
export type BlockingRule = 'busy' | 'buffer' | 'outside_working_hours';

/** The first start at or after an instant that a query allows. */
export type StartRule = (instant: Instant) => Instant;

/** In the order of an answer. */
const RULES: readonly BlockingRule[] = ['busy', 'buffer', 'outside_working_hours'];

/**
 * The time in which one participant can attend a meeting, within the windows given to `extend` and without the time that
 * `forgetUntil` removed.
 *
 * Buffers widen the busy time instead of the meeting, by `bufferAfter` at its start and by `bufferBefore` at its end. So
 * the participant can attend exactly the meetings that an interval of `available` encloses.
 *
 * @example
 * const availability = new Availability(participant, query, (instant) => instant);
 * availability.extend(firstWeek, busyInFirstWeek);
 * availability.isFree(meeting);
 */
export class Availability {
  private readonly known: Interval[] = [];
  private readonly firstBlocked = new Map<BlockingRule, Instant>();
  private firstForgottenStart: Instant | null = null;

  constructor(
    readonly participant: Participant,
    private readonly query: Pick<FreeIntervalQuery, 'bufferBefore' | 'bufferAfter' | 'duration'>,
    private readonly startAt: StartRule,
  ) {}

  /** The time that a meeting may take. */
  get available(): IntervalSet {
    return this.known;
  }

  /**
   * Adds the next window, which starts where the last one ended. `busy` is the busy time in any order. It includes the busy
   * time within the buffers before and after the window, and may reach further.
   */
  extend(window: Interval, busy: readonly Interval[]): void {
    const { workingHours, timeZone } = this.participant;
    const working = workingHours === null ? normalise([window]) : workingTime(workingHours, timeZone, window);
    const meetings = normalise(busy);
    const busyWithin = clip(meetings, window);
    const kept = clip(this.withBuffers(meetings), window);
    this.note('busy', () => busyWithin);
    this.note('buffer', () => subtract(kept, busyWithin));
    this.note('outside_working_hours', () => gaps(working, window));
    for (const interval of subtract(working, kept)) this.append(interval);
  }

  /**
   * Removes the available time that ends at an instant or before, so that a search of a year does not keep a year. The
   * windows given so far must end after the instant.
   */
  forgetUntil(instant: Instant): void {
    const kept = this.known.findIndex(({ end }) => end > instant);
    const forgotten = this.known.splice(0, kept === -1 ? this.known.length : kept);
    this.firstForgottenStart ??= this.firstStartIn(forgotten);
  }

  /** The first start of a meeting that this participant could attend, in the windows given so far; null without any. */
  firstStart(): Instant | null {
    return this.firstForgottenStart ?? this.firstStartIn(this.known);
  }

  /** Whether the participant can attend a meeting in this interval, which is within the windows given so far. */
  isFree(meeting: Interval): boolean {
    const around = this.available.at(indexEndingAfter(this.available, meeting.end - 1));
    return around !== undefined && around.start <= meeting.start;
  }

  /** The end of the available time around an instant, within the windows given so far; the instant itself without any. */
  freeUntil(instant: Instant): Instant {
    const around = this.available.at(indexEndingAfter(this.available, instant));
    return around !== undefined && around.start <= instant ? around.end : instant;
  }

  /** The rules that block time before an instant. A buffer counts only where the participant is not busy. */
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
