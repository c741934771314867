import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { type EventRows, eventRecordsOf, selectEventRows } from '../event-rows.js';

const OF_EVENTS = 'WHERE tenant_id = $1 AND event_id = ANY ($2)';

const EXPORTED_EVENTS = {
  name: 'exported_events',
  text: selectEventRows({
    events: 'SELECT * FROM events WHERE tenant_id = $1 AND id = ANY ($2)',
    attendees: `SELECT * FROM attendees ${OF_EVENTS}`,
    overrides: `SELECT * FROM occurrence_overrides ${OF_EVENTS}`,
    answers: `SELECT * FROM occurrence_answers ${OF_EVENTS}`,
  }),
};

/** Reads all events of a user, some at a time. */
@Injectable()
export class ExportedEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * The ids of the events that the user organizes or attends.
   * @param after the id before the first one; 0: none @param calendarId a calendar of the user; null: all of them
   */
  async idsOf(
    userId: number,
    after: number,
    limit: number,
    calendarId: number | null = null,
  ): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      `SELECT event_id AS id FROM attendees
        WHERE tenant_id = $1 AND user_id = $2 AND event_id > $3 AND ($5::integer IS NULL OR calendar_id = $5)
        ORDER BY event_id LIMIT $4`,
      [this.tenant.id, userId, after, limit, calendarId],
    );
    return rows.map(({ id }) => id);
  }

  /** The start of the first event of the user, or of one calendar of the user; null: there is none. */
  async earliestOf(userId: number, calendarId: number | null): Promise<Date | null> {
    const [row]: { earliest: Date | null }[] = await this.unitOfWork.manager.query(
      `SELECT min(lower(span)) AS earliest FROM attendees
        WHERE tenant_id = $1 AND user_id = $2 AND ($3::integer IS NULL OR calendar_id = $3)`,
      [this.tenant.id, userId, calendarId],
    );
    return row?.earliest ?? null;
  }

  /** Those of the events that exist, with all attendees, overrides and answers, by id. */
  async withIds(ids: readonly number[]): Promise<PartialEventRecord[]> {
    const [rows] = await this.unitOfWork.prepared<EventRows>(EXPORTED_EVENTS, [this.tenant.id, ids]);
    return eventRecordsOf(rows).toSorted((a, b) => a.id - b.id);
  }
}
