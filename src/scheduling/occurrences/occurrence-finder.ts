import type { Instant } from '../../calendar/time/civil-time.js';
import type { EventOccurrence } from './event-occurrence.js';
import type { EventTimesRecord, OverrideTimesRecord } from './series-record.js';

/** Finds occurrences of events: the part of `OccurrencesService` that the model of the reminders needs. */
export interface OccurrenceFinder {
  /** The occurrence with a stored key: the civil original start that overrides, answers and reminders have. */
  withKey<O extends OverrideTimesRecord>(event: EventTimesRecord<O>, key: string): EventOccurrence<O> | null;

  /** The occurrences that start at `from` or later, by start; endless if the series is. */
  startingFrom<O extends OverrideTimesRecord>(
    event: EventTimesRecord<O>,
    from: Instant,
  ): Generator<EventOccurrence<O>, void, undefined>;
}
