import { parseCivilTime } from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import type { AnsweredInvite } from '../../../events/model/attendance/invite-record.js';
import type { DescribedChange } from '../../../events/model/changes/described-change.js';
import type { PartialEventRecord } from '../../../events/model/event-record.js';
import { type InviteStatus, shownStatus } from '../../../events/model/event-words.js';
import { isGuest } from '../../../events/read/attendees-shown.js';

/** The invite that a change answered; null: the attendee is not there. @param event after the change, as its viewer sees it */
export function answeredInvite(
  event: PartialEventRecord,
  { answeredAttendee, originalStart }: DescribedChange,
): AnsweredInvite | null {
  if (answeredAttendee === null) return null;
  const { userId, inviteId } = answeredAttendee;
  const member =
    userId === null
      ? event.guests.find((guest) => guest.inviteId === inviteId)
      : event.attendees.find((attendee) => attendee.userId === userId);
  if (!member || member.inviteId === null) return null;
  return {
    inviteId: member.inviteId,
    eventId: event.id,
    userId,
    guest: isGuest(member) ? { email: member.email, name: member.name } : null,
    status: shownStatus(member) as InviteStatus,
    comment: member.comment,
    createdAt: new Date(member.createdAt),
    updatedAt: new Date(member.updatedAt),
    ...(originalStart !== null && answerToOccurrence(event, answeredAttendee, originalStart)),
  };
}

function answerToOccurrence(
  event: PartialEventRecord,
  { userId, inviteId }: { readonly userId: number | null; readonly inviteId: number | null },
  originalStart: string,
): Partial<AnsweredInvite> {
  const answer =
    userId === null
      ? event.guestAnswers.find((each) => each.inviteId === inviteId && each.originalStart === originalStart)
      : event.answers.find((each) => each.userId === userId && each.originalStart === originalStart);
  const { allDay, timeZone: zone } = event;
  const instant = timeZone(zone).toInstant(parseCivilTime(originalStart));
  return {
    originalStart: { allDay, timeZone: zone, instant },
    ...(answer && { status: answer.status, comment: answer.comment }),
  };
}
