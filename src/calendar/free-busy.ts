import type { Interval } from './interval.js';
import type { IntervalSet } from './interval-set.js';
import { clip, normalise } from './interval-set.js';

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
 * @example blocks({ showAs: 'busy', status: 'confirmed', participation: 'tentative', pending: 'free' }); // false
 */
export function blocks({ showAs, status, participation, pending }: Participation): boolean {
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
