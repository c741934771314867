import { USERS_OF_ONE_LOOK_UP } from '../../../calendars/read/settings/settings-changes.js';
import { isAfterSnapshot } from '../../../changes/sync/position-check.js';

/** SQL of a text that differs after a restore: a restore creates the table again, or restarts the server. */
export const LIFE = `'calendar_versions'::regclass::oid || ' ' || extract(epoch FROM pg_postmaster_start_time())`;

/**
 * SQL of the columns of `SettingsChanges`. The index on (tenant, transaction) has the rows in order.
 * @param since the parameter with a snapshot; null: nothing is reported as changed
 */
export function settingsChanges(since: string): string {
  return `
    ${LIFE} AS life, pg_current_snapshot()::text AS snapshot,
    (SELECT coalesce(json_agg(json_build_array(user_id, settings)), '[]') FROM (
       SELECT user_id, settings FROM calendar_versions
        WHERE tenant_id = $1 AND ${isAfterSnapshot('settings_xid', since)}
        ORDER BY tenant_id, settings_xid LIMIT ${USERS_OF_ONE_LOOK_UP + 1}) AS raised) AS changed`;
}
