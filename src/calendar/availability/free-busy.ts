import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, normalise } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';

/** Whether the time of an event counts as busy: TRANSP of iCalendar, OPAQUE or TRANSPARENT (RFC 5545 §3.8.2.7). */
export type ShowAs = 'busy' | 'free';

/** Whether an event takes place: STATUS of iCalendar (RFC 5545 §3.8.1.11). */
export type EventStatus = 'confirmed' | 'cancelled';

/** The participation status of an attendee: PARTSTAT of iCalendar (RFC 5545 §3.2.12), or `organizer`. */
export type ParticipationStatus = 'organizer' | 'needs_action' | 'accepted' | 'declined' | 'tentative';

/**
 * Whether invites without a firm answer count as busy: `busy` means unanswered and tentative ones, `answered` means
 * tentative ones, `free` means none.
 */
export type PendingPolicy = 'busy' | 'answered' | 'free';

/** The facts that decide whether an attendee is busy during an event. */
export interface Participation {
  readonly showAs: ShowAs;
  readonly status: EventStatus;
  readonly participation: ParticipationStatus;
  readonly pending: PendingPolicy;
}

/**
 * Whether an attendee is busy during an event. They are not if the event is cancelled, shown as free or declined, or has
 * no firm answer and `pending` does not count it.
 *
 * @example takesTime({ showAs: 'busy', status: 'confirmed', participation: 'tentative', pending: 'free' }); // false
 */
export function takesTime({ showAs, status, participation, pending }: Participation): boolean {
  if (showAs === 'free' || status === 'cancelled' || participation === 'declined') return false;
  if (participation === 'needs_action') return pending === 'busy';
  return participation !== 'tentative' || pending !== 'free';
}

/**
 * The busy time of one user in a window: the time that the occurrences cover together, cut at the ends of the window. The
 * occurrences may be in any order, in any number of streams, and overlap. Empty ones take no time. `[]` for an empty
 * window.
 *
 * @example busyTime([[{ start: 1, end: 4 }], [{ start: 2, end: 3 }]], { start: 2, end: 9 }); // [{ start: 2, end: 4 }]
 */
export function busyTime(streams: readonly (readonly Interval[])[], window: Interval): IntervalSet {
  return clip(normalise(streams.flat()), window);
}

/**
 * Collects busy time and merges it as it comes. An occurrence that starts within the one before it, or at its end, extends
 * that one and takes no memory. So a series that is read in order takes the memory of its merged intervals only.
 *
 * @example
 * const time = new CollectedTime();
 * time.add(1, 4);
 * time.add(2, 6);
 * time.intervals; // [{ start: 1, end: 6 }]
 */
export class CollectedTime {
  private readonly collected: { start: Instant; end: Instant }[] = [];

  /** In the order in which they were added. Neighbours neither overlap nor touch; others may. */
  get intervals(): readonly Interval[] {
    return this.collected;
  }

  add(start: Instant, end: Instant): void {
    const last = this.collected.at(-1);
    if (last === undefined || start < last.start || start > last.end) this.collected.push({ start, end });
    else if (end > last.end) last.end = end;
  }
}

/**
 * Busy time that comes part by part, in order of time: each part starts at the end of the one before it or later.
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

  append(part: IntervalSet): void {
    for (const { start, end } of part) {
      const last = this.joined.at(-1);
      if (last?.end === start) this.joined[this.joined.length - 1] = { start: last.start, end };
      else this.joined.push({ start, end });
    }
  }
}
