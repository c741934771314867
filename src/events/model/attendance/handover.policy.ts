import type { Actor } from '../../../access/actor.js';
import { DomainError } from '../../../errors/domain-error.js';
import type { EventRecord } from '../event-record.js';

/** A key may hand an event over to any user. A person may hand it over to an attendee who has accepted it. */
export function mayBecomeOrganizer(actor: Actor, userId: number, { attendees }: EventRecord): boolean {
  if (actor.kind === 'key') return true;
  return attendees.some((attendee) => attendee.userId === userId && attendee.status === 'accepted');
}

export function organizerMustAccept(userId: number): DomainError {
  const message = `user ${userId} has not accepted the event: an organizer hands it over to an attendee who has`;
  return new DomainError('conflict', 'organizer_must_accept', `organizer: ${message}`, [
    { field: 'organizer', message },
  ]);
}

/** Whether an event may take time of a user who becomes its organizer that it did not take for certain before. */
export function takesTimeOfOrganizer(userId: number, { attendees, answers }: EventRecord): boolean {
  const attendee = attendees.find((candidate) => candidate.userId === userId);
  if (attendee?.status !== 'accepted') return true;
  return answers.some((answer) => answer.userId === userId && answer.status !== 'accepted');
}
