import {
  countsAsBusy,
  type EventStatus,
  type ParticipationStatus,
  type ShowAs,
} from '../../calendar/availability/free-busy.js';

/** The closed vocabularies of events and invites. The wire and the database use the same words. */

export const VISIBILITIES = ['public', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export type { EventStatus, ParticipationStatus, ShowAs };
export const SHOW_AS = ['busy', 'free', 'tentative', 'out_of_office'] as const satisfies readonly ShowAs[];
export const EVENT_STATUSES = ['confirmed', 'cancelled'] as const satisfies readonly EventStatus[];

/** A participation status of an attendee who has an invite. The organizer has none. */
export type InviteStatus = Exclude<ParticipationStatus, 'organizer'>;
export const INVITE_STATUSES = [
  'needs_action',
  'accepted',
  'declined',
  'tentative',
] as const satisfies readonly InviteStatus[];

/** Whether the attendance is important to the organizer: ROLE of iCalendar (RFC 5545 §3.2.16). */
export const ATTENDEE_ROLES = ['required', 'optional'] as const;
export type AttendeeRole = (typeof ATTENDEE_ROLES)[number];

/** The line of a file of iCalendar that named a guest: ORGANIZER or ATTENDEE (RFC 5545 §3.8.4). */
export type ImportedAs = 'organizer' | 'attendee';

export const PARTICIPATION_STATUSES = [
  'organizer',
  ...INVITE_STATUSES,
] as const satisfies readonly ParticipationStatus[];

/** The participation status that an answer gives an attendee. */
export type AnswerStatus = Exclude<InviteStatus, 'needs_action'>;

/** Whether an answer makes an event take time that it did not take for certain before. */
export function takesMoreTime(before: InviteStatus, answer: AnswerStatus): boolean {
  return isBusyForCertain(answer) && !isBusyForCertain(before);
}

/** The same for a room, which an unanswered invitation makes busy. */
export function takesMoreTimeOfRoom(before: InviteStatus, answer: AnswerStatus): boolean {
  return before === 'declined' && answer !== 'declined';
}

/** Whether an attendee with this status is busy during an event, even if unanswered invitations do not count. */
function isBusyForCertain(participation: InviteStatus): boolean {
  return countsAsBusy({ showAs: 'busy', status: 'confirmed', participation, pending: 'answered' });
}

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
