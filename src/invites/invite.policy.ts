import { type Actor, isUser } from '../access/actor.js';
import { actingFor, type Decision } from '../access/decision.js';
import { seesDetails } from '../events/event.policy.js';
import type { EventRecord } from '../events/event-record.js';
import type { User } from '../users/user.entity.js';
import type { Invite } from './invite.mapper.js';

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
export function mayListInvitesOf(actor: Actor, user: User): Decision {
  return actingFor(actor, user);
}

/** Of the listed invites, nobody in particular sees those to public events. */
export function seesPrivateInvitesOf(actor: Actor, user: User): boolean {
  return isUser(actor, user.id);
}
