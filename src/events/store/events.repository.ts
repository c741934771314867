import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { violates } from '../../database/connection/unique-violation.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { type PreparedStatement, UnitOfWork } from '../../database/unit-of-work.js';
import { externalIdTaken } from '../../platform/values/external-id.js';
import type { EventFields, EventRecord, PartialEventRecord } from '../model/event-record.js';
import { Event } from './entities/event.entity.js';
import { type EventRows, eventRecordsOf, IS_OWNER, selectEventRows } from './event-rows.js';
import { ATTENDEE, type AttendeeRow } from './event-tables.js';
import { columnsOf } from './time-columns.js';

const EVENT_WITH_ALL = { name: 'event', text: selectEvent({ attendees: 'TRUE', answers: 'TRUE' }) };

const EVENTS_WITH_ALL = {
  name: 'events',
  text: selectEventRows({
    events: 'SELECT * FROM events WHERE tenant_id = $1 AND id = ANY ($2)',
    attendees: 'SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = ANY ($2)',
    overrides: 'SELECT * FROM occurrence_overrides WHERE tenant_id = $1 AND event_id = ANY ($2)',
    answers: 'SELECT * FROM occurrence_answers WHERE tenant_id = $1 AND event_id = ANY ($2)',
  }),
};

/** An event may have a thousand attendees, and an answer concerns one of them. */
const EVENT_WITH_SOME = {
  name: 'event_for_some',
  text: selectEvent({
    attendees: `(user_id = ANY ($3) OR ${IS_OWNER})`,
    answers: 'user_id = ANY ($3)',
    guests: null,
  }),
};

/** Conditions on the rows that are read. */
interface ReadRows {
  readonly attendees: string;
  readonly answers: string;
  /** Null: no guest is read. */
  readonly guests?: null;
}

function selectEvent(read: ReadRows): string {
  return selectEventRows({
    events: 'SELECT * FROM events WHERE tenant_id = $1 AND id = $2',
    attendees: `SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = $2 AND ${read.attendees}`,
    overrides: 'SELECT * FROM occurrence_overrides WHERE tenant_id = $1 AND event_id = $2',
    answers: `SELECT * FROM occurrence_answers WHERE tenant_id = $1 AND event_id = $2 AND ${read.answers}`,
    guests: read.guests,
  });
}

/** The columns that a new attendee has of its own. */
const GIVEN = ['userId', 'status', 'comment'] as const;

const ADD_ATTENDEES = `
  INSERT INTO attendees (tenant_id, span, ${ATTENDEE.list(['eventId', ...GIVEN, 'inviteId', 'calendarId'])})
  SELECT e.tenant_id, e.span, e.id, ${ATTENDEE.bare('given', GIVEN)},
         CASE WHEN given.status <> 'organizer' THEN nextval('invite_ids') END, c.id
    FROM events e
   CROSS JOIN unnest($3::integer[], $4::text[], $5::text[]) WITH ORDINALITY AS given (${ATTENDEE.list(GIVEN)}, place)
    LEFT JOIN calendars c ON c.tenant_id = $1 AND c.user_id = given.user_id AND c.is_primary
   WHERE e.tenant_id = $1 AND e.id = $2 AND NOT EXISTS (
         SELECT FROM attendees a WHERE a.tenant_id = $1 AND a.event_id = $2 AND a.user_id = given.user_id)
   ORDER BY given.place`;

/** The columns of an attendee that stay the same in a copy of the event. */
const COPIED = [
  'userId',
  'calendarId',
  'status',
  'role',
  'occurrencesStatus',
  'comment',
  'createdAt',
  'updatedAt',
] as const;

const COPY_ATTENDEES = `
  INSERT INTO attendees (tenant_id, span, ${ATTENDEE.list(['eventId', ...COPIED, 'inviteId'])})
  SELECT copy.tenant_id, copy.span, copy.id, ${ATTENDEE.bare('a', COPIED)},
         CASE WHEN a.invite_id IS NOT NULL THEN nextval('invite_ids') END
    FROM events copy, (SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = $2 ORDER BY invite_id) AS a
   WHERE copy.tenant_id = $1 AND copy.id = $3`;

@Injectable()
export class EventsRepository {
  constructor(
    @InjectRepository(Event) private readonly events: Repository<Event>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async withId(id: number): Promise<EventRecord | null> {
    const event = await this.read(EVENT_WITH_ALL, [this.tenant.id, id]);
    return event && Object.assign(event, { complete: true as const });
  }

  /** The events of these ids, in no order. */
  async withIds(ids: readonly number[]): Promise<EventRecord[]> {
    const [rows] = await this.unitOfWork.prepared<EventRows>(EVENTS_WITH_ALL, [this.tenant.id, ids]);
    return eventRecordsOf(rows).map((event) => Object.assign(event, { complete: true as const }));
  }

  /** The event with its organizer, and with only those of its other attendees, and the answers, who are among these users. */
  async withAttendees(id: number, userIds: readonly number[]): Promise<PartialEventRecord | null> {
    return this.read(EVENT_WITH_SOME, [this.tenant.id, id, userIds]);
  }

  /** The id of the event with this external id; null: there is none. */
  async idOfExternalId(externalId: string): Promise<number | null> {
    const where = { tenantId: this.tenant.id, externalId };
    const event = await this.repository.findOne({ select: { id: true }, where });
    return event?.id ?? null;
  }

  private async read(
    statement: PreparedStatement,
    values: readonly unknown[],
  ): Promise<PartialEventRecord | null> {
    const [rows] = await this.unitOfWork.prepared<EventRows>(statement, values);
    return eventRecordsOf(rows).at(0) ?? null;
  }

  /**
   * Saves a copy of an event with other fields, attended by the same users, who answered the same. The copy has no
   * external id and no UID of a file, since these are unique.
   * @returns its id
   */
  async copy(id: number, fields: Partial<EventFields>): Promise<number> {
    const original = await this.repository.findOneByOrFail({ tenantId: this.tenant.id, id });
    const fresh = {
      id: undefined,
      externalId: null,
      uid: null,
      organizer: undefined,
      version: undefined,
      createdAt: undefined,
      updatedAt: undefined,
    };
    const { identifiers } = await this.repository.insert({ ...original, ...fresh, ...columnsOf(fields) });
    const copyId = (identifiers[0] as { id: number }).id;
    await this.repository.query(COPY_ATTENDEES, [this.tenant.id, id, copyId]);
    return copyId;
  }

  /** Makes other changes of the event wait until the transaction ends. */
  async lock(id: number): Promise<void> {
    await this.repository.query('SELECT FROM events WHERE tenant_id = $1 AND id = $2 FOR UPDATE', [
      this.tenant.id,
      id,
    ]);
  }

  /** The same for several events, in the order of their ids, so that two transactions never wait for each other. */
  async lockAll(ids: readonly number[]): Promise<void> {
    await this.repository.query(
      'SELECT FROM events WHERE tenant_id = $1 AND id = ANY ($2) ORDER BY id FOR UPDATE',
      [this.tenant.id, ids],
    );
  }

  /** The same for a change of an answer alone. Foreign keys that point to the event do not wait for this lock. */
  async lockForAnswer(id: number): Promise<void> {
    await this.unitOfWork.prepared(
      {
        name: 'lock_event_for_answer',
        text: 'SELECT FROM events WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE',
      },
      [this.tenant.id, id],
    );
  }

  /**
   * Changes fields and increments the version. Changes of attendees and overrides increment the version too.
   * @throws {DomainError} conflict `external_id_taken`
   */
  async change(id: number, fields: Partial<EventFields>): Promise<void> {
    const changed = { ...columnsOf(fields), version: () => 'version + 1' };
    await withFreeExternalId(this.repository.update({ tenantId: this.tenant.id, id }, changed));
  }

  async delete(id: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, id });
  }

  async deleteAll(ids: readonly number[]): Promise<void> {
    await this.repository.query('DELETE FROM events WHERE tenant_id = $1 AND id = ANY ($2)', [
      this.tenant.id,
      ids,
    ]);
  }

  /** Makes these users the attendees beside the organizer. Users who attend already keep their invites and answers. */
  async setAttendees(id: number, userIds: readonly number[]): Promise<void> {
    await this.repository.query(
      `DELETE FROM attendees
        WHERE tenant_id = $1 AND event_id = $2 AND status <> 'organizer' AND user_id <> ALL ($3::integer[])
          AND user_id NOT IN (SELECT organizer_id FROM events WHERE tenant_id = $1 AND id = $2 AND foreign_organizer)`,
      [this.tenant.id, id, userIds],
    );
    const attendees = userIds.map((userId) => ({ userId, status: 'needs_action' as const, comment: null }));
    await this.addAttendees(id, attendees);
  }

  /** Adds users who do not attend yet. All but the organizer are invited, in the order given. */
  private async addAttendees(
    id: number,
    attendees: readonly Pick<AttendeeRow, 'userId' | 'status' | 'comment'>[],
  ): Promise<void> {
    await this.repository.query(ADD_ATTENDEES, [
      this.tenant.id,
      id,
      attendees.map(({ userId }) => userId),
      attendees.map(({ status }) => status),
      attendees.map(({ comment }) => comment),
    ]);
  }

  private get repository(): Repository<Event> {
    return this.unitOfWork.repository(this.events);
  }
}

/** @throws {DomainError} conflict `external_id_taken`, if another event has the external id that the statement sets */
async function withFreeExternalId<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (violates(error, 'events_external_id_key')) throw externalIdTaken('event');
    throw error;
  }
}
