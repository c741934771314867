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
