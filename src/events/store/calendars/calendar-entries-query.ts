import { isSince } from '../../../changes/sync/position-check.js';
import { jsonRows } from '../columns.js';
import { ATTENDING_USER } from '../event-tables.js';
import { attendedColumns, isInBusyCalendar, seriesInJson } from './attended-parts.js';
import { LIFE, reportedChanges } from './reported-changes-query.js';

/** All time that may count as busy under any policy. */
const ALL_PENDING = `'busy'::text`;

const USERS = '$2';

/** SQL of `attended`: the entries of a source of attendees `a`, of confirmed events in calendars that count as busy. */
function attendedOf(source: string): string {
  return `
    SELECT ${attendedColumns(ALL_PENDING, USERS)}
      FROM ${source}
      JOIN events e ON e.tenant_id = $1 AND e.id = a.event_id
     WHERE e.status = 'confirmed' AND ${isInBusyCalendar(USERS)}`;
}

/** No user of the cache has unwanted inviters. */
const NO_UNWANTED = 'SELECT NULL::integer AS user_id, NULL::integer AS organizer_id WHERE false';

const ENTRIES = `
    pg_current_snapshot()::text AS snapshot,
    ${jsonRows(`SELECT user_id AS "userId", ${LIFE} AS life, entries, settings FROM calendar_versions
                 WHERE tenant_id = $1 AND user_id = ANY (${USERS})`)} AS versions,
    ${jsonRows(`SELECT user_id AS "userId", id, calendar_id AS "calendarId", status, show_as AS "showAs",
                       extract(epoch FROM lower(span)) * 1000 AS start, extract(epoch FROM upper(span)) * 1000 AS end
                  FROM attended WHERE NOT repeats AND show_as <> 'free' AND status <> 'declined'`)} AS singles,
    ${seriesInJson('SELECT * FROM attended WHERE repeats', ALL_PENDING, USERS)}`;

/** The entries of `$2` in the window from `$3` to `$4`. The index on (tenant, user, span) is searched once for each user. */
export const LOAD = {
  name: 'calendars_for_cache',
  text: `
  WITH attended AS MATERIALIZED (${attendedOf(`(SELECT DISTINCT unnest(${USERS}::integer[])) AS asked (id)
      CROSS JOIN LATERAL (
        SELECT user_id, event_id, status, span, calendar_id FROM attendees
         WHERE tenant_id = $1 AND user_id = asked.id AND span && tstzrange($3, $4, '[]') OFFSET 0) AS a`)}),
  unwanted AS (${NO_UNWANTED})
  SELECT ${ENTRIES},
    ${jsonRows(`SELECT ${ATTENDING_USER.select('u', ATTENDING_USER.names)}, working_hours AS "workingHours",
                       double_booking AS "doubleBooking", invitations, default_reminders AS "defaultReminders",
                       (SELECT json_build_object('id', c.id, 'countsAsBusy', c.counts_as_busy,
                                                 'defaultReminders', c.default_reminders)
                          FROM calendars c WHERE c.tenant_id = $1 AND c.user_id = u.id AND c.is_primary) AS primary
                  FROM users u WHERE tenant_id = $1 AND id = ANY (${USERS}) AND deleted_at IS NULL`)} AS owners`,
} as const;

/**
 * What `$2` have now of the events that changed since the snapshots `$3`, in windows from `$4` to `$5`; at most `$6` events
 * and one of each user.
 */
export const CHANGED = {
  name: 'changed_calendars_for_cache',
  text: `
  WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(${USERS}::integer[], $3::text[], $4::timestamptz[], $5::timestamptz[])
                    AS asked (user_id, snapshot, window_start, window_end)),
  changed AS MATERIALIZED (
    SELECT asked.*, c.event_id FROM asked CROSS JOIN LATERAL (
      SELECT DISTINCT event_id FROM event_changes c
       WHERE c.tenant_id = $1 AND ${isSince('c', 'asked.snapshot')} LIMIT $6::integer + 1) AS c),
  attended AS MATERIALIZED (${attendedOf(`changed JOIN attendees a
        ON a.tenant_id = $1 AND a.event_id = changed.event_id AND a.user_id = changed.user_id
       AND a.span && tstzrange(changed.window_start, changed.window_end, '[]')`)}),
  unwanted AS (${NO_UNWANTED})
  SELECT ${ENTRIES},
    ${jsonRows('SELECT user_id AS "userId", event_id AS "eventId" FROM changed')} AS changed`,
} as const;

export const VERSIONS = {
  name: 'versions_of_calendars',
  text: `SELECT ${reportedChanges('$3')},
    ${jsonRows(`SELECT user_id AS "userId", ${LIFE} AS life, entries, settings FROM calendar_versions
                 WHERE tenant_id = $1 AND user_id = ANY ($2)`)} AS versions`,
} as const;
