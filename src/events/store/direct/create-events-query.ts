import { NEW_EVENT } from '../batch/new-events.repository.js';
import { LIFE, reportedChanges } from '../calendars/reported-changes-query.js';
import { IS_OF_LISTED, IS_OWNER, selectEventRows } from '../event-rows.js';
import { ATTENDEE } from '../event-tables.js';
import { LOCK_OF_ORGANIZER } from '../open-invitations.repository.js';

/** The columns that a new attendee has of its own. */
export const GIVEN = ['userId', 'status', 'role', 'comment', 'calendarId'] as const;

/** The parameters of the events behind conflicts. */
interface AskedFor {
  readonly eventIds: string;
  readonly userIds: string;
  readonly actorId: string;
  readonly since: string;
}

/**
 * Events behind conflicts, without what decides when they take place, and what changed in the tenant since a snapshot. Of the
 * attendees, the events have some users, the actor and the organizer.
 */
function selectBehind({ eventIds, userIds, actorId, since }: AskedFor): string {
  return selectEventRows({
    events: `SELECT * FROM events WHERE tenant_id = $1 AND status = 'confirmed' AND id = ANY (${eventIds}::integer[])`,
    attendees: `
      SELECT * FROM attendees
       WHERE ${IS_OF_LISTED}
         AND (user_id = ANY (${userIds}::integer[]) OR user_id = ${actorId}::integer OR ${IS_OWNER})`,
    overrides: 'SELECT * FROM occurrence_overrides WHERE tenant_id = $1 AND false',
    answers: 'SELECT * FROM occurrence_answers WHERE tenant_id = $1 AND false',
    guests: null,
    others: reportedChanges(since),
  });
}

/** Reads the events `$2` behind conflicts, and the changes since `$5`, as the statements that create events do. */
export const EVENTS_BEHIND = {
  name: 'events_behind_conflicts',
  text: selectBehind({ eventIds: '$2', userIds: '$3', actorId: '$4', since: '$5' }),
} as const;

/** What a statement reads beside the new events: nothing, what changed in the tenant, or the events behind conflicts with it. */
export type ReadBeside = 'nothing' | 'changes' | 'events';

/** The SQL of what a statement reads beside the new events, as one JSON value, and its next parameter. */
const BESIDE: Readonly<Record<ReadBeside, { readonly sql: string; readonly next: string }>> = {
  nothing: { sql: 'NULL', next: '$15' },
  changes: { sql: inFirstRow(`SELECT ${reportedChanges('$15')}`), next: '$16' },
  events: {
    sql: inFirstRow(selectBehind({ eventIds: '$15', userIds: '$16', actorId: '$17', since: '$18' })),
    next: '$19',
  },
};

function inFirstRow(select: string): string {
  return `CASE WHEN event_place = 1 THEN (SELECT to_json(behind) FROM (${select}) AS behind) END`;
}

/**
 * Adds the events `$7` of the author `$2` with their attendees `$8` to `$13`, if the users `$3` have the versions of `$4` to `$6`
 * and no open hold; otherwise it adds nothing. One row for each event, in their order.
 *
 * The statement locks the rows of the users as each booking does, then the invitations of the organizers `$14`, as each change that
 * opens some does at its end, and then the rows of the versions of the users. A locking read gives the
 * newest row after a wait, while any other part of the statement sees the rows as of its start. So the versions alone tell whether
 * the calendars have changed.
 */
function createEvents(beside: ReadBeside, reminded: boolean): string {
  const { sql, next } = BESIDE[beside];
  return `
  WITH locked AS MATERIALIZED (
    SELECT id FROM users
     WHERE tenant_id = $1 AND id = ANY ($3::integer[]) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE),
  limited AS MATERIALIZED (
    SELECT count(pg_catalog.pg_advisory_xact_lock(${LOCK_OF_ORGANIZER}, organizer_id)::text)
      FROM unnest($14::integer[]) AS organizer_id
     WHERE (SELECT count(*) FROM locked) >= 0),
  present AS MATERIALIZED (
    SELECT user_id, ${LIFE} AS life, entries, settings, held_until FROM calendar_versions
     WHERE tenant_id = $1 AND user_id = ANY (ARRAY (SELECT id FROM locked)) AND (SELECT count FROM limited) >= 0
     ORDER BY user_id FOR UPDATE),
  compared AS MATERIALIZED (
    SELECT count(*) = cardinality($3::integer[]) AS equal
      FROM present
      JOIN unnest($3::integer[], $4::text[], $5::bigint[], $6::bigint[]) AS known (user_id, life, entries, settings)
     USING (user_id, life, entries, settings)
     WHERE (held_until > now()) IS NOT TRUE),
  added AS (
    INSERT INTO events (${NEW_EVENT.list(NEW_EVENT.names)})
    SELECT ${NEW_EVENT.list(NEW_EVENT.names)}
      FROM jsonb_populate_recordset(NULL::events, $7) WITH ORDINALITY
     WHERE (SELECT equal FROM compared) AND set_config('calendar.author', $2, true) IS NOT NULL
     ORDER BY ordinality
    RETURNING id, span, version, created_at, updated_at, metadata),
  placed AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY id) AS event_place FROM added),
  invited AS (
    INSERT INTO attendees (tenant_id, event_id, span, ${ATTENDEE.list(GIVEN)}, invite_id)
    SELECT $1, placed.id, placed.span, ${ATTENDEE.bare('given', GIVEN)},
           CASE WHEN given.status <> 'organizer' THEN nextval('invite_ids') END
      FROM unnest($8::integer[], $9::integer[], $10::text[], $11::text[], $12::text[], $13::integer[])
             WITH ORDINALITY AS given (event_place, ${ATTENDEE.list(GIVEN)}, place)
      JOIN placed USING (event_place)
     ORDER BY given.place
    RETURNING event_id, user_id, invite_id)${reminded ? remind(next) : ''}
  SELECT placed.id, version, created_at AS "createdAt", updated_at AS "updatedAt", metadata,
         pg_current_snapshot()::text AS snapshot, pg_current_xact_id()::text AS xid,
         (SELECT json_object_agg(user_id, invite_id) FROM invited WHERE event_id = placed.id) AS "inviteIds",
         ${sql} AS behind
    FROM placed ORDER BY event_place`;
}

/** SQL that adds the reminders of the attendees. @param reminders the parameter with them */
function remind(reminders: string): string {
  return `,
  reminded AS (
    INSERT INTO pending_reminders (tenant_id, event_id, user_id, minutes_before, method, url, original_start, start_at,
           end_at, due_at, due_from)
    SELECT $1, placed.id, "userId", "minutesBefore", method, url, "originalStart", "startAt", "endAt", "dueAt", "dueFrom"
      FROM json_to_recordset(${reminders}) AS row ("place" integer, "userId" integer, "minutesBefore" integer, method text,
             url text, "originalStart" text, "startAt" timestamptz, "endAt" timestamptz, "dueAt" timestamptz,
             "dueFrom" timestamptz)
      JOIN placed ON event_place = row.place)`;
}

/** A statement that adds events. */
interface CreateEvents {
  readonly name: string;
  readonly text: string;
}

const NAMES: Readonly<Record<ReadBeside, string>> = {
  nothing: 'create_events',
  changes: 'create_events_read_changes',
  events: 'create_events_read_conflicts',
};

function createStatement(beside: ReadBeside, reminded: boolean): CreateEvents {
  return {
    name: reminded ? `${NAMES[beside]}_with_reminders` : NAMES[beside],
    text: createEvents(beside, reminded),
  };
}

/** The statements, by what they read beside the new events, and whether they add reminders. */
export const CREATE_EVENTS = {
  nothing: { plain: createStatement('nothing', false), reminded: createStatement('nothing', true) },
  changes: { plain: createStatement('changes', false), reminded: createStatement('changes', true) },
  events: { plain: createStatement('events', false), reminded: createStatement('events', true) },
} as const satisfies Record<ReadBeside, object>;
