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
}
