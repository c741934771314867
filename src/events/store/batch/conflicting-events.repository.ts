import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../access/actor.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import type { ReportedChanges } from '../../../calendars/read/known/reported-changes.js';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { ReadReplica } from '../../../database/read-replica.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { PartialEventRecord } from '../../model/event-record.js';
import { reportedChanges } from '../calendars/reported-changes-query.js';
import { type EventRows, eventRecordsOf, IS_OF_LISTED, selectEventRows } from '../event-rows.js';

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
     WHERE ${IS_OF_LISTED} AND (user_id = ANY ($2) OR user_id = $5 OR status = 'organizer')`,
    overrides: `SELECT * FROM occurrence_overrides WHERE ${IS_OF_LISTED}`,
    answers: `
    SELECT * FROM occurrence_answers WHERE ${IS_OF_LISTED} AND user_id = ANY ($2)`,
    guests: null,
  }),
};

/** The same by the ids of the events, without what decides when they take place. */
const CONFLICTING_EVENTS_BY_ID = {
  name: 'conflicting_events_by_id',
  text: selectEventRows({
    events: `SELECT * FROM events WHERE tenant_id = $1 AND status = 'confirmed' AND id = ANY ($2)`,
    attendees: `
    SELECT * FROM attendees
     WHERE ${IS_OF_LISTED} AND (user_id = ANY ($3) OR user_id = $4 OR status = 'organizer')`,
    overrides: 'SELECT * FROM occurrence_overrides WHERE tenant_id = $1 AND false',
    answers: 'SELECT * FROM occurrence_answers WHERE tenant_id = $1 AND false',
    guests: null,
    others: reportedChanges('$5'),
  }),
};

/** Events behind conflicts, and what changed in the tenant. All of it is of one snapshot. */
export interface LookedUpConflictingEvents extends ReportedChanges {
  readonly events: readonly PartialEventRecord[];
}

/** Reads the events behind conflicts. */
@Injectable()
export class ConflictingEventsRepository {
  constructor(
    private readonly replica: ReadReplica,
    private readonly unitOfWork: UnitOfWork,
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

  /**
   * Reads those of the events that exist, in no order, without overrides and answers, from the primary: they may be a moment
   * old. Of the attendees, the events have those of the users alone, and the attendee rows of the actor and the organizer.
   * @param since the snapshot since which changes are reported; null: none are
   */
  async withIds(
    ids: readonly number[],
    userIds: readonly number[],
    actor: Actor,
    since: string | null,
  ): Promise<LookedUpConflictingEvents> {
    const [rows] = await this.unitOfWork.prepared<EventRows & ReportedChanges>(CONFLICTING_EVENTS_BY_ID, [
      this.tenant.id,
      ids,
      userIds,
      actor.kind === 'user' ? actor.userId : null,
      since,
    ]);
    return { ...rows, events: eventRecordsOf(rows) };
  }
}
