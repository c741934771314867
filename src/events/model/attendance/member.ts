import type { PartialEventRecord } from '../event-record.js';
import type { AttendeeRole, ParticipationStatus } from '../event-words.js';
import { attendsOccurrencesOnly } from '../event-words.js';

/** The name of an attendee within an event. A user has the id of the user, a guest that of the invite. */
export interface Member {
  readonly kind: 'user' | 'guest';
  readonly id: number;
}

/** An attendee of either kind, with the occurrences in which the attendance differs. */
export interface MemberRecord extends Member {
  readonly inviteId: number | null;
  readonly status: ParticipationStatus;
  readonly role: AttendeeRole;
  readonly onlyOccurrences: boolean;
  /** The answers to single occurrences, by civil original start. */
  readonly answers: ReadonlyMap<string, { readonly status: ParticipationStatus; readonly removed: boolean }>;
}

/** Finds an attendee of an event whose attendees were all read. */
export function memberOf(
  event: PartialEventRecord,
  isSearched: (member: Member & { readonly inviteId: number | null }) => boolean,
): MemberRecord | null {
  for (const attendee of event.attendees) {
    const member = { kind: 'user' as const, id: attendee.userId, inviteId: attendee.inviteId };
    if (!isSearched(member)) continue;
    const answers = event.answers.filter(({ userId }) => userId === attendee.userId);
    return recordOf(member, attendee, answers);
  }
  for (const guest of event.guests) {
    const member = { kind: 'guest' as const, id: guest.inviteId, inviteId: guest.inviteId };
    if (!isSearched(member)) continue;
    const answers = event.guestAnswers.filter(({ inviteId }) => inviteId === guest.inviteId);
    return recordOf(member, guest, answers);
  }
  return null;
}

/** Whether an attendee attends an occurrence, also if the attendee declined it. */
export function attendsAt({ onlyOccurrences, answers }: MemberRecord, originalStart: string): boolean {
  const answer = answers.get(originalStart);
  return onlyOccurrences ? answer !== undefined : answer?.removed !== true;
}

function recordOf(
  member: Member & { readonly inviteId: number | null },
  attendee: Pick<MemberRecord, 'status' | 'role'> & Parameters<typeof attendsOccurrencesOnly>[0],
  answers: readonly { originalStart: string; status: ParticipationStatus; removed: boolean }[],
): MemberRecord {
  return {
    ...member,
    status: attendee.status,
    role: attendee.role,
    onlyOccurrences: attendsOccurrencesOnly(attendee),
    answers: new Map(answers.map((answer) => [answer.originalStart, answer])),
  };
}
