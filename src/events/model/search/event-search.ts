import type { PageKey } from '../../../platform/page/page.js';
import type { Metadata } from '../../../platform/values/metadata.js';

/** UTF-16 code units: more than a title has, and few enough for a statement. */
export const MAX_SEARCH_LENGTH = 200;

/** Each word is a condition of the statement. */
export const MAX_SEARCH_WORDS = 10;

/** Asks for one page of the events that match every given condition. */
export interface EventSearch {
  /** Each word is in the texts of the event, or of one of its occurrences. */
  readonly words: readonly string[];
  readonly externalId: string | null;
  /** Empty: any. */
  readonly metadata: Metadata;
  readonly organizerId: number | null;
  readonly attendeeId: number | null;
  /** Milliseconds; null: without a start, or without an end. */
  readonly from: number | null;
  readonly to: number | null;
  readonly updatedSince: Date | null;
  readonly showCancelled: boolean;
  /** The most attendees to show of an event; null: all. */
  readonly maxAttendees: number | null;
  /** The start of an event in milliseconds, and its id; null: the first page. */
  readonly after: PageKey | null;
  readonly limit: number;
}
