import type { AttendeeStatuses } from '../../scheduling/calendars/attended-event.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { EventTimesRecord, OverrideTimesRecord } from '../../scheduling/occurrences/series-record.js';
import type { EventDetails, OverrideRecord } from './event-record.js';

export interface OutlinedOverride extends OverrideTimesRecord, Pick<OverrideRecord, 'title' | 'location'> {}

export type OutlinedOccurrence = EventOccurrence<OutlinedOverride>;

/** The part of an event for messages to its attendees: the times, the title and the location. */
export interface EventOutline
  extends EventTimesRecord<OutlinedOverride>,
    Pick<EventDetails, 'organizerId' | 'title' | 'location' | 'status'> {
  /** The attendees that the caller asked for. */
  readonly attendees: readonly AttendeeStatuses[];
}
