import {
  type EventStatus,
  type ParticipationStatus,
  type ShowAs,
  takesTime,
} from '../../calendar/availability/free-busy.js';

/** The closed vocabularies of events and invites. The wire and the database use the same words. */

export const VISIBILITIES = ['public', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export type { EventStatus, ParticipationStatus, ShowAs };
export const SHOW_AS = ['busy', 'free'] as const satisfies readonly ShowAs[];
export const EVENT_STATUSES = ['confirmed', 'cancelled'] as const satisfies readonly EventStatus[];

/** The participation status of an invitee. */
export type InviteeStatus = Exclude<ParticipationStatus, 'organizer'>;
export const INVITEE_STATUSES = [
  'needs_action',
  'accepted',
  'declined',
  'tentative',
] as const satisfies readonly InviteeStatus[];

export const PARTICIPATION_STATUSES = [
  'organizer',
  ...INVITEE_STATUSES,
] as const satisfies readonly ParticipationStatus[];

/** The participation status that an answer gives an invitee. */
export type AnswerStatus = Exclude<InviteeStatus, 'needs_action'>;

/** Whether an answer makes an event take time that it did not take for certain before. */
export function takesMoreTime(before: InviteeStatus, answer: AnswerStatus): boolean {
  return takesTimeForCertain(answer) && !takesTimeForCertain(before);
}

/** Whether an event takes the time of an invitee with this status, even if unanswered invitations do not count. */
function takesTimeForCertain(participation: InviteeStatus): boolean {
  return takesTime({ showAs: 'busy', status: 'confirmed', participation, pending: 'answered' });
}
