import { type Actor, isUser } from '../../../access/actor.js';
import { type Decision, mayActFor, type Subject } from '../../../access/decision.js';
import {
  type CalendarAccess,
  mayWriteIn,
  type VisiblePart,
} from '../../../calendars/model/grants/calendar-access.js';
import type { PartialEventRecord } from '../event-record.js';
import type { InviteRecord } from './invite-record.js';

/**
 * An invite reveals an attendee, so only a caller who sees the event in full sees it, and a writer of the calendar in which
 * the invited user has the event, unless the event is hidden from the writer.
 * @param part the part that the caller sees of the event through that calendar
 * @param access the access of the caller to that calendar
 */
export function seesInvite(part: VisiblePart, access: CalendarAccess, isPrivate: boolean): boolean {
  return part === 'full' || (part === 'times' && mayWriteIn(access, isPrivate));
}

/**
 * The invited user may answer an invite, and a writer of the calendar in which the user has the event. For a guest, the
 * organizer answers, and a writer of the organizer's calendar.
 */
export function mayAnswerInvite(
  actor: Actor,
  { userId }: Pick<InviteRecord, 'userId'>,
  { attendees, organizerId, visibility }: PartialEventRecord,
  access: CalendarAccess,
): Decision {
  if (mayWriteIn(access, visibility === 'private')) return 'allow';
  const id = userId ?? organizerId;
  const invited = attendees.find((attendee) => attendee.userId === id);
  return mayActFor(actor, { id, protected: invited?.protected ?? true });
}

/** Only the invited user may list the invites. */
export function mayListInvitesOf(actor: Actor, user: Subject): Decision {
  return mayActFor(actor, user);
}

/** Whether the list has all invites. An anonymous caller sees only those to events that it sees in full. */
export function seesAllInvitesOf(actor: Actor, user: Subject): boolean {
  return actor.kind === 'key' || isUser(actor, user.id);
}
