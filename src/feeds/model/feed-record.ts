/** The feeds of one calendar: one for each program or person to which the user gives an address, and that is few. */
export const MAX_FEEDS_OF_CALENDAR = 20;

/** `full`: the events with their texts. `busy`: their times alone, each as "Busy". */
export const FEED_DETAILS = ['full', 'busy'] as const;
export type FeedDetail = (typeof FEED_DETAILS)[number];

/** An address at which programs read a calendar without a token of a user. */
export interface FeedRecord {
  readonly id: number;
  readonly calendarId: number;
  readonly detail: FeedDetail;
  /** Whether a feed with the detail `full` shows private events like others; false: each as "Busy". */
  readonly includePrivate: boolean;
  /** The API key that made the feed; null: none did. The feed outlives the key. */
  readonly createdByKeyId: number | null;
  readonly createdAt: Date;
}

export type NewFeed = Pick<FeedRecord, 'detail' | 'includePrivate'>;

/** A feed with its token, which only this result shows. */
export interface FeedWithToken {
  readonly record: FeedRecord;
  readonly token: string;
}
