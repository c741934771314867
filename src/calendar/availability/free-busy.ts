import type { Interval } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { clip, normalise } from '../intervals/interval-set.js';
import type { Instant } from '../time/civil-time.js';

/** What an event does to the time it takes: iCalendar's TRANSP, OPAQUE or TRANSPARENT (RFC 5545 §3.8.2.7). */
export type ShowAs = 'busy' | 'free';

/** Whether the event takes place: iCalendar's STATUS (RFC 5545 §3.8.1.11). */
export type EventStatus = 'confirmed' | 'cancelled';

/** How a participant answered: iCalendar's PARTSTAT (RFC 5545 §3.2.12), and `organizer` for whoever called the event. */
export type ParticipationStatus = 'organizer' | 'needs_action' | 'accepted' | 'declined' | 'tentative';

/**
 * Which invites without a firm answer take the invitee's time: with `busy` unanswered and tentative ones, with
 * `answered` tentative ones, with `free` none.
 */
export type PendingPolicy = 'busy' | 'answered' | 'free';

/** All that decides whether an event takes a participant's time. */
export interface Participation {
  readonly showAs: ShowAs;
  readonly status: EventStatus;
  readonly participation: ParticipationStatus;
  readonly pending: PendingPolicy;
}

/**
 * Whether an event takes the time of one of its participants: it does unless it is cancelled, shown as free or
 * declined, or awaits a firm answer that `pending` does not count.
 *
 * @example takesTime({ showAs: 'busy', status: 'confirmed', participation: 'tentative', pending: 'free' }); // false
 */
export function takesTime({ showAs, status, participation, pending }: Participation): boolean {
  if (showAs === 'free' || status === 'cancelled' || participation === 'declined') return false;
  if (participation === 'needs_action') return pending === 'busy';
  return participation !== 'tentative' || pending !== 'free';
}

/**
 * One user's busy time in a window: all that the blocking occurrences take together, cut at the window's borders.
 * The occurrences may come in any order and from any number of streams, overlapping, nested or touching; those
 * without a length take no time. `[]` for an empty window.
 *
 * @example busyTime([[{ start: 1, end: 4 }], [{ start: 2, end: 3 }]], { start: 2, end: 9 }); // [{ start: 2, end: 4 }]
 */
export function busyTime(streams: readonly (readonly Interval[])[], window: Interval): IntervalSet {
  return clip(normalise(streams.flat()), window);
}

/**
 * Collects busy time and merges it while it is read: an occurrence that begins within the one before it, or at its
 * end, makes that one longer and takes no memory of its own. Of a series that is read in order, only the merged
 * intervals are kept.
 *
 * @example
 * const time = new CollectedTime();
 * time.add(1, 4);
 * time.add(2, 6);
 * time.intervals; // [{ start: 1, end: 6 }]
 */
export class CollectedTime {
  private readonly collected: { start: Instant; end: Instant }[] = [];

  /** In the order of reading: no two neighbours touch, and any others may. */
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
 * Busy time that is given part by part, in order of time: each part begins where the one before it ended, or later.
 *
 * @example
 * const time = new BusyTimeInParts();
 * time.append([{ start: 1, end: 4 }]);
 * time.append([{ start: 4, end: 5 }]);
 * time.set; // [{ start: 1, end: 5 }]
 */
export class BusyTimeInParts {
  private readonly joined: Interval[] = [];

  /** All parts so far as one set. It never has fewer intervals after a further part. */
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
