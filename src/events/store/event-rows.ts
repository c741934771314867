import type {
  AttendeeRecord,
  GuestAnswerRecord,
  GuestRecord,
  OccurrenceAnswerRecord,
  OverrideRecord,
  PartialEventRecord,
} from '../model/event-record.js';
import { type InJson, jsonRows } from './columns.js';
import {
  ANSWER,
  ATTENDEE,
  ATTENDING_USER,
  type AttendeeRow,
  type AttendingUserRow,
  EVENT,
  type EventRow,
  GUEST,
  GUEST_ANSWER,
  type GuestAnswerRow,
  type GuestRow,
  type OccurrenceAnswerRow,
  type OccurrenceOverrideRow,
  OVERRIDE,
} from './event-tables.js';
import { eventTimesFrom, overrideFrom, seriesFrom } from './time-columns.js';

/**
 * Which rows to read. Each is a query of all columns of one table; `listed` names the events in the other queries. The
 * parameter `$1` is the tenant.
 */
export interface EventSelection {
  readonly events: string;
  readonly attendees: string;
  readonly overrides: string;
  readonly answers: string;
  /** Absent: all guests of the events; null: none, and none of their answers. */
  readonly guests?: string | null;
  /** Absent: all answers of the guests to single occurrences; null: none. */
  readonly guestAnswers?: string | null;
  /** SQL of the number of attendees of an event of `listed`; absent: `attendees` selects all of them. */
  readonly attendeeCount?: string;
  /** SQL of other columns of the row; absent: none. */
  readonly others?: string;
}

/** SQL: whether the row of another table than `events` belongs to an event of `listed`. */
export const IS_OF_LISTED = 'tenant_id = $1 AND event_id = ANY (ARRAY (SELECT id FROM listed))';

/** SQL: whether a row of `attendees` is that of the owner of an event of `listed`. */
export const IS_OWNER = '(event_id, user_id) IN (SELECT id, organizer_id FROM listed)';

/** SQL of an `attendeeCount`, where not all attendees are read. */
export const ATTENDEE_COUNT = `(
    (SELECT count(*) FROM attendees a WHERE a.tenant_id = $1 AND a.event_id = listed.id)
    + (SELECT count(*) FROM guests g WHERE g.tenant_id = $1 AND g.event_id = listed.id))::integer`;

/** The rows of events, one array for each table: the row of a query of `selectEventRows`. */
export interface EventRows {
  readonly events: readonly (InJson<EventRow> & { readonly attendeeCount: number | null })[];
  readonly attendees: readonly InJson<AttendeeRow>[];
  readonly users: readonly InJson<AttendingUserRow>[];
  readonly overrides: readonly OccurrenceOverrideRow[];
  readonly answers: readonly OccurrenceAnswerRow[];
  readonly guests: readonly InJson<GuestRow>[];
  readonly guestAnswers: readonly GuestAnswerRow[];
}

const ALL_GUESTS = `SELECT * FROM guests WHERE ${IS_OF_LISTED}`;
const ALL_GUEST_ANSWERS = `SELECT * FROM guest_answers WHERE ${IS_OF_LISTED}`;

/** SQL: no row of a table with these columns. */
const NONE = `'[]'::json`;

/**
 * Makes a query that reads events in one row. The query reads each table once for all events, and gives a user once who
 * attends several of the events.
 */
export function selectEventRows({
  events,
  attendees,
  overrides,
  answers,
  guests = ALL_GUESTS,
  guestAnswers = guests === null ? null : ALL_GUEST_ANSWERS,
  attendeeCount = 'NULL::integer',
  others,
}: EventSelection): string {
  const guestRows = `SELECT ${GUEST.select('g', GUEST.names)} FROM (${guests ?? ''}) AS g ORDER BY invite_id`;
  const guestAnswerRows = `SELECT ${GUEST_ANSWER.select('x', GUEST_ANSWER.names)} FROM (${guestAnswers ?? ''}) AS x
     ORDER BY original_start, invite_id`;
  return `
  WITH listed AS MATERIALIZED (${events}),
  attending AS MATERIALIZED (${attendees}),
  overridden AS (${overrides}),
  answered AS (${answers})
  SELECT
    ${jsonRows(`SELECT ${EVENT.select('listed', EVENT.names)}, ${attendeeCount} AS "attendeeCount" FROM listed`)} AS events,
    ${jsonRows(`SELECT ${ATTENDEE.select('attending', ATTENDEE.names)} FROM attending ORDER BY invite_id NULLS FIRST`)} AS attendees,
    ${jsonRows(`SELECT ${ATTENDING_USER.select('users', ATTENDING_USER.names)} FROM users
       WHERE tenant_id = $1 AND id = ANY (ARRAY (SELECT DISTINCT user_id FROM attending))`)} AS users,
    ${jsonRows(`SELECT ${OVERRIDE.select('overridden', OVERRIDE.names)} FROM overridden ORDER BY original_start`)} AS overrides,
    ${jsonRows(`SELECT ${ANSWER.select('answered', ANSWER.names)} FROM answered ORDER BY original_start, user_id`)} AS answers,
    ${guests === null ? NONE : jsonRows(guestRows)} AS guests,
    ${guestAnswers === null ? NONE : jsonRows(guestAnswerRows)} AS "guestAnswers"${others === undefined ? '' : `, ${others}`}`;
}

/** Puts the rows of events together. Each row becomes part of its record. */
export function eventRecordsOf({
  events,
  attendees,
  users,
  overrides,
  answers,
  guests,
  guestAnswers,
}: EventRows): PartialEventRecord[] {
  const userOf = new Map(users.map((user) => [user.id, user]));
  const records = new Map(events.map((row) => [row.id, emptyRecord(row)]));
  for (const attendee of attendees) {
    const user = userOf.get(attendee.userId);
    if (user) records.get(attendee.eventId)?.attendees.push(attendeeOf(attendee, user));
  }
  for (const override of overrides) {
    const record = records.get(override.eventId);
    record?.overrides.push(overrideFrom(override, record));
  }
  for (const answer of answers) records.get(answer.eventId)?.answers.push(answer);
  for (const guest of guests) records.get(guest.eventId)?.guests.push(guest);
  for (const answer of guestAnswers) records.get(answer.eventId)?.guestAnswers.push(answer);
  return [...records.values()];
}

/** The record of a row, without attendees, overrides and answers. Changes the row itself. */
function emptyRecord(row: EventRows['events'][number]) {
  const series = seriesFrom(row);
  return Object.assign(series, eventTimesFrom(row, series), {
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    attendeeCount: row.attendeeCount ?? undefined,
    attendees: [] as AttendeeRecord[],
    overrides: [] as OverrideRecord[],
    answers: [] as OccurrenceAnswerRecord[],
    guests: [] as GuestRecord[],
    guestAnswers: [] as GuestAnswerRecord[],
  });
}

/** Lists each field: a list has hundreds of attendees, and to spread the rows takes longer than the rest of the function. */
export function attendeeOf(attendee: InJson<AttendeeRow>, user: InJson<AttendingUserRow>): AttendeeRecord {
  return {
    userId: attendee.userId,
    calendarId: attendee.calendarId,
    inviteId: attendee.inviteId,
    status: attendee.status,
    role: attendee.role,
    occurrencesStatus: attendee.occurrencesStatus,
    comment: attendee.comment,
    createdAt: attendee.createdAt,
    updatedAt: attendee.updatedAt,
    protected: user.protected,
    name: user.name,
    email: user.email,
    timeZone: user.timeZone,
    kind: user.kind,
    userCreatedAt: user.userCreatedAt,
    userUpdatedAt: user.userUpdatedAt,
  };
}
