import type { Metadata } from '../../../platform/values/metadata.js';
import { type EventFields, type EventRecord, FIRST_VERSION } from '../../model/event-record.js';
import { eventRecordsOf } from '../event-rows.js';
import { columnsOf, type SeriesRow } from '../time-columns.js';
import { attendeesOf, type KnownEvent } from './known-event.js';

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

/** The record of an event that is not saved yet. */
export function recordBefore(known: KnownEvent): EventRecord {
  const { event } = known.records;
  const now = new Date(0);
  const columns = columnsOf(event) as SeriesRow<EventFields>;
  const { metadata } = event;
  return createdRecord(known, columns, {
    id: 0,
    version: FIRST_VERSION,
    createdAt: now,
    updatedAt: now,
    metadata,
    inviteIds: {},
  });
}

/** The record of a new event, as a query of the event would read it. */
export function createdRecord(
  known: KnownEvent,
  { span, ...columns }: SeriesRow<EventFields>,
  { id, inviteIds, metadata, version, ...times }: CreatedRow,
): EventRecord {
  const createdAt = times.createdAt.toISOString();
  const updatedAt = times.updatedAt.toISOString();
  const [startAt, endAt] = span.slice(1, -1).split(',');
  const [record] = eventRecordsOf({
    events: [
      {
        ...columns,
        id,
        version,
        metadata,
        createdAt,
        updatedAt,
        startAt,
        endAt: endAt === '' ? null : endAt,
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
