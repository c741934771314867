import { Injectable } from '@nestjs/common';
import { violates } from '../../../database/connection/unique-violation.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { externalIdTaken } from '../../../platform/values/external-id.js';
import type { NewAttendee } from '../../model/commands.js';
import type { EventFields } from '../../model/event-record.js';
import { columnsOfEntity } from '../columns.js';
import { Event } from '../entities/event.entity.js';
import { ATTENDEE } from '../event-tables.js';
import { columnsOf, type SeriesRow } from '../time-columns.js';

/** The columns of `events` that a writer names for a new event. */
type NewEventRow = SeriesRow<EventFields> & { readonly tenantId: number };

const NEW_EVENT = columnsOfEntity<NewEventRow, Event>(Event, {
  id: 'left out',
  version: 'left out',
  createdAt: 'left out',
  updatedAt: 'left out',
});

/** PostgreSQL gives out the ids after it has sorted the rows, so the ids ascend in the order of the events. */
const ADD_EVENTS = `
  INSERT INTO events (${NEW_EVENT.list(NEW_EVENT.names)})
  SELECT ${NEW_EVENT.list(NEW_EVENT.names)}
    FROM jsonb_populate_recordset(NULL::events, $1) WITH ORDINALITY
   ORDER BY ordinality
  RETURNING id`;

/** The columns that a new attendee has of its own. */
const GIVEN = ['eventId', 'userId', 'status', 'role', 'comment'] as const;

const ADD_ATTENDEES = `
  INSERT INTO attendees (tenant_id, span, ${ATTENDEE.list([...GIVEN, 'inviteId'])})
  SELECT e.tenant_id, e.span, ${ATTENDEE.bare('given', GIVEN)},
         CASE WHEN given.status <> 'organizer' THEN nextval('invite_ids') END
    FROM unnest($2::integer[], $3::integer[], $4::text[], $5::text[], $6::text[])
           WITH ORDINALITY AS given (${ATTENDEE.list(GIVEN)}, place)
    JOIN events e ON e.tenant_id = $1 AND e.id = given.event_id
   ORDER BY given.place`;

/** The row of an organizer among the attendees. */
type OrganizerRow = Omit<NewAttendee, 'status'> & { readonly status: 'organizer' };

/** A new event with its attendees beside the organizer, in the order of invitation. */
export interface NewEventWithAttendees {
  readonly event: EventFields;
  readonly attendees: readonly NewAttendee[];
}

/** Saves new events. The number of statements depends neither on the number of events nor on that of attendees. */
@Injectable()
export class NewEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Those of the external ids that events have. */
  async takenExternalIds(externalIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (externalIds.length === 0) return new Set();
    const rows: { externalId: string }[] = await this.unitOfWork.manager.query(
      'SELECT external_id AS "externalId" FROM events WHERE tenant_id = $1 AND external_id = ANY ($2)',
      [this.tenant.id, externalIds],
    );
    return new Set(rows.map(({ externalId }) => externalId));
  }

  /** @returns the ids, in the order of the events @throws {DomainError} conflict `external_id_taken` */
  async add(events: readonly NewEventWithAttendees[]): Promise<number[]> {
    const tenantId = this.tenant.id;
    const rows = events.map(({ event }) => ({ ...(columnsOf(event) as SeriesRow<EventFields>), tenantId }));
    const added = await this.insert(NEW_EVENT.rowsInJson(NEW_EVENT.names, rows));
    const ids = added.map(({ id }) => id).toSorted((a, b) => a - b);
    const attendees = events.flatMap(({ event, attendees: invited }, index) =>
      [{ userId: event.organizerId, status: 'organizer' as const, comment: null }, ...invited].map(
        ({ userId, status, comment, role = 'required' }: NewAttendee | OrganizerRow) => ({
          eventId: ids[index],
          userId,
          status,
          role,
          comment,
        }),
      ),
    );
    const columns = GIVEN.map((column) => attendees.map((attendee) => attendee[column]));
    await this.unitOfWork.manager.query(ADD_ATTENDEES, [tenantId, ...columns]);
    return ids;
  }

  private async insert(rows: string): Promise<{ readonly id: number }[]> {
    try {
      return await this.unitOfWork.manager.query(ADD_EVENTS, [rows]);
    } catch (error) {
      // Another request has taken the id since `takenExternalIds`.
      if (violates(error, 'events_external_id_key')) throw externalIdTaken('event');
      throw error;
    }
  }
}
