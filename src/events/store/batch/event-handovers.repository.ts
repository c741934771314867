import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

const INVITE_ORGANIZERS = `
  UPDATE attendees SET status = 'accepted', invite_id = nextval('invite_ids'), updated_at = now()
   WHERE tenant_id = $1 AND event_id = ANY ($2) AND status = 'organizer'`;

/** A user who organizes an event gives no answers to it. */
const REMOVE_ANSWERS = ['occurrence_answers', 'remembered_declines'].map(
  (table) => `DELETE FROM ${table} WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = $3`,
);

const MAKE_ORGANIZER = `
  WITH attending AS (
    UPDATE attendees SET status = 'organizer', invite_id = NULL, comment = NULL, role = 'required', occurrences_status = NULL,
                         updated_at = now()
     WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = $3
    RETURNING event_id)
  INSERT INTO attendees (tenant_id, span, event_id, user_id, calendar_id, status)
  SELECT e.tenant_id, e.span, e.id, $3, c.id, 'organizer' FROM events e
    LEFT JOIN calendars c ON c.tenant_id = $1 AND c.user_id = $3 AND c.is_primary
   WHERE e.tenant_id = $1 AND e.id = ANY ($2) AND e.id NOT IN (SELECT event_id FROM attending)`;

/** The organizer without an account stays as a guest. */
const LIST_FOREIGN_ORGANIZERS = `
  UPDATE guests SET imported_as = 'attendee', updated_at = now()
   WHERE tenant_id = $1 AND event_id = ANY ($2) AND imported_as = 'organizer'`;

/** Events of which the user `$3` has a copy get the UIDs that follow from their ids. */
const CHANGE_EVENTS = `
  UPDATE events e
     SET foreign_organizer = false,
         uid = CASE WHEN NOT EXISTS (
             SELECT FROM events own WHERE own.tenant_id = $1 AND own.uid = e.uid AND own.organizer_id = $3
                AND own.uid_namespace = e.uid_namespace) THEN e.uid END
   WHERE e.tenant_id = $1 AND e.id = ANY ($2) AND (e.foreign_organizer OR e.uid IS NOT NULL)`;

/** Gives events another organizer, in a number of statements that does not depend on the number of events. */
@Injectable()
export class EventHandoversRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Makes the user the organizer among the attendees of events that other users organize. The previous organizers stay as
   * attendees who have accepted, each with a new invite. The invite of the user and the user's answers to occurrences end.
   * Each event stays in the calendar in which each attendee has it; a user who did not attend gets it in the primary one.
   * An organizer without an account stays as a guest. The caller sets the organizer and the version of the events.
   */
  async replaceOrganizer(eventIds: readonly number[], userId: number): Promise<void> {
    const { manager } = this.unitOfWork;
    // An event has at most one organizer at any time.
    await manager.query(INVITE_ORGANIZERS, [this.tenant.id, eventIds]);
    for (const statement of REMOVE_ANSWERS)
      await manager.query(statement, [this.tenant.id, eventIds, userId]);
    await manager.query(MAKE_ORGANIZER, [this.tenant.id, eventIds, userId]);
    await manager.query(LIST_FOREIGN_ORGANIZERS, [this.tenant.id, eventIds]);
    await manager.query(CHANGE_EVENTS, [this.tenant.id, eventIds, userId]);
  }

  /** Sets the organizer of events, and increments their versions. */
  async setOrganizer(eventIds: readonly number[], userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE events SET organizer_id = $3, version = version + 1, updated_at = now()
        WHERE tenant_id = $1 AND id = ANY ($2)`,
      [this.tenant.id, eventIds, userId],
    );
  }
}
