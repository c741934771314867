import type { SeriesSplit } from '../../changes/change-feed.js';
import type { ConflictPolicy } from '../../scheduling/booking/conflict-policy.js';
import type { EventRecord, RecordedOccurrence } from '../model/event-record.js';
import type { ChangeResources } from './change-resources.js';

/** Writes a change of a locked event that its caller may change. The writer does everything else. */
export type EventChange<W extends WrittenEvents> = (
  event: EventRecord,
  resources: ChangeResources,
) => Promise<W>;

/** The events that a change has written, as the writer announces them. */
export interface WrittenEvents {
  /** The changed events that still exist. An answer changes none of them as a whole. */
  readonly eventIds: readonly number[];
  /** Present if an attendee answered. */
  readonly answer?: { readonly eventId: number; readonly userId: number };
  /** Present if the later part of a series became an event of its own. */
  readonly split?: SeriesSplit;
}

/** A change whose result the caller sees. */
export interface WrittenChange extends WrittenEvents {
  /** The event that the caller sees: after a split, the later part. */
  readonly eventId: number;
  /** The event before the change; null if the change created it. */
  readonly before: EventRecord | null;
  /** The event whose time the caller's event took before the change; absent: `before`. */
  readonly held?: EventRecord;
  /** Null: the change takes no time that the event did not take before, so there is nothing to book. */
  readonly policy: ConflictPolicy | null;
  /** Finds the occurrence that the caller sees. */
  readonly occurrenceIn?: (after: EventRecord) => RecordedOccurrence;
  /** Whether the change books the time of this occurrence alone. */
  readonly bookedOccurrence?: boolean;
  /** The attendees whose time the change books; absent: all. */
  readonly bookedUserIds?: ReadonlySet<number>;
}
