import type { BusyOccurrence } from '../calendars/attended-event.js';
import type { BookableEvent } from './bookable-event.js';
import type { ConflictPolicy } from './conflict-policy.js';
import type { TimeByUser } from './conflicts/conflict.js';
import type { SeriesTime } from './conflicts/series-time.js';

/** The time of an event to book in the running transaction, which has just saved the event. */
export interface Booking {
  readonly event: BookableEvent;
  /** Null: nothing is booked, and the conflicts are found only. */
  readonly policy: ConflictPolicy | null;
  /** The occurrence to book; absent: the whole event. */
  readonly occurrence?: BusyOccurrence;
  /** The attendees whose time is booked; absent: all. */
  readonly userIds?: ReadonlySet<number>;
  /** The event before the change; null: it is new. The time that it took of rooms is not booked again. */
  readonly held?: BookableEvent | null;
  /** The earlier part of the series, from which the running transaction has split the event. */
  readonly splitFromId?: number;
  /** Events of the running transaction that give way to this one. */
  readonly laterIds?: readonly number[];
  /** The attendees whose conflicts are found besides; absent: all. */
  readonly shownUserIds?: ReadonlySet<number>;
}

/** A booking with the time that it takes. */
export interface TimedBooking {
  readonly booking: Booking;
  /** The time that the event takes of its attendees, by window. */
  readonly taken: readonly TimeByUser[];
  /** The end of these windows; null: the event takes no time after them. */
  readonly takenUntil: number | null;
  /** The time of a series at all of its occurrences; null: `taken` is all of the booked time. */
  readonly series: SeriesTime | null;
  /** The attendees whose time is booked. */
  readonly bookedIds: ReadonlySet<number>;
}
