import type { DetailedEventView } from '../../model/event.policy.js';
import type { RecordedOccurrence } from '../../model/event-record.js';

/** Asks for one page of an incremental list. */
export interface IncrementalListQuery {
  /** Empty: the list has everything. */
  readonly syncToken: string;
  readonly pageToken: string | null;
  readonly limit: number;
  /** The most attendees to show of an event; null: all. */
  readonly maxAttendees: number | null;
}

/** An event of an incremental list, in full, or the id of one that the list or the viewer lost. */
export type SyncedEvent =
  | {
      readonly removed: false;
      readonly view: DetailedEventView;
      /** The occurrences that have an override or an answer of their own, by original start. */
      readonly occurrences: readonly RecordedOccurrence[];
    }
  | { readonly removed: true; readonly id: number };

/** A page of an incremental list. */
export interface IncrementalPage {
  /** By id. */
  readonly items: readonly SyncedEvent[];
  /** Null: the last page. */
  readonly nextPageToken: string | null;
  /** The token that continues from the list; null: there are more pages. */
  readonly syncToken: string | null;
}
