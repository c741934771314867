import type { UserRecord } from '../../users/model/user-record.js';

/** What a room has beside the values of a user. */
export interface RoomFacts {
  readonly userId: number;
  /** The persons that fit in; null: unknown, or no limit. */
  readonly capacity: number | null;
  readonly features: readonly string[];
  readonly building: string | null;
  readonly floor: string | null;
  /** Whether the room accepts an invitation by itself if it is free. */
  readonly autoAccept: boolean;
}

/**
 * A room or a piece of equipment. Its id, name, kind, address, zone, external id and metadata are those of the user; its
 * opening hours are the working hours of the user.
 */
export interface RoomRecord extends RoomFacts {
  readonly user: UserRecord;
}

/** A room as a caller sees it. */
export interface RoomView {
  readonly room: RoomRecord;
  /** Whether the caller sees the external id, the metadata, and the reasons why the room is closed. */
  readonly seesProductData: boolean;
  /** Whether the caller sees the times in which the room is closed. */
  readonly seesAway: boolean;
}
