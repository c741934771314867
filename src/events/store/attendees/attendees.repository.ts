import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { AttendeeRole } from '../../model/event-words.js';

const ADD_ATTENDEE = `
  INSERT INTO attendees (tenant_id, span, event_id, user_id, calendar_id, status, occurrences_status, role, invite_id)
  SELECT e.tenant_id, e.span, e.id, $3::integer, c.id, CASE WHEN $5 THEN 'declined' ELSE 'needs_action' END,
         CASE WHEN $5 THEN 'needs_action' END, $4, nextval('invite_ids')
    FROM events e
    LEFT JOIN calendars c ON c.tenant_id = $1 AND c.user_id = $3 AND c.is_primary
   WHERE e.tenant_id = $1 AND e.id = $2`;

/** Adds and removes single attendees of locked events. */
@Injectable()
export class AttendeesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Invites a user who does not attend the event.
   * @param toOccurrences whether the user attends single occurrences alone
   */
  async add(eventId: number, userId: number, role: AttendeeRole, toOccurrences: boolean): Promise<void> {
    await this.run(ADD_ATTENDEE, [eventId, userId, role, toOccurrences]);
  }

  /** Removes a user who does not organize the event. */
  async remove(eventId: number, userId: number): Promise<void> {
    await this.run('DELETE FROM attendees WHERE tenant_id = $1 AND event_id = $2 AND user_id = $3', [
      eventId,
      userId,
    ]);
  }

  /** Sets the roles of attendees. */
  async setRoles(eventId: number, roles: ReadonlyMap<number, AttendeeRole>): Promise<void> {
    if (roles.size === 0) return;
    await this.run(
      `UPDATE attendees a SET role = given.role, updated_at = now()
         FROM unnest($3::integer[], $4::text[]) AS given (user_id, role)
        WHERE a.tenant_id = $1 AND a.event_id = $2 AND a.user_id = given.user_id AND a.role <> given.role`,
      [eventId, [...roles.keys()], [...roles.values()]],
    );
  }

  private async run(sql: string, values: readonly unknown[]): Promise<void> {
    await this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
