import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { ReadReplica } from '../../../database/read-replica.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { type EventRows, eventRecordsOf, IS_OF_LISTED, IS_OWNER, selectEventRows } from '../event-rows.js';

/** A stretch of the calendar of a user. */
export interface UserWindow {
  readonly userId: number;
  readonly window: Interval;
}

const CONFLICTING_EVENTS = {
  name: 'conflicting_events',
  text: selectEventRows({
    // `OFFSET 0` makes PostgreSQL look up each window by the index: it cannot estimate the number of the windows.
    events: `
    SELECT * FROM events WHERE tenant_id = $1 AND status = 'confirmed' AND id = ANY (ARRAY (
      SELECT DISTINCT found.event_id
        FROM unnest($2::integer[], $3::timestamptz[], $4::timestamptz[]) AS asked (user_id, window_start, window_end)
       CROSS JOIN LATERAL (
             SELECT a.event_id FROM attendees a
              WHERE a.tenant_id = $1 AND a.user_id = asked.user_id
                AND a.span && tstzrange(asked.window_start, asked.window_end, '[]')
             OFFSET 0) AS found))`,
    attendees: `
    SELECT * FROM attendees
     WHERE ${IS_OF_LISTED} AND (user_id = ANY ($2) OR user_id = $5 OR ${IS_OWNER})`,
    overrides: `SELECT * FROM occurrence_overrides WHERE ${IS_OF_LISTED}`,
    answers: `
    SELECT * FROM occurrence_answers WHERE ${IS_OF_LISTED} AND user_id = ANY ($2)`,
    guests: null,
  }),
};

/** Reads the events behind conflicts. */
@Injectable()
export class ConflictingEventsRepository {
  constructor(
    private readonly replica: ReadReplica,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Reads, in one round trip, the events that one of the users attends in their window, in no order, also the declined
   * ones. Of the attendees and answers, the events have those of the users alone, and the attendee rows of the actor and the
   * organizer.
   */
  async inWindows(windows: readonly UserWindow[], actor: Actor): Promise<PartialEventRecord[]> {
    const [rows] = await this.replica.prepared<EventRows>(CONFLICTING_EVENTS, [
      this.tenant.id,
      windows.map(({ userId }) => userId),
      windows.map(({ window }) => new Date(window.start)),
      windows.map(({ window }) => new Date(window.end)),
      actor.kind === 'user' ? actor.userId : null,
    ]);
    return eventRecordsOf(rows);
  }
}
