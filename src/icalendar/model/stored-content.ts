import type {
  ICalendarAttendee,
  ICalendarOrganizer,
  ICalendarPerson,
  Revision,
} from '../../calendar/icalendar/model/icalendar-event.js';
import type { KeptContent } from '../../calendar/icalendar/model/kept-content.js';

/** The title of an event whose file has none. An event here has a title. */
export const NO_TITLE = '(no title)';

/** What the service keeps of an event of a file beside the fields. Plain JSON. */
export interface StoredContent {
  readonly kept: KeptContent | null;
  readonly revision: Revision;
  /** The version of the event that `revision` describes. */
  readonly version: number;
  /** The people as the file has them; absent: it has none. */
  readonly people?: StoredPeople;
  /** Present if the file has no title, so that `NO_TITLE` stands in. */
  readonly untitled?: true;
  /** The UIDs of the events into which RANGE=THISANDFUTURE of the file splits the later part; absent: none. */
  readonly laterParts?: readonly string[];
}

/** The people of a file as far as guests do not carry them. */
export interface StoredPeople {
  readonly organizer: ICalendarOrganizer | null;
  /** The owner among the attendees; null: the file does not list the owner. */
  readonly owner: ICalendarPerson | null;
}

/** What the service keeps of a changed occurrence of a file. */
export interface StoredOccurrence {
  readonly kept: KeptContent | null;
  readonly revision?: Revision;
  readonly attendees?: readonly ICalendarAttendee[];
  /** Present if the file has no title for the occurrence, while the series has one. */
  readonly untitled?: true;
}

/** The content that `importedEvent` has made. */
export function storedContentOf({ content }: { readonly content: object | null }): StoredContent | null {
  return content as StoredContent | null;
}

/** The content of the changed occurrences, by original start. */
export function storedOccurrencesOf({
  occurrences,
}: {
  readonly occurrences: ReadonlyMap<string, object>;
}): ReadonlyMap<string, StoredOccurrence> {
  return occurrences as ReadonlyMap<string, StoredOccurrence>;
}
