import type { When } from '../../calendar/time/when.js';

/** A hold: time of users and rooms that its creator alone may book until it expires. */
export interface HoldRecord {
  readonly id: number;
  readonly userIds: readonly number[];
  readonly roomIds: readonly number[];
  readonly startAt: Date;
  readonly endAt: Date;
  /** The person who created it; null: a key, or a request without a token. */
  readonly createdByUserId: number | null;
  /** The key that created it as itself; null: none. */
  readonly createdByKeyId: number | null;
  /** The event that confirmed it; null: it is not confirmed. */
  readonly eventId: number | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Whether it took time when it was read, by the clock of the database: it is not confirmed and has not expired. */
  readonly isOpen: boolean;
}

/** Creates a hold. */
export interface NewHold {
  readonly start: When;
  /** IANA name of the zone of a civil `start`; absent: that of the first user, or else of the first room. */
  readonly timeZone?: string;
  /** Seconds. */
  readonly duration: number;
  readonly userIds: readonly number[];
  readonly roomIds: readonly number[];
  /** Seconds. */
  readonly expiresIn: number;
}

/** The users and rooms of a hold. */
export function heldIdsOf({ userIds, roomIds }: Pick<HoldRecord, 'userIds' | 'roomIds'>): number[] {
  return [...new Set([...userIds, ...roomIds])];
}
