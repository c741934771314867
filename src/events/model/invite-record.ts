import type { InviteeStatus } from './event-words.js';

/** An invite: the part of an attendee who does not organize the event. */
export interface InviteRecord {
  readonly inviteId: number;
  readonly eventId: number;
  readonly userId: number;
  readonly status: InviteeStatus;
  readonly comment: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Selects some of the invites of a user. */
export interface InviteFilter {
  /** Absent: every status. */
  readonly status?: InviteeStatus;
  readonly toPublicEventsOnly: boolean;
}
