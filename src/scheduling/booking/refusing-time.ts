import type { TimeByUser } from './conflict.js';
import type { ConflictPolicy } from './conflict-policy.js';
import type { SearchedTime } from './conflict-search.js';
import { ofUsers } from './time-by-user.js';

/** The time that an event books. */
interface BookedTime {
  readonly eventId: number;
  /** Null: nothing is booked. */
  readonly policy: ConflictPolicy | null;
  readonly booked: readonly TimeByUser[];
}

/**
 * The time in which a conflict refuses a booking: with the policy `reject` all of it, else that of the users who allow no double
 * booking. Unanswered invitations of these users do not count: otherwise any organizer could block their calendars.
 */
export function refusingTime(
  { eventId, policy, booked }: BookedTime,
  rejecting: ReadonlySet<number>,
): SearchedTime {
  return policy === 'reject'
    ? { eventId, taken: booked, pending: 'busy' }
    : { eventId, taken: ofUsers(rejecting, booked), pending: 'answered' };
}
