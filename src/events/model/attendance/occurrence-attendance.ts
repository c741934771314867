import type { ParticipationStatus } from '../event-words.js';

/** The statuses of an attendee in an event. */
interface Statuses<Status extends ParticipationStatus> {
  readonly status: Status;
  readonly occurrencesStatus: Exclude<Status, 'organizer'> | null;
}

/** Whether an attendee attends only those occurrences of a series that have an answer. */
export function attendsOccurrencesOnly({
  status,
  occurrencesStatus,
}: Statuses<ParticipationStatus>): boolean {
  return status === 'declined' && occurrencesStatus !== null;
}

/**
 * The participation status of an attendee that a viewer sees. Of an attendee of single occurrences, the status sums up
 * the answers: `needs_action` if one of them is open, else the firmest of them.
 */
export function shownStatus<Status extends ParticipationStatus>(attendee: Statuses<Status>): Status {
  return attendsOccurrencesOnly(attendee) ? (attendee.occurrencesStatus as Status) : attendee.status;
}
