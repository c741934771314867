import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import { type ConflictPolicy, refusesConflicts } from './conflict-policy.js';

/** The users whose conflicts refuse a booking. */
interface RefusingUsers {
  readonly userIds: ReadonlySet<number>;
  /** Whether unanswered invitations make them busy. */
  readonly pending: PendingPolicy;
}

/**
 * The users whose conflicts refuse a booking: with the policies `reject` and `skip` all of them, else those who allow no double booking.
 * Unanswered invitations of these users do not count: otherwise any organizer could block their calendars.
 */
export function refusingUsers(
  policy: ConflictPolicy | null,
  bookedIds: ReadonlySet<number>,
  rejecting: ReadonlySet<number>,
): RefusingUsers {
  return refusesConflicts(policy)
    ? { userIds: bookedIds, pending: 'busy' }
    : { userIds: new Set([...bookedIds].filter((id) => rejecting.has(id))), pending: 'answered' };
}
