import type { EventStatus, ParticipationStatus, ShowAs } from '../../calendar/availability/free-busy.js';

/** The closed vocabularies of events and invites, as they stand on the wire and in the database. */

export const VISIBILITIES = ['public', 'private'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

export type { EventStatus, ShowAs };
export const SHOW_AS = ['busy', 'free'] as const satisfies readonly ShowAs[];
export const EVENT_STATUSES = ['confirmed', 'cancelled'] as const satisfies readonly EventStatus[];

/** What an invitee can answer, or has not yet. */
export type Answer = Exclude<ParticipationStatus, 'organizer'>;
export const ANSWERS = [
  'needs_action',
  'accepted',
  'declined',
  'tentative',
] as const satisfies readonly Answer[];

export type AttendeeStatus = ParticipationStatus;
export const ATTENDEE_STATUSES = ['organizer', ...ANSWERS] as const satisfies readonly AttendeeStatus[];

/** Answers by which an event takes the invitee's time for certain. */
const FIRM_ANSWERS: ReadonlySet<AttendeeStatus> = new Set(['accepted', 'tentative']);

/** Whether an answer makes an event take time that it did not take for certain before. */
export function takesTimeAnew(before: AttendeeStatus, answer: Answer): boolean {
  return FIRM_ANSWERS.has(answer) && !FIRM_ANSWERS.has(before);
}
