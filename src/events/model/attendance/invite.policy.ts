import { type Actor, isUser } from '../../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../../access/decision.js';
import { seesDetails } from '../event.policy.js';
import type { PartialEventRecord } from '../event-record.js';
import type { InviteRecord } from './invite-record.js';

/** An invite to a private event reveals an attendee, so only the attendees of the event see it. */
export function seesInvite(actor: Actor, event: PartialEventRecord): boolean {
  return seesDetails(actor, event);
}

/** Only the invited user may answer an invite. The organizer answers for a guest. */
export function mayAnswerInvite(
  actor: Actor,
  { userId }: Pick<InviteRecord, 'userId'>,
  { attendees, organizerId }: PartialEventRecord,
): Decision {
  const id = userId ?? organizerId;
  const invited = attendees.find((attendee) => attendee.userId === id);
  return mayActFor(actor, { id, protected: invited?.protected ?? true });
}

/** Only the invited user may list the invites. */
export function mayListInvitesOf(actor: Actor, user: Subject): Decision {
  return mayActFor(actor, user);
}

/** Whether the list has invites to private events. An anonymous caller sees only those to public events. */
export function seesPrivateInvitesOf(actor: Actor, user: Subject): boolean {
  return actor.kind === 'key' || isUser(actor, user.id);
}
