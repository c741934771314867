import type { PendingPolicy } from '../../../calendar/availability/free-busy.js';
import { inZoneOfReader } from '../../../scheduling/occurrences/floating-days.js';
import { isUnwantedInviter, mayHaveUnwantedInviters } from '../acquaintances/unwanted-inviter-query.js';
import { jsonRows } from '../columns.js';
import {
  ANSWER,
  type AttendeeRow,
  EVENT,
  type EventRow,
  type OccurrenceAnswerRow,
  type OccurrenceOverrideRow,
  OVERRIDE,
  SERIES_COLUMNS,
} from '../event-tables.js';
import { overrideFrom, seriesFrom } from '../time-columns.js';

const SERIES = [...SERIES_COLUMNS, 'showAs'] as const;
const OVERRIDES = [
  'eventId',
  'originalStart',
  'cancelled',
  'start',
  'duration',
  'zeroLength',
  'showAs',
] as const;
const ANSWERS = ['eventId', 'userId', 'originalStart'] as const;

/** SQL of a condition: the user is a room. PostgreSQL finds the rooms once. @param users the parameter with the ids of the users */
function isRoom(userId: string, users: string): string {
  return `${userId} = ANY (ARRAY (SELECT id FROM users WHERE tenant_id = $1 AND id = ANY (${users}) AND kind <> 'person'))`;
}

/**
 * SQL of the policy for one user. A booking takes no time of a room that the room has not declined. With the policy
 * `bookable`, the time stays busy that a booking is refused for a person who allows no double booking.
 */
function policyOf(userId: string, pending: string, users: string): string {
  return `CASE WHEN ${isRoom(userId, users)} THEN 'busy' WHEN ${pending} <> 'bookable' THEN ${pending}
               WHEN ${userId} = ANY (ARRAY (SELECT id FROM users
                                             WHERE tenant_id = $1 AND id = ANY (${users}) AND double_booking = 'reject'))
               THEN 'answered' ELSE 'free' END`;
}

/** SQL of the status of an attendee, or of an answer: an invitation takes the time of a room until the room declines it. */
function statusOf(row: string, users: string): string {
  return `CASE WHEN ${row}.status IN ('needs_action', 'tentative') AND ${isRoom(`${row}.user_id`, users)}
              THEN 'accepted' ELSE ${row}.status END AS status`;
}

/**
 * SQL: the columns of `attended`, from the attendees `a` and their events `e`. `makes_busy` and `kind` have the rule of busy
 * time for events that do not repeat. For series, the core decides occurrence by occurrence.
 * @param pending the parameter with the policy
 * @param users the parameter with the ids of the users
 */
export function attendedColumns(pending: string, users: string): string {
  const makesBusy = `e.show_as <> 'free' AND a.status <> 'declined' AND (
    ${pending} = 'busy' OR (a.status IN ('organizer', 'accepted') AND e.show_as <> 'tentative')
    OR CASE ${policyOf('a.user_id', pending, users)}
         WHEN 'busy' THEN true WHEN 'answered' THEN a.status <> 'needs_action' ELSE false END)`;
  const kind = `CASE WHEN a.status IN ('needs_action', 'tentative') AND NOT ${isRoom('a.user_id', users)}
                    THEN 'tentative' ELSE e.show_as END`;
  return `a.user_id, ${statusOf('a', users)}, a.span, a.calendar_id, e.organizer_id, ${EVENT.bare('e', SERIES)},
           ${makesBusy} AS makes_busy, ${kind} AS kind, e.rrule IS NOT NULL OR e.rdates <> '{}' AS repeats`;
}

/**
 * SQL of a condition: the attendees `a` are not in a calendar that takes no time of its user. PostgreSQL finds these
 * calendars once, by an index that has no others.
 * @param users the parameter with the ids of the users
 */
export function isInBusyCalendar(users: string): string {
  return `(a.calendar_id = ANY (ARRAY (
      SELECT id FROM calendars WHERE tenant_id = $1 AND user_id = ANY (${users}) AND NOT counts_as_busy))) IS NOT TRUE`;
}

/** SQL of a condition: the attendees `a` are in none of these calendars. @param ids the parameter with their ids */
export function isInNoneOf(ids: string): string {
  return `(a.calendar_id = ANY (${ids}::integer[])) IS NOT TRUE`;
}

/**
 * SQL of `unwanted`: pairs of a user and an organizer whose unanswered invitations do not make the user busy. Each pair is
 * checked once for any number of events. With the default of `invitations`, no pair is checked.
 * @param users the parameter with the ids of the users
 */
export function unwantedPairs(users: string): string {
  return `
    SELECT pending.user_id, pending.organizer_id
      FROM (SELECT DISTINCT user_id, organizer_id FROM attended
             WHERE (status = 'needs_action' OR repeats AND EXISTS (
                     SELECT FROM occurrence_answers x
                      WHERE x.tenant_id = $1 AND x.event_id = attended.id AND x.user_id = attended.user_id
                        AND x.status = 'needs_action'))
               AND user_id = ANY (ARRAY (
                   SELECT id FROM users
                    WHERE tenant_id = $1 AND id = ANY (${users}) AND ${mayHaveUnwantedInviters('invitations')}))
           ) AS pending
      JOIN users u ON u.id = pending.user_id
     WHERE u.tenant_id = $1 AND u.id = ANY (${users}) AND ${isUnwantedInviter('u', 'pending.organizer_id')}`;
}

const IS_UNWANTED = `status = 'needs_action' AND (user_id, organizer_id) IN (SELECT user_id, organizer_id FROM unwanted)`;

/** SQL: the same of an open invitation `x` to one occurrence. */
const IS_UNWANTED_AT_OCCURRENCE = `x.status = 'needs_action' AND EXISTS (
    SELECT FROM unwanted JOIN events e ON e.organizer_id = unwanted.organizer_id
     WHERE unwanted.user_id = x.user_id AND e.tenant_id = $1 AND e.id = x.event_id)`;

/** SQL: whether a row of `attended` makes its user busy at its span. */
const IS_BUSY_SPAN = `NOT repeats AND makes_busy AND NOT (${IS_UNWANTED})`;

/** SQL: the interval of a range, in milliseconds. */
function intervalOf(range: string): string {
  return `extract(epoch FROM lower(${range})) * 1000 AS start, extract(epoch FROM upper(${range})) * 1000 AS end`;
}

/**
 * SQL: the busy time of events that do not repeat, merged for each user and kind, as JSON.
 * @param condition further condition on the rows of `attended` @param others a query of further rows
 */
export function mergedBusyTime(condition = 'TRUE', others = ''): string {
  return jsonRows(`SELECT user_id AS "userId", kind, ${intervalOf('busy')}
                  FROM (SELECT user_id, kind, unnest(range_agg(span)) AS busy FROM attended
                         WHERE ${IS_BUSY_SPAN} AND ${condition} GROUP BY user_id, kind) AS single
                  ${others && `UNION ALL ${others}`}`);
}

/**
 * SQL of a query of the open holds on users. A hold ends by the clock of the database at the statement, not at the transaction,
 * which may have waited for a lock.
 * @param users a source of users as `asked` @param userId the column of `asked` with the id @param window a range, may use `asked`
 */
export function openHolds(users: string, userId: string, window: string): string {
  return `SELECT asked.${userId} AS "userId", 'busy' AS kind, ${intervalOf('held.span')}
            FROM ${users} AS asked CROSS JOIN LATERAL (
              SELECT span FROM hold_members
               WHERE tenant_id = $1 AND user_id = asked.${userId} AND span && ${window}
                 AND expires_at > statement_timestamp() OFFSET 0) AS held`;
}

/**
 * SQL: the busy time of events that do not repeat, by user and event, as JSON.
 * @param condition further condition on the rows of `attended`
 */
export function busyTimeByEvent(condition: string): string {
  return jsonRows(`SELECT user_id AS "userId", id AS "eventId", ${intervalOf('span')}
                  FROM attended WHERE ${IS_BUSY_SPAN} AND ${condition}`);
}

/**
 * SQL: the columns `series`, `overrides` and `answers`, each as JSON.
 * @param series the query of the series among the rows of `attended`, each once for a user
 * @param pending the parameter with the policy
 * @param users the parameter with the ids of the users
 */
export function seriesInJson(series: string, pending: string, users: string): string {
  const ids = 'ARRAY (SELECT id FROM attended WHERE repeats)';
  return `
    ${jsonRows(`SELECT user_id AS "userId", calendar_id AS "calendarId", CASE WHEN ${IS_UNWANTED} THEN 'declined' ELSE status END AS status,
                       ${policyOf('user_id', pending, users)} AS pending, ${EVENT.select('attended', SERIES)},
                       CASE WHEN floating THEN (SELECT time_zone FROM users u WHERE u.tenant_id = $1 AND u.id = user_id)
                            END AS "ownZone"
                  FROM (${series}) AS attended`)} AS series,
    ${jsonRows(`SELECT ${OVERRIDE.select('o', OVERRIDES)} FROM occurrence_overrides o
                 WHERE tenant_id = $1 AND event_id = ANY (${ids})`)} AS overrides,
    ${jsonRows(`SELECT ${ANSWER.select('x', ANSWERS)},
                       CASE WHEN ${IS_UNWANTED_AT_OCCURRENCE} THEN 'declined' ELSE x.status END AS status
                  FROM (SELECT event_id, user_id, original_start, ${statusOf('o', users)} FROM occurrence_answers o
                         WHERE tenant_id = $1 AND event_id = ANY (${ids}) AND user_id = ANY (${users})) AS x`)} AS answers`;
}

/** The columns of `seriesInJson`. Each has exactly the columns that the query reads. */
export interface SeriesRows {
  readonly series: readonly (Pick<EventRow, (typeof SERIES)[number]> &
    Pick<AttendeeRow, 'userId' | 'calendarId' | 'status'> & {
      /** The policy for the user. */
      readonly pending: PendingPolicy;
      /** The zone of the user, in which floating days are the user's; null: the days do not float. */
      readonly ownZone: string | null;
    })[];
  readonly overrides: readonly Pick<OccurrenceOverrideRow, (typeof OVERRIDES)[number]>[];
  readonly answers: readonly Pick<OccurrenceAnswerRow, (typeof ANSWERS)[number] | 'status'>[];
}

/** The records of series and of their overrides. Floating days are in the zone of the user. */
export function seriesRecordsOf({ series, overrides }: SeriesRows) {
  const seriesOf = new Map(series.map((row) => [row.id, row]));
  return {
    overrides: overrides.flatMap((row) => {
      const own = seriesOf.get(row.eventId);
      return own ? [overrideFrom(row, own)] : [];
    }),
    series: series.map((row) => {
      const own = seriesFrom(row);
      return row.ownZone === null ? own : inZoneOfReader(own, row.ownZone);
    }),
  };
}
