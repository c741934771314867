import { type Actor, isUser } from '../../access/actor.js';
import { actingFor, type Decision } from '../../access/decision.js';
import { seesDetails } from '../../events/model/event.policy.js';
import type { EventRecord } from '../../events/model/event-record.js';
import type { UserRecord } from '../../users/model/user-record.js';
import type { Invite } from './invite.js';

/** An invite to a private event says who attends, so it is there for those alone who attend. */
export function knowsOfInvite(actor: Actor, event: EventRecord): boolean {
  return seesDetails(actor, event);
}

/** An invitee answers their own invite and no other. */
export function mayAnswerInvite(actor: Actor, { userId }: Invite, { attendees }: EventRecord): Decision {
  const invitee = attendees.find((attendee) => attendee.userId === userId);
  return actingFor(actor, { id: userId, protected: invitee?.protected ?? true });
}

/** A user's invites are listed for that user. */
export function mayListInvitesOf(actor: Actor, user: UserRecord): Decision {
  return actingFor(actor, user);
}

/** Of the listed invites, nobody in particular sees those to public events. */
export function seesPrivateInvitesOf(actor: Actor, user: UserRecord): boolean {
  return isUser(actor, user.id);
}
