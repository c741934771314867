/** The subscriptions of one user. Each has a calendar, and a user has at most `MAX_CALENDARS_OF_USER` of these. */
export const MAX_CALENDAR_SUBSCRIPTIONS_OF_USER = 50;

/** UTF-16 code units of the URL of a subscribed calendar. Private addresses of other products have some 200. */
export const MAX_SUBSCRIBED_URL_LENGTH = 2_000;

/** Whether the events of a subscribed calendar take the time of its user. */
export const COUNTS_AS = ['busy', 'free'] as const;
export type CountsAs = (typeof COUNTS_AS)[number];

/** A failed attempt to fetch a calendar. */
export interface FetchFailure {
  /** Stable, for programs. */
  readonly code: FetchFailureCode;
  /** A sentence, for people. */
  readonly text: string;
}

export const FETCH_FAILURE_CODES = [
  'bad_redirect',
  'connection_failed',
  'http_status',
  'internal_error',
  'name_not_found',
  'not_icalendar',
  'not_public',
  'timed_out',
  'too_large',
  'too_many_redirects',
] as const;
export type FetchFailureCode = (typeof FETCH_FAILURE_CODES)[number];

/** A subscription of a user to a calendar elsewhere. */
export interface CalendarSubscriptionRecord {
  readonly id: number;
  readonly userId: number;
  /** The read-only calendar with the events. */
  readonly calendarId: number;
  readonly url: string;
  /** When the calendar last was as it is elsewhere; null: not yet. */
  readonly lastSuccessAt: Date | null;
  /** The first failed attempt since the last success; null: the last attempt succeeded, or there was none. */
  readonly failingSince: Date | null;
  /** Of the last attempt; null: it succeeded, or there was none. */
  readonly lastErrorCode: FetchFailureCode | null;
  readonly lastError: string | null;
  readonly nextFetchAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** A subscription with what its calendar decides. */
export interface CalendarSubscriptionView extends CalendarSubscriptionRecord {
  readonly countsAs: CountsAs;
}

export interface NewCalendarSubscription {
  readonly url: string;
  readonly countsAs: CountsAs;
  /** Absent: the name of the host, and from the first success on the name that the calendar gives itself. */
  readonly name?: string;
}

/** Changes a subscription. Absent values stay. */
export type CalendarSubscriptionPatch = Partial<Pick<NewCalendarSubscription, 'url' | 'countsAs'>>;

/** A subscription that an instance has leased to fetch it. */
export interface LeasedSubscription {
  readonly tenantId: number;
  readonly id: number;
  readonly userId: number;
  readonly calendarId: number;
  readonly url: string;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** The SHA-256 of the file of the last success. */
  readonly contentDigest: string | null;
  /** Seconds between two fetches, as the file wants; null: it names none. */
  readonly refreshInterval: number | null;
  readonly lastSuccessAt: Date | null;
  /** The failed attempts since the last success. */
  readonly failures: number;
  readonly leasedUntil: Date;
}
