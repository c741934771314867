import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ERASED_TEXTS } from './erased-texts.js';

/** The title of an event whose organizer was deleted. */
const TITLE_OF_CANCELLED_EVENT = ERASED_TEXTS.event.title;

/** An override with a text of its own. */
const OVERRIDE_HAS_TEXT = `(o.title IS NOT NULL OR o.description IS NOT NULL OR o.location IS NOT NULL
  OR o.content IS NOT NULL)`;

/** An event that is not cancelled yet, or has a text, a guest or content of a file. */
const IS_LEFT = `(
  e.status <> 'cancelled' OR e.title <> '${TITLE_OF_CANCELLED_EVENT}' OR e.description IS NOT NULL
  OR e.location IS NOT NULL OR e.uid IS NOT NULL OR e.url IS NOT NULL OR e.conference IS NOT NULL OR e.categories <> '{}'
  OR EXISTS (SELECT FROM occurrence_overrides o
              WHERE o.tenant_id = e.tenant_id AND o.event_id = e.id AND ${OVERRIDE_HAS_TEXT})
  OR EXISTS (SELECT FROM guests g WHERE g.tenant_id = e.tenant_id AND g.event_id = e.id)
  OR EXISTS (SELECT FROM event_contents c WHERE c.tenant_id = e.tenant_id AND c.event_id = e.id))`;

/** Changes the events that a deleted user organizes, many at a time. */
@Injectable()
export class OrganizedEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The events of the organizer, by id. @param after the id before the first one; 0: none */
  async idsOf(organizerId: number, after: number, limit: number): Promise<number[]> {
    return this.ids(
      `SELECT e.id FROM events e WHERE e.tenant_id = $1 AND e.organizer_id = $2 AND e.id > $3
        ORDER BY e.id LIMIT $4`,
      [organizerId, after, limit],
    );
  }

  /** The same, without the events that `cancel` has cancelled. */
  async idsLeft(organizerId: number, after: number, limit: number): Promise<number[]> {
    return this.ids(
      `SELECT e.id FROM events e WHERE e.tenant_id = $1 AND e.organizer_id = $2 AND e.id > $3 AND ${IS_LEFT}
        ORDER BY e.id LIMIT $4`,
      [organizerId, after, limit],
    );
  }

  /** Locks those of the events that the user still organizes, in the order of their ids. @returns these */
  async lock(ids: readonly number[], organizerId: number): Promise<number[]> {
    return this.ids(
      `SELECT id FROM events WHERE tenant_id = $1 AND organizer_id = $2 AND id = ANY ($3)
        ORDER BY id FOR UPDATE`,
      [organizerId, ids],
    );
  }

  /** Those of the events that their organizer has in a read-only calendar. */
  async inReadOnlyCalendars(ids: readonly number[], organizerId: number): Promise<number[]> {
    return this.ids(
      `SELECT a.event_id AS id
         FROM attendees a JOIN calendars c ON c.tenant_id = a.tenant_id AND c.id = a.calendar_id
        WHERE a.tenant_id = $1 AND a.user_id = $2 AND a.event_id = ANY ($3) AND c.read_only`,
      [organizerId, ids],
    );
  }

  /** Cancels the events, and erases their texts and guests. Their times, and the values of the product, stay. */
  async cancel(ids: readonly number[]): Promise<void> {
    await this.run(
      `UPDATE events
          SET status = 'cancelled', title = $3, description = NULL, location = NULL, uid = NULL, url = NULL, conference = NULL,
              categories = '{}', version = version + 1, updated_at = now()
        WHERE tenant_id = $1 AND id = ANY ($2)`,
      [ids, TITLE_OF_CANCELLED_EVENT],
    );
    await this.run(
      `UPDATE occurrence_overrides o
          SET title = NULL, description = NULL, location = NULL, content = NULL, updated_at = now()
        WHERE tenant_id = $1 AND event_id = ANY ($2) AND ${OVERRIDE_HAS_TEXT}`,
      [ids],
    );
    await this.run('DELETE FROM event_contents WHERE tenant_id = $1 AND event_id = ANY ($2)', [ids]);
    // The organizer wrote their names and addresses.
    await this.run('DELETE FROM guests WHERE tenant_id = $1 AND event_id = ANY ($2)', [ids]);
  }

  /** Removes the organizer among the attendees of the events. The caller then makes another user the organizer. */
  async removeOrganizer(ids: readonly number[], organizerId: number): Promise<void> {
    await this.run('DELETE FROM attendees WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = $3', [
      ids,
      organizerId,
    ]);
  }

  private async ids(sql: string, values: readonly unknown[]): Promise<number[]> {
    return (await this.run<{ id: number }[]>(sql, values)).map(({ id }) => id);
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
