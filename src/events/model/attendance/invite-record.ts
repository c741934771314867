import type { GuestIdentity, PartialEventRecord } from '../event-record.js';
import type { InviteStatus } from '../event-words.js';
import type { EventTime } from '../schedule/event-times.js';

/** An invite: the part of an attendee who does not organize the event. */
export interface InviteRecord {
  readonly inviteId: number;
  readonly eventId: number;
  /** Null: a guest is invited. */
  readonly userId: number | null;
  /** Null: a user is invited. */
  readonly guest: GuestIdentity | null;
  readonly status: InviteStatus;
  readonly comment: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An invite of a user. */
export interface InviteOfUser extends InviteRecord {
  readonly userId: number;
}

/** An invite with the answer to the event, or to one occurrence. */
export interface AnsweredInvite extends InviteRecord {
  /** The original start of the occurrence that `status` and `comment` belong to; absent: they belong to the event. */
  readonly originalStart?: EventTime;
}

/** An invite and its event, whose attendees may be only those on whom access depends. */
export interface VisibleInvite {
  readonly invite: InviteRecord;
  readonly event: PartialEventRecord;
}

/** Selects some of the invites of a user. */
export interface InviteFilter {
  /** Absent: every status. */
  readonly status?: InviteStatus;
  /** Whether to select only invites to events that a caller without a token sees in full. */
  readonly seenWithoutToken: boolean;
}

export function isOfUser(invite: InviteRecord): invite is InviteOfUser {
  return invite.userId !== null;
}
