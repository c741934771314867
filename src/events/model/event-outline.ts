import type { Attendee } from '../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { EventTimesRow, OverrideTimesRow } from '../../scheduling/occurrences/series-row.js';
import type { EventDetails, OverrideRecord } from './event-record.js';

export interface OutlinedOverride extends OverrideTimesRow, Pick<OverrideRecord, 'title' | 'location'> {}

export type OutlinedOccurrence = EventOccurrence<OutlinedOverride>;

/** What an attendee is told of an event ahead of it: its times, its title and its place. */
export interface EventOutline
  extends EventTimesRow<OutlinedOverride>,
    Pick<EventDetails, 'organizerId' | 'title' | 'location' | 'status'> {
  /** Those of the attendees who were asked about. */
  readonly attendees: readonly Attendee[];
}
