import type { Interval } from '../../../calendar/intervals/interval.js';
import type { PageKey } from '../../../platform/page/page.js';

/** Asks for one page of a list of occurrences in a window. */
export interface OccurrenceListQuery {
  readonly window: Interval;
  /** The key after which the page begins; null: the first page. */
  readonly after: PageKey | null;
  readonly limit: number;
  /** Whether the list has cancelled events and occurrences, too. */
  readonly showCancelled: boolean;
}

/** Asks for one page of the list of a user's events. */
export interface EventListQuery extends OccurrenceListQuery {
  /** The most attendees to show of an event; null: all. */
  readonly maxAttendees: number | null;
  /** Whether the list has one element for each occurrence, instead of one for each event. */
  readonly expand: boolean;
}
