import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, gaps, indexEndingAfter, normalise, subtract } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';
import type { FreeIntervalQuery, Participant } from './free-interval-query.js';
import { workingTime } from './working-hours.js';

/** Why a participant cannot attend: a rule, and never the event behind it. */
export type BlockingRule = 'busy' | 'buffer' | 'outside_working_hours';

/** The first start that a query allows at an instant or after it. */
export type StartRule = (instant: Instant) => Instant;

/** In the order in which they are told. */
const RULES: readonly BlockingRule[] = ['busy', 'buffer', 'outside_working_hours'];

/**
 * When one participant can attend, known from the start of a search as far as the windows that it was given, except
 * for the time that it was told to forget.
 *
 * A buffer widens the busy time instead of the meeting, by `bufferAfter` at its start and `bufferBefore` at its end,
 * so that a meeting suits whenever it lies whole in `available`.
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

  /** The time that a meeting may take, within the windows given so far and not forgotten. */
  get available(): IntervalSet {
    return this.known;
  }

  /**
   * Takes in the next window, which starts where the last one ended. `busy` is the busy time in any order and may
   * reach out of the window; it must hold all that comes within the buffers of it.
   */
  extend(window: Interval, busy: readonly Interval[]): void {
    const { workingHours, timeZone } = this.participant;
    const working = workingHours === null ? normalise([window]) : workingTime(workingHours, timeZone, window);
    const meetings = normalise(busy);
    const taken = clip(meetings, window);
    const kept = clip(this.withBuffers(meetings), window);
    this.note('busy', () => taken);
    this.note('buffer', () => subtract(kept, taken));
    this.note('outside_working_hours', () => gaps(working, window));
    for (const interval of subtract(working, kept)) this.append(interval);
  }

  /**
   * Forgets the intervals that end at the instant or before, so that a search of a year does not keep a year. They must
   * not grow any more: the windows given so far end later.
   */
  forgetUntil(instant: Instant): void {
    const kept = this.known.findIndex(({ end }) => end > instant);
    const forgotten = this.known.splice(0, kept === -1 ? this.known.length : kept);
    this.firstForgottenStart ??= this.firstStartIn(forgotten);
  }

  /** The first start of a meeting that suits the participant alone, in the windows given so far; null without any. */
  firstStart(): Instant | null {
    return this.firstForgottenStart ?? this.firstStartIn(this.known);
  }

  /** Whether a meeting in this interval, within the windows given so far, suits the participant. */
  isFree(meeting: Interval): boolean {
    const around = this.available.at(indexEndingAfter(this.available, meeting.end - 1));
    return around !== undefined && around.start <= meeting.start;
  }

  /** Where the available time around an instant ends, as far as is known; the instant itself when it has none. */
  freeUntil(instant: Instant): Instant {
    const around = this.available.at(indexEndingAfter(this.available, instant));
    return around !== undefined && around.start <= instant ? around.end : instant;
  }

  /** The rules that take any time before the instant, a buffer only where the busy time itself does not. */
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
