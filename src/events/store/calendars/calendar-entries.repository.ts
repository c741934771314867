import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';

/** Puts events into other calendars of their attendees. */
@Injectable()
export class CalendarEntriesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Puts events that a user attends into a calendar of the user. The caller raises the versions of the events.
   * @returns the events that were in another calendar
   */
  async putInto(eventIds: readonly number[], userId: number, calendarId: number): Promise<number[]> {
    const [moved]: [{ id: number }[], number] = await this.unitOfWork.manager.query(
      `UPDATE attendees SET calendar_id = $4
        WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = $3 AND calendar_id IS DISTINCT FROM $4
       RETURNING event_id AS id`,
      [this.tenant.id, eventIds, userId, calendarId],
    );
    return moved.map(({ id }) => id);
  }

  /** Some of the events in a calendar, at most `limit`, by id. */
  async someIn(calendarId: number, limit: number): Promise<number[]> {
    return this.ids(
      `SELECT event_id AS id FROM (
         SELECT event_id FROM attendees WHERE tenant_id = $1 AND calendar_id = $2 LIMIT $3) AS found
        ORDER BY event_id`,
      [calendarId, limit],
    );
  }

  /** Those of the events that the user of the calendar owns in it. */
  async organizedIn(calendarId: number, eventIds: readonly number[]): Promise<number[]> {
    return this.ids(
      `SELECT a.event_id AS id FROM attendees a
         JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id AND e.organizer_id = a.user_id
        WHERE a.tenant_id = $1 AND a.calendar_id = $2 AND a.event_id = ANY ($3)`,
      [calendarId, eventIds],
    );
  }

  /** Puts those of the events that are in one calendar into another of the same user. @returns these, changed */
  async move(eventIds: readonly number[], fromCalendarId: number, toCalendarId: number): Promise<number[]> {
    return this.ids(
      `WITH moved AS (
         UPDATE attendees SET calendar_id = $4
          WHERE tenant_id = $1 AND event_id = ANY ($2) AND calendar_id = $3
         RETURNING event_id AS id),
       raised AS (
         UPDATE events SET version = version + 1, updated_at = now()
          WHERE tenant_id = $1 AND id IN (SELECT id FROM moved))
       SELECT id FROM moved`,
      [eventIds, fromCalendarId, toCalendarId],
    );
  }

  private async ids(sql: string, values: readonly unknown[]): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
    return rows.map(({ id }) => id);
  }
}
