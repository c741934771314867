import {
  ATTENDEES_OF_REPORT,
  CHANGES_OF_ONE_LOOK_UP,
} from '../../../calendars/read/known/reported-changes.js';

/** SQL of a text that differs after a restore: a restore creates the table again, or restarts the server. */
export const LIFE = `'calendar_versions'::regclass::oid || ' ' || extract(epoch FROM pg_postmaster_start_time())`;

/** Reads one more than a report has, so that the process notices others. */
const LIMIT = CHANGES_OF_ONE_LOOK_UP + 1;

/**
 * SQL of the rows of a table that were written since a snapshot: by a later transaction, or by one that was under way. The
 * index on (tenant, transaction) has both, however long another transaction runs.
 * @param limit of each of the two kinds of rows
 */
export function rowsSince(columns: string, table: string, xid: string, since: string, limit = LIMIT): string {
  const rows = (isSince: string) =>
    `(SELECT ${columns} FROM ${table} WHERE tenant_id = $1 AND ${isSince} ORDER BY tenant_id, ${xid} LIMIT ${limit})`;
  return `
      ${rows(`${xid} >= pg_snapshot_xmax(${since}::pg_snapshot)::text::bigint`)}
      UNION ALL
      ${rows(`${xid} = ANY (ARRAY (SELECT pg_snapshot_xip(${since}::pg_snapshot)::text::bigint))`)}`;
}

/** SQL of the columns of `ReportedChanges`. @param since the parameter with a snapshot, or null */
export function reportedChanges(since: string): string {
  return `
    ${LIFE} AS life, pg_current_snapshot()::text AS snapshot,
    EXISTS (SELECT FROM change_floors
             WHERE tenant_id = $1 AND xid >= pg_snapshot_xmin(${since}::pg_snapshot)::text::bigint) AS purged,
    (SELECT coalesce(json_agg(json_build_array(user_id, settings)), '[]')
       FROM (${rowsSince('user_id, settings', 'calendar_versions', 'settings_xid', since)}) AS raised) AS "changedUsers",
    (SELECT coalesce(json_agg(json_build_array(event_id, xids, ARRAY (
              SELECT user_id FROM attendees
               WHERE tenant_id = $1 AND event_id = changed.event_id LIMIT ${ATTENDEES_OF_REPORT + 1}))), '[]')
       FROM (SELECT event_id, array_agg(xid ORDER BY xid) AS xids
               FROM (${rowsSince('event_id, xid', 'event_changes', 'xid', since)}) AS logged
              GROUP BY event_id) AS changed) AS "changedEvents"`;
}
