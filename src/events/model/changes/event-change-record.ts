import type { EventRecord } from '../event-record.js';

/** One change of an event, as the log has it. */
export interface EventChangeRecord {
  readonly eventId: number;
  /** Rises with each change of an event. */
  readonly sequence: number;
  /** The version of the event after the change. */
  readonly version: number;
  readonly kind: 'created' | 'updated' | 'deleted';
  /** The user who made the request; null: no user, or the version before made the change. */
  readonly userId: number | null;
  /** The API key of the request; null: none. */
  readonly apiKeyId: number | null;
  /** The event's own time of its last change. */
  readonly updatedAt: Date;
  readonly at: Date;
}

/** A change, for the user who made it. */
export type AuthoredChange = Pick<
  EventChangeRecord,
  'eventId' | 'sequence' | 'version' | 'kind' | 'apiKeyId' | 'at'
>;

/** An event before and after one change of it. */
export interface ChangedEvent {
  readonly change: EventChangeRecord;
  /** Null: the change created the event. */
  readonly before: EventRecord | null;
  /** Null: the change deleted the event. */
  readonly after: EventRecord | null;
  /** The event as it is; if it is deleted, as it was last; null: one transaction created and deleted it. */
  readonly last: EventRecord | null;
}
