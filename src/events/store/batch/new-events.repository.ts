import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { ImportedSeries, NewAttendee } from '../../model/commands.js';
import type { EventFields } from '../../model/event-record.js';
import type { ParticipationStatus } from '../../model/event-words.js';
import { columnsOfEntity } from '../columns.js';
import { Event } from '../entities/event.entity.js';
import { ATTENDEE } from '../event-tables.js';
import { columnsOf, type SeriesRow } from '../time-columns.js';

/** The columns of `events` that a writer names for a new event. */
type NewEventRow = SeriesRow<EventFields> & Pick<Event, 'tenantId' | 'uid' | 'uidNamespace'>;

export const NEW_EVENT = columnsOfEntity<NewEventRow, Event>(Event, {
  id: 'left out',
  version: 'left out',
  createdAt: 'left out',
  updatedAt: 'left out',
});

/** PostgreSQL gives out the ids after it has sorted the rows, so the ids ascend in the order of the events. */
const ADD_EVENTS = `
  INSERT INTO events (${NEW_EVENT.list(NEW_EVENT.names)})
  SELECT ${NEW_EVENT.list(NEW_EVENT.names)}
    FROM ${NEW_EVENT.sharingRows('$1')} WITH ORDINALITY
   ORDER BY ordinality
  RETURNING id`;

/** The columns that a new attendee has of its own. */
const GIVEN = ['eventId', 'userId', 'status', 'role', 'comment', 'calendarId'] as const;

/** The same without the calendar, for which the primary one stands in. */
const OWN = ['eventId', 'userId', 'status', 'role', 'comment'] as const;

const ADD_ATTENDEES = `
  INSERT INTO attendees (tenant_id, span, ${ATTENDEE.list(['inviteId', ...GIVEN])})
  SELECT e.tenant_id, e.span, CASE WHEN given.status <> 'organizer' THEN nextval('invite_ids') END,
         ${ATTENDEE.bare('given', OWN)}, coalesce(given.calendar_id, c.id)
    FROM unnest($2::integer[], $3::integer[], $4::text[], $5::text[], $6::text[], $7::integer[])
           WITH ORDINALITY AS given (${ATTENDEE.list(GIVEN)}, place)
    JOIN events e ON e.tenant_id = $1 AND e.id = given.event_id
    LEFT JOIN calendars c ON c.tenant_id = $1 AND c.user_id = given.user_id AND c.is_primary
   ORDER BY given.place`;

/** The row of an organizer among the attendees. */
type OrganizerRow = Omit<NewAttendee, 'status'> & { readonly status: ParticipationStatus };

/** The owner of an event organizes it, or attends it if a file names another organizer. */
function ownerRow(userId: number, imported: ImportedSeries | undefined): OrganizerRow {
  const { status, comment, role } = imported?.owner ?? { status: 'organizer', comment: null };
  return { userId, status, comment, role };
}

/** A new event with its attendees beside the organizer, in the order of invitation. */
export interface NewEventWithAttendees {
  readonly event: EventFields;
  /** The calendar of the organizer; null: the primary one. */
  readonly calendarId: number | null;
  readonly attendees: readonly NewAttendee[];
  /** Present if a file has the event. */
  readonly imported?: ImportedSeries;
}

/** Saves new events. The number of statements depends neither on the number of events nor on that of attendees. */
@Injectable()
export class NewEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * The external ids are free. If another transaction takes one at the same time, the running transaction runs again.
   * @returns the ids, in the order of the events
   */
  async add(events: readonly NewEventWithAttendees[]): Promise<number[]> {
    const tenantId = this.tenant.id;
    const rows = events.map(({ event, imported }) => ({
      ...(columnsOf(event) as SeriesRow<EventFields>),
      tenantId,
      uid: imported?.uid ?? null,
      uidNamespace: imported?.uidNamespace ?? 0,
    }));
    const added: { id: number }[] = await this.unitOfWork.manager.query(ADD_EVENTS, [
      NEW_EVENT.sharingRowsInJson(NEW_EVENT.names, rows),
    ]);
    const ids = added.map(({ id }) => id).toSorted((a, b) => a - b);
    const attendees = events.flatMap(({ event, calendarId, attendees: invited, imported }, index) => {
      const eventId = ids[index];
      const organizer = ownerRow(event.organizerId, imported);
      return [organizer, ...invited].map(
        ({ userId, status, comment, role = 'required' }: NewAttendee | OrganizerRow) => ({
          eventId,
          userId,
          status,
          role,
          comment,
          calendarId: userId === event.organizerId ? calendarId : null,
        }),
      );
    });
    const columns = GIVEN.map((column) => attendees.map((attendee) => attendee[column]));
    await this.unitOfWork.manager.query(ADD_ATTENDEES, [tenantId, ...columns]);
    return ids;
  }
}
