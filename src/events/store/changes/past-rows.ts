import type { EventChangeRecord } from '../../model/changes/event-change-record.js';
import { type InJson, jsonRows } from '../columns.js';
import { type EventRows, selectEventRows } from '../event-rows.js';
import { ATTENDING_USER, type AttendingUserRow } from '../event-tables.js';

/** A row of an event as it was before a change, or before all changes between two that are asked for. */
export interface PreviousRow {
  readonly eventId: number;
  /** The number of the change that is asked for. */
  readonly sequence: number;
  /** Whether the row was so before the changes that follow this one, up to the next one that is asked for. */
  readonly isOfLaterChanges: boolean;
  readonly part: 'event' | 'attendee' | 'override' | 'answer' | 'guest' | 'guest_answer';
  readonly key: string;
  /** By the names of the database: the columns that changed, or all if the row was removed; null: the row was added. */
  readonly previous: Readonly<Record<string, unknown>> | null;
  /** The ends of the previous span of the event. */
  readonly startAt: string | null;
  readonly endAt: string | null;
}

/** Events as they are, and what the log has of their latest changes. */
export interface PastRows extends EventRows {
  /** The changes that are asked for, deletions, and the change before each of these. The newest first. */
  readonly changes: readonly InJson<EventChangeRecord>[];
  readonly previous: readonly PreviousRow[];
  /** The users who were attendees before one of the changes. */
  readonly formerUsers: readonly InJson<AttendingUserRow>[];
}

/**
 * Reads events with changes of them. All is of one snapshot, so a change that commits in the meantime is either undone or not
 * there. An event may have thousands of later changes: the statement merges the rows of those that nobody asks for, so the
 * response has each row of the event once for each change that is asked for. `$1` is the tenant; `$2` and `$3` are the events
 * and the numbers of the changes, each pair once.
 */
export const PAST_ROWS = {
  name: 'past_rows_of_events',
  text: `
  WITH wanted AS MATERIALIZED (
    SELECT * FROM unnest($2::integer[], $3::bigint[]) AS given (event_id, sequence)),
  concerned AS MATERIALIZED (
    SELECT event_id, min(sequence) AS first_sequence FROM wanted GROUP BY event_id),
  changed AS MATERIALIZED (
    SELECT c.*, c.kind = 'deleted' OR w.sequence IS NOT NULL AS is_step
      FROM concerned CROSS JOIN LATERAL (
        (SELECT * FROM event_changes
          WHERE tenant_id = $1 AND event_id = concerned.event_id AND sequence >= concerned.first_sequence)
        UNION ALL
        (SELECT * FROM event_changes
          WHERE tenant_id = $1 AND event_id = concerned.event_id AND sequence < concerned.first_sequence
          ORDER BY sequence DESC LIMIT 1)) AS c
      LEFT JOIN wanted w ON w.event_id = c.event_id AND w.sequence = c.sequence),
  stepped AS MATERIALIZED (
    SELECT changed.*, lead(is_step) OVER later AS is_before_step, max(sequence) FILTER (WHERE is_step) OVER later AS step
      FROM changed WINDOW later AS (PARTITION BY event_id ORDER BY sequence)),
  previous AS MATERIALIZED (
    SELECT s.event_id, s.step, s.is_step, p.part, p.key,
           -- The oldest of the changes decides: the row was added by it, or was as the older changes leave it.
           CASE WHEN min(s.sequence) FILTER (WHERE p.previous IS NULL) = min(s.sequence) THEN NULL
                ELSE merged_columns(p.previous ORDER BY s.sequence DESC) END AS previous
      FROM stepped s
      JOIN event_previous_rows p ON p.tenant_id = $1 AND p.event_id = s.event_id AND p.xid = s.xid
     WHERE s.step IS NOT NULL
     GROUP BY s.event_id, s.step, s.is_step, p.part, p.key)
  SELECT present.*,
    ${jsonRows(`
      SELECT event_id AS "eventId", sequence, version, kind, user_id AS "userId", api_key_id AS "apiKeyId",
             updated_at AS "updatedAt", at
        FROM stepped WHERE is_step OR is_before_step ORDER BY sequence DESC`)} AS changes,
    ${jsonRows(`
      SELECT event_id AS "eventId", step AS sequence, NOT is_step AS "isOfLaterChanges", part, key, previous,
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
