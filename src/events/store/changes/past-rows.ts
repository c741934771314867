import type { EventChangeRecord } from '../../model/changes/event-change-record.js';
import { type InJson, jsonRows } from '../columns.js';
import { type EventRows, selectEventRows } from '../event-rows.js';
import { ATTENDING_USER, type AttendingUserRow } from '../event-tables.js';

/** A row of an event as it was before a change. */
export interface PreviousRow {
  readonly eventId: number;
  /** The number of the change. */
  readonly sequence: number;
  readonly part: 'event' | 'attendee' | 'override' | 'answer' | 'guest' | 'guest_answer';
  readonly key: string;
  /** By the names of the database: the columns that the change set, or all if it removed the row; null: it added the row. */
  readonly previous: Readonly<Record<string, unknown>> | null;
  /** The ends of the previous span of the event. */
  readonly startAt: string | null;
  readonly endAt: string | null;
}

/** Events as they are, and what the log has of their latest changes. */
export interface PastRows extends EventRows {
  /** The newest first. */
  readonly changes: readonly InJson<EventChangeRecord>[];
  readonly previous: readonly PreviousRow[];
  /** The users who were attendees before one of the changes. */
  readonly formerUsers: readonly InJson<AttendingUserRow>[];
}

/**
 * Reads events with their changes, from a change of each on, and the change before that one. All is of one snapshot, so a
 * change that commits in the meantime is either undone or not there. `$1` is the tenant; `$2` are the ids of the events, each
 * once; `$3` are the numbers of the changes from which to read.
 */
export const PAST_ROWS = {
  name: 'past_rows_of_events',
  text: `
  WITH wanted AS (
    SELECT * FROM unnest($2::integer[], $3::bigint[]) AS given (event_id, first_sequence)),
  changed AS MATERIALIZED (
    SELECT c.* FROM wanted w CROSS JOIN LATERAL (
      (SELECT * FROM event_changes
        WHERE tenant_id = $1 AND event_id = w.event_id AND sequence >= w.first_sequence)
      UNION ALL
      (SELECT * FROM event_changes
        WHERE tenant_id = $1 AND event_id = w.event_id AND sequence < w.first_sequence
        ORDER BY sequence DESC LIMIT 1)) AS c),
  previous AS MATERIALIZED (
    SELECT p.event_id, c.sequence, p.part, p.key, p.previous
      FROM wanted w
      JOIN changed c ON c.event_id = w.event_id AND c.sequence >= w.first_sequence
      JOIN event_previous_rows p ON p.tenant_id = $1 AND p.event_id = c.event_id AND p.xid = c.xid)
  SELECT present.*,
    ${jsonRows(`
      SELECT event_id AS "eventId", sequence, version, kind, user_id AS "userId", api_key_id AS "apiKeyId",
             updated_at AS "updatedAt", at
        FROM changed ORDER BY sequence DESC`)} AS changes,
    ${jsonRows(`
      SELECT event_id AS "eventId", sequence, part, key, previous,
             lower((previous ->> 'span')::tstzrange) AS "startAt",
             upper((previous ->> 'span')::tstzrange) AS "endAt"
        FROM previous`)} AS previous,
    ${jsonRows(`
      SELECT ${ATTENDING_USER.select('u', ATTENDING_USER.names)} FROM users u
       WHERE u.tenant_id = $1
         AND u.id = ANY (ARRAY (SELECT key::integer FROM previous WHERE part = 'attendee'))`)} AS "formerUsers"
    FROM (${selectEventRows({
      events: 'SELECT * FROM events WHERE tenant_id = $1 AND id = ANY ($2)',
      attendees: 'SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = ANY ($2)',
      overrides: 'SELECT * FROM occurrence_overrides WHERE tenant_id = $1 AND event_id = ANY ($2)',
      answers: 'SELECT * FROM occurrence_answers WHERE tenant_id = $1 AND event_id = ANY ($2)',
    })}) AS present`,
};
