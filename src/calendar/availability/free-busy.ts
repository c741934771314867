import type { Interval } from '../intervals/interval.js';
import type { IntervalColumns } from '../intervals/interval-columns.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, normalise } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';

/**
 * How the time of an event is shown. `free` takes no time: TRANSP `TRANSPARENT` of iCalendar (RFC 5545 §3.8.2.7). The
 * others take time: FBTYPE `BUSY`, `BUSY-TENTATIVE` and `BUSY-UNAVAILABLE` (RFC 5545 §3.2.9).
 */
export type ShowAs = 'busy' | 'free' | 'tentative' | 'out_of_office';

/** Whether an event takes place: STATUS of iCalendar (RFC 5545 §3.8.1.11). */
export type EventStatus = 'confirmed' | 'cancelled';

/** The participation status of an attendee: PARTSTAT of iCalendar (RFC 5545 §3.2.12), or `organizer`. */
export type ParticipationStatus = 'organizer' | 'needs_action' | 'accepted' | 'declined' | 'tentative';

/**
 * Which time that is not firm counts as busy. `busy`: unanswered and tentative invites, and events shown as tentative.
 * `answered`: tentative invites, and events shown as tentative. `free`: none of them.
 */
export type PendingPolicy = 'busy' | 'answered' | 'free';

/** The facts that decide whether an attendee is busy during an event. */
export interface BusyFacts {
  readonly showAs: ShowAs;
  readonly status: EventStatus;
  readonly participation: ParticipationStatus;
  readonly pending: PendingPolicy;
}

/**
 * Returns whether an attendee is busy during an event. The attendee is not busy if the event is cancelled or shown as
 * free, if the attendee declined it, or if the answer or the event is not firm and `pending` does not count it.
 *
 * @example countsAsBusy({ showAs: 'busy', status: 'confirmed', participation: 'tentative', pending: 'free' }); // false
 */
export function countsAsBusy({ showAs, status, participation, pending }: BusyFacts): boolean {
  if (showAs === 'free' || status === 'cancelled' || participation === 'declined') return false;
  if (participation === 'needs_action') return pending === 'busy';
  return (participation !== 'tentative' && showAs !== 'tentative') || pending !== 'free';
}

/**
 * Returns the busy time of one person in a window: the time that the occurrences cover together, cut at the ends of the
 * window. The occurrences may be in any number of streams, in any order, and may overlap. Touching ones become one
 * interval; empty ones have no effect. Returns `[]` for an empty window.
 *
 * @example busyTime([[{ start: 1, end: 4 }], [{ start: 2, end: 3 }]], { start: 2, end: 9 }); // [{ start: 2, end: 4 }]
 */
export function busyTime(streams: readonly (readonly Interval[])[], window: Interval): IntervalSet {
  return clip(normalise(streams.flat()), window);
}

/** No interval starts within it or touches it. */
const NO_INTERVAL = { start: Infinity, end: -Infinity };

/**
 * Collects busy time in any order and merges neighbours. An occurrence that starts within the interval added last, or
 * at its end, extends that interval and takes no memory. So a series that is read in order takes the memory of its
 * merged intervals only.
 *
 * @example
 * const time = new CollectedBusyTime();
 * time.add({ starts: [1, 2], ends: [4, 6] }, 0, 2);
 * time.intervals; // [{ start: 1, end: 6 }]
 */
export class CollectedBusyTime {
  private readonly collected: { start: Instant; end: Instant }[] = [];

  /**
   * In the order in which they were added. An interval overlaps or touches the next one only if it starts after that.
   */
  get intervals(): readonly Interval[] {
    return this.collected;
  }

  /** Adds the occurrences from index `from` to before index `to`. */
  add({ starts, ends }: IntervalColumns, from: number, to: number): void {
    let last = this.collected.at(-1) ?? NO_INTERVAL;
    let { start: lastStart, end: lastEnd } = last;
    for (let index = from; index < to; index += 1) {
      const start = starts[index];
      const end = ends[index];
      if (start < lastStart || start > lastEnd) {
        last = { start, end };
        this.collected.push(last);
        lastStart = start;
        lastEnd = end;
      } else if (end > lastEnd) last.end = lastEnd = end;
    }
  }
}

/**
 * Joins busy time that comes part by part, in order of time: each part starts at the end of the one before it or later.
 *
 * @example
 * const time = new BusyTimeInParts();
 * time.append([{ start: 1, end: 4 }]);
 * time.append([{ start: 4, end: 5 }]);
 * time.set; // [{ start: 1, end: 5 }]
 */
export class BusyTimeInParts {
  private readonly joined: Interval[] = [];

  /** All parts so far as one set. A further part never makes it smaller. */
  get set(): IntervalSet {
    return this.joined;
  }

  /**
   * Adds the next part. If it starts where the last one ended, both become one interval. An empty part has no effect.
   */
  append(part: IntervalSet): void {
    for (const { start, end } of part) {
      const last = this.joined.at(-1);
      if (last?.end === start) this.joined[this.joined.length - 1] = { start: last.start, end };
      else this.joined.push({ start, end });
    }
  }
}
