import type { AttendeeRole, InviteStatus } from '../event-words.js';

/** The identity of a guest: an attendee without an account. */
export interface GuestIdentity {
  /** The address as the organizer wrote it. Null: the viewer does not see it. */
  readonly email: string | null;
  /** Null: the organizer gave none. */
  readonly name: string | null;
}

/** A guest as read with the event. Times are ISO 8601 text, since they come within JSON. */
export interface GuestRecord extends GuestIdentity {
  readonly inviteId: number;
  /** The normalised address, one of each in an event. */
  readonly address: string;
  readonly status: InviteStatus;
  readonly role: AttendeeRole;
  /** As of an attendee with an account. */
  readonly occurrencesStatus: InviteStatus | null;
  readonly comment: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** The answer of a guest to one occurrence, as of an attendee with an account. */
export interface GuestAnswerRecord {
  readonly inviteId: number;
  readonly originalStart: string;
  readonly status: InviteStatus;
  readonly removed: boolean;
  readonly comment: string | null;
}
