import { jsonRows } from '../columns.js';
import { ATTENDING_USER } from '../event-tables.js';
import { attendedColumns, isInBusyCalendar, openHolds, seriesInJson } from './attended-parts.js';
import { LIFE, reportedChanges, rowsSince } from './reported-changes-query.js';

/** All time that may count as busy under any policy. */
const ALL_PENDING = `'busy'::text`;

const USERS = '$2';

/** SQL of `attended`: the entries of a source of attendees `a`, of confirmed events in calendars that count as busy. */
function attendedOf(source: string): string {
  return `
    SELECT ${attendedColumns(ALL_PENDING, USERS)}
      FROM ${source}
      CROSS JOIN LATERAL (SELECT * FROM events WHERE tenant_id = $1 AND id = a.event_id OFFSET 0) AS e
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
                       availability_overrides AS "availabilityOverrides", away, double_booking AS "doubleBooking",
                       invitations, default_reminders AS "defaultReminders",
                       (SELECT json_build_object('id', c.id, 'countsAsBusy', c.counts_as_busy,
                                                 'defaultReminders', c.default_reminders)
                          FROM calendars c WHERE c.tenant_id = $1 AND c.user_id = u.id AND c.is_primary) AS primary
                  FROM users u WHERE tenant_id = $1 AND id = ANY (${USERS}) AND deleted_at IS NULL`)} AS owners`,
} as const;

/**
 * Changes of the tenant since a snapshot that one read of a calendar looks through. After more of them, it is cheaper to load
 * the calendar again.
 */
const MAX_LOGGED = 2_000;

/** SQL: whether a change `logged` concerns a user, who attends the event, or whose part of it the change ended or answered. */
const CONCERNS_USER = `
  EXISTS (SELECT FROM attendees WHERE tenant_id = $1 AND event_id = logged.event_id AND user_id = asked.user_id OFFSET 0)
  OR EXISTS (SELECT FROM event_previous_rows
              WHERE tenant_id = $1 AND event_id = logged.event_id AND xid = logged.xid AND user_id = asked.user_id
                AND part IN ('attendee', 'answer') OFFSET 0)`;

/** SQL of a source of attendees `a`: those of the changed events. The key of the table has them. */
const CHANGED_ATTENDEES = `
  changed CROSS JOIN LATERAL (
    SELECT user_id, event_id, status, span, calendar_id FROM attendees
     WHERE tenant_id = $1 AND event_id = changed.event_id AND user_id = changed.user_id
       AND span && tstzrange(changed.window_start, changed.window_end, '[]') OFFSET 0) AS a`;

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
  logged AS MATERIALIZED (
    SELECT asked.user_id, c.event_id, c.xid FROM asked CROSS JOIN LATERAL (
      ${rowsSince('event_id, xid', 'event_changes', 'xid', 'asked.snapshot', MAX_LOGGED + 1)}) AS c),
  changed AS MATERIALIZED (
    SELECT asked.*, c.event_id FROM asked CROSS JOIN LATERAL (
      SELECT DISTINCT event_id FROM logged
       WHERE logged.user_id = asked.user_id AND (${CONCERNS_USER}) LIMIT $6::integer + 1) AS c),
  attended AS MATERIALIZED (${attendedOf(CHANGED_ATTENDEES)}),
  unwanted AS (${NO_UNWANTED})
  SELECT ${ENTRIES},
    ARRAY (SELECT user_id FROM logged GROUP BY user_id HAVING count(*) > ${MAX_LOGGED}) AS behind,
    ${jsonRows('SELECT user_id AS "userId", event_id AS "eventId" FROM changed')} AS changed`,
} as const;

/** With the open holds of the users in the window from `$4` to `$5`. The row of the versions tells whether there may be one. */
export const VERSIONS = {
  name: 'versions_of_calendars',
  text: `
  WITH found AS MATERIALIZED (
    SELECT user_id, entries, settings, held_until > statement_timestamp() AS is_held FROM calendar_versions
     WHERE tenant_id = $1 AND user_id = ANY ($2))
  SELECT ${reportedChanges('$3')},
    ${jsonRows(`SELECT user_id AS "userId", ${LIFE} AS life, entries, settings FROM found`)} AS versions,
    ${jsonRows(openHolds('(SELECT user_id FROM found WHERE is_held)', 'user_id', 'tstzrange($4, $5)'))} AS held,
    EXISTS (SELECT FROM found WHERE is_held) AS "hasHolds"`,
} as const;
