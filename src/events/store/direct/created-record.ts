import type { Metadata } from '../../../platform/values/metadata.js';
import type { EventFields, EventRecord } from '../../model/event-record.js';
import { eventRecordsOf } from '../event-rows.js';
import type { SeriesRow } from '../time-columns.js';
import { attendeesOf, endsOf, type KnownEvent } from './known-event.js';

/** What PostgreSQL has added to a new event. */
export interface CreatedRow {
  readonly id: number;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** In the order of keys that PostgreSQL keeps. */
  readonly metadata: Metadata;
  /** The ids of the invites, by user; null for the organizer. */
  readonly inviteIds: Readonly<Record<string, number | null>>;
}

/** The record of a new event, as a query of the event would read it. */
export function createdRecord(
  known: KnownEvent,
  { span, ...columns }: SeriesRow<EventFields>,
  { id, inviteIds, metadata, version, ...times }: CreatedRow,
): EventRecord {
  const createdAt = times.createdAt.toISOString();
  const updatedAt = times.updatedAt.toISOString();
  const [record] = eventRecordsOf({
    events: [
      {
        ...columns,
        id,
        version,
        metadata,
        createdAt,
        updatedAt,
        ...endsOf(span),
        attendeeCount: null,
      },
    ],
    attendees: attendeesOf(known).map(({ userId, status, role, comment, calendarId }) => ({
      eventId: id,
      userId,
      calendarId,
      inviteId: inviteIds[userId] ?? null,
      status,
      role,
      occurrencesStatus: null,
      comment,
      createdAt,
      updatedAt: createdAt,
    })),
    users: [...known.owners.values()],
    overrides: [],
    answers: [],
    guests: [],
    guestAnswers: [],
  });
  return Object.assign(record, { complete: true as const });
}
