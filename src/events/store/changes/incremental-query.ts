import { isSince, positionCheck } from '../../../changes/sync/position-check.js';
import { ATTENDEE_COUNT, IS_OF_LISTED, selectEventRows } from '../event-rows.js';

/** The parameters of the statements, beside the tenant, `$1`. */
const PARAMETERS = {
  userId: '$2',
  calendarId: '$3',
  viewerId: '$4',
  maxAttendees: '$5',
  after: '$6',
  limit: '$7',
  since: '$8',
  witness: '$9',
  witnessAt: '$10',
  mark: '$12',
  markAt: '$13',
  maxWeight: '$11',
} as const;

const {
  userId,
  calendarId,
  viewerId,
  maxAttendees,
  after,
  limit,
  since,
  witness,
  witnessAt,
  mark,
  markAt,
  maxWeight,
} = PARAMETERS;

/** SQL that gives the parameters their types, since no statement uses all of them. */
const TYPED = `parameters AS (
    SELECT ${[userId, calendarId, viewerId, maxAttendees, after, limit, maxWeight].map((name) => `${name}::integer`).join(', ')},
           ${since}::pg_snapshot, ${witness}::bigint, ${witnessAt}::bigint,
           ${mark}::bigint, ${markAt}::bigint)`;

/** Which events a list has. */
export type KindOfList = 'tenant' | 'user' | 'calendar';

const IS_ENTRY: Readonly<Record<Exclude<KindOfList, 'tenant'>, string>> = {
  user: `user_id = ${userId}`,
  calendar: `user_id = ${userId} AND calendar_id = ${calendarId}`,
};

/**
 * Changes of the tenant since a position above which the statement looks for changes of each event of the list, instead of
 * looking for the events of the list among the changes.
 */
const MAX_RECENT = 2_000;

const IS_RECENT = `(SELECT count(*) FROM recent) <= ${MAX_RECENT}`;

/** SQL of two ways to find the events of a list among those that have changed: by the changes, and by the events. */
function entriesOf(list: Exclude<KindOfList, 'tenant'>): string {
  return `
  recent AS MATERIALIZED (
    SELECT c.event_id FROM event_changes c WHERE c.tenant_id = $1 AND ${isSince('c', since)} LIMIT ${MAX_RECENT + 1}),
  mine AS MATERIALIZED (
    SELECT entry.event_id FROM (SELECT DISTINCT event_id FROM recent WHERE event_id > ${after}) AS changed
     CROSS JOIN LATERAL (
           SELECT event_id FROM attendees
            WHERE tenant_id = $1 AND event_id = changed.event_id AND ${IS_ENTRY[list]} OFFSET 0) AS entry
     WHERE ${IS_RECENT}
    UNION ALL
    SELECT event_id FROM attendees
     WHERE NOT ${IS_RECENT} AND tenant_id = $1 AND ${IS_ENTRY[list]} AND event_id > ${after} AND EXISTS (
           SELECT FROM event_changes c
            WHERE c.tenant_id = $1 AND c.event_id = attendees.event_id AND ${isSince('c', since)})),`;
}

/** SQL: the events of a list now. */
function presentIds(list: KindOfList): string {
  return list === 'tenant'
    ? `SELECT id FROM events WHERE tenant_id = $1 AND id > ${after}`
    : `SELECT event_id AS id FROM attendees WHERE tenant_id = $1 AND ${IS_ENTRY[list]} AND event_id > ${after}`;
}

/** SQL: the events of a list with a change since the position, also those that the list may have lost. */
function changedIds(list: KindOfList): string {
  if (list === 'tenant') {
    return `SELECT DISTINCT c.event_id AS id FROM event_changes c
             WHERE c.tenant_id = $1 AND c.event_id > ${after} AND ${isSince('c', since)}`;
  }
  return `
    SELECT event_id AS id FROM mine
    UNION
    SELECT p.event_id FROM event_previous_rows p
     WHERE p.tenant_id = $1 AND p.user_id = ${userId} AND p.part = 'attendee' AND p.event_id > ${after}
       AND ${isSince('p', since)}`;
}

/** SQL: whether a column of the users whose entries decide. @param organizerOf an expression with the id of the event */
function isWatched(column: string, eventId: string): string {
  return `(${column} IN (${userId}, ${viewerId}) OR ${column} IN (
      SELECT organizer_id FROM events WHERE tenant_id = $1 AND id = ${eventId}
      UNION ALL
      SELECT (o.previous ->> 'organizer_id')::integer FROM event_previous_rows o
       WHERE o.tenant_id = $1 AND o.event_id = ${eventId} AND o.part = 'event' AND ${isSince('o', since)}))`;
}

/** SQL: the parts of the previous rows of a change that decide who saw the event. */
const DECIDING_ROWS = `
  SELECT bool_or((p.previous ->> 'visibility') = 'private') FILTER (WHERE p.part = 'event') AS "isPrivate",
         max((p.previous ->> 'organizer_id')::integer) FILTER (WHERE p.part = 'event') AS "organizerId",
         coalesce(json_agg(json_build_object(
           'userId', p.user_id, 'wasThere', p.previous IS NOT NULL, 'calendarId', (p.previous ->> 'calendar_id')::integer))
           FILTER (WHERE p.part = 'attendee'), '[]') AS entries,
         count(*) AS count
    FROM event_previous_rows p
   WHERE p.tenant_id = $1 AND p.event_id = c.event_id AND p.xid = c.xid
     AND (p.part = 'event' AND p.previous ?| '{visibility,organizer_id}'
       OR p.part = 'attendee' AND (p.previous IS NULL OR p.previous ? 'calendar_id')
          AND ${isWatched('p.user_id', 'c.event_id')})`;

const CHANGES = `
  SELECT json_agg(json_build_object('kind', c.kind, 'isPrivate', was."isPrivate", 'organizerId', was."organizerId",
                                    'entries', was.entries) ORDER BY c.sequence DESC)
    FROM event_changes c CROSS JOIN LATERAL (${DECIDING_ROWS}) AS was
   WHERE c.tenant_id = $1 AND c.event_id = chosen.id AND ${isSince('c', since)}
     AND (c.kind <> 'updated' OR was.count > 0)`;

const PRESENT = `
  SELECT json_build_object('isPrivate', e.visibility = 'private', 'organizerId', e.organizer_id, 'entries', (
           SELECT coalesce(json_agg(json_build_object('userId', a.user_id, 'calendarId', a.calendar_id)), '[]')
             FROM attendees a
            WHERE a.tenant_id = $1 AND a.event_id = e.id AND ${isWatched('a.user_id', 'e.id')}))
    FROM events e WHERE e.tenant_id = $1 AND e.id = chosen.id`;

const HISTORIES = `
  SELECT coalesce(json_agg(json_build_object(
           'id', chosen.id, 'present', (${PRESENT}), 'changes', coalesce((${CHANGES}), '[]'))), '[]') FROM chosen`;

const FIRST_ATTENDEES = `
  SELECT a.* FROM listed CROSS JOIN LATERAL (
    SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = listed.id
     ORDER BY user_id IS NOT DISTINCT FROM ${userId} DESC, user_id IS NOT DISTINCT FROM ${viewerId} DESC,
              invite_id NULLS FIRST
     LIMIT ${maxAttendees} + 2) AS a`;

/** SQL: the attendees of an event that the response shows. */
const SHOWN_ATTENDEES = `
  (SELECT count(*) FROM attendees a WHERE a.tenant_id = $1 AND a.event_id = candidate.id)`;

/** The roles that a viewer had by grants on calendars that were deleted since a snapshot. */
export const ENDED_GRANTS = {
  name: 'grants_ended_with_their_calendars',
  text: `
  SELECT g.calendar_id AS "calendarId", g.user_id AS "userId", g.role, g.sees_private AS "seesPrivate"
    FROM grant_changes g
   WHERE g.tenant_id = $1 AND g.owner_id IS NULL AND (g.user_id = $2 OR g.user_id IS NULL) AND ${isSince('g', '$3')}`,
};

/**
 * Makes the statement of one page of an incremental list: the position, the events in full, and with a position the history
 * of each event since. One statement has one snapshot. @param changed whether the list has only the changes since the
 * position @param short whether not all attendees are read
 */
export function incrementalQuery(list: KindOfList, changed: boolean, short: boolean): string {
  const weight = short ? `least(${SHOWN_ATTENDEES}, ${maxAttendees} + 2)` : SHOWN_ATTENDEES;
  const isIn =
    list === 'tenant'
      ? ''
      : `AND EXISTS (SELECT FROM attendees WHERE tenant_id = $1 AND event_id = e.id AND ${IS_ENTRY[list]})`;
  const rows = selectEventRows({
    events: `SELECT e.* FROM events e WHERE e.tenant_id = $1 AND e.id IN (SELECT id FROM chosen) ${isIn}`,
    attendees: short ? FIRST_ATTENDEES : `SELECT * FROM attendees WHERE ${IS_OF_LISTED}`,
    overrides: `SELECT * FROM occurrence_overrides WHERE ${IS_OF_LISTED}`,
    answers: `SELECT * FROM occurrence_answers WHERE ${IS_OF_LISTED}`,
    ...(short && { attendeeCount: ATTENDEE_COUNT }),
  });
  const entries = list === 'tenant' || !changed ? '' : entriesOf(list);
  return `
  WITH ${TYPED},
  position AS MATERIALIZED (${positionCheck({ snapshot: since, witness, witnessAt, mark, markAt })}),
  ${entries}
  candidates AS MATERIALIZED (
    SELECT id FROM (${changed ? changedIds(list) : presentIds(list)}) AS found ORDER BY id LIMIT ${limit}::integer + 1),
  weighed AS MATERIALIZED (
    SELECT candidate.id, row_number() OVER (ORDER BY candidate.id) AS place,
           sum(${weight}) OVER (ORDER BY candidate.id) AS weight
      FROM candidates AS candidate),
  chosen AS MATERIALIZED (
    SELECT id FROM weighed WHERE place <= ${limit} AND (place = 1 OR weight <= ${maxWeight}))
  SELECT to_json(position) AS position,
         (SELECT max(id) FROM chosen) AS last,
         (SELECT count(*) FROM candidates) > (SELECT count(*) FROM chosen) AS more,
         ${changed ? `(${HISTORIES})` : `'[]'::json`} AS histories,
         read.*
    FROM position CROSS JOIN (${rows}) AS read`;
}
