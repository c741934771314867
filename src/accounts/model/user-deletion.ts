/** The fate of the events that a deleted user organizes. */
export const FATES_OF_EVENTS = ['cancel', 'transfer'] as const;
export type FateOfEvents = (typeof FATES_OF_EVENTS)[number];

/** Deletes a user. */
export interface DeleteUser {
  readonly userId: number;
  /** The user who becomes the organizer of the events; null: the events are cancelled. */
  readonly transferTo: number | null;
}

/** A deleted user, and the work that is left. The record goes when all work is done. */
export interface UserDeletionRecord {
  readonly tenantId: number;
  readonly userId: number;
  readonly deletedAt: Date;
  readonly transferTo: number | null;
  /** Whether all events that refer to the user were changed once. Requests that began before may have added some since. */
  readonly swept: boolean;
}
