/** A group of which some members attend a meeting, as a request names it. */
export type AskedGroup = AskedUsers | AskedRooms;

/** Users of whom some attend. */
export interface AskedUsers {
  /** Each once, at least one. No other group has one of them. */
  readonly userIds: readonly number[];
  /** The number of members who attend; null: all. */
  readonly minAttending: number | null;
  /** Whether the members take turns. */
  readonly roundRobin: boolean;
}

/** Rooms of which some are taken. */
export interface AskedRooms {
  readonly filter: {
    /** The least capacity. */
    readonly capacity?: number;
    /** Features that a room has, all of them. */
    readonly features: readonly string[];
  };
  /** The number of rooms; null: all that fit. */
  readonly minAttending: number | null;
}

/** More groups than any meeting has. Each may search the rooms. */
export const MAX_GROUPS = 10;

/** The rooms of one group that a search considers, the smallest first. The search reads the calendar of each. */
export const MAX_ROOMS_OF_GROUP = 100;

/** The rooms of one group that a meeting takes. */
export const MAX_TAKEN_ROOMS = 10;

export function isOfRooms(group: AskedGroup): group is AskedRooms {
  return 'filter' in group;
}
