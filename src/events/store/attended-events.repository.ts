import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { ReadReplica } from '../../database/read-replica.js';
import type {
  AttendeeRecord,
  EventRecord,
  OccurrenceAnswerRecord,
  OverrideRecord,
} from '../model/event-record.js';

type OfEvent<T> = T & { readonly eventId: number };
type AttendeeRow = Omit<AttendeeRecord, 'protected' | 'name' | 'email' | 'userCreatedAt' | 'userUpdatedAt'>;
type AttendingUser = Omit<AttendeeRecord, keyof AttendeeRow>;

/** Times are ISO 8601 text, since they come within JSON. */
interface EventRow
  extends Omit<EventRecord, Times | 'attendees' | 'attendeeCount' | 'overrides' | 'answers'> {
  readonly startAt: string;
  readonly endAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly attendeeCount: number | null;
}

type Times = 'startAt' | 'endAt' | 'createdAt' | 'updatedAt';

interface AttendedRows {
  readonly events: readonly EventRow[];
  readonly attendees: readonly OfEvent<AttendeeRow>[];
  readonly users: readonly (AttendingUser & { readonly id: number })[];
  readonly overrides: readonly OfEvent<OverrideRecord>[];
  readonly answers: readonly OfEvent<OccurrenceAnswerRecord>[];
}

/** What to read of the events of a user. */
export interface AttendedEventsQuery {
  /** Who asks: whether they attend is read of each event. */
  readonly actor: Actor;
  /** The most attendees that are shown of an event; null: all. */
  readonly maxAttendees: number | null;
  /** Whether cancelled events are read too. */
  readonly cancelled: boolean;
}

/**
 * The attendees to read of the listed events: all of them, or as many as are shown, with the user and the caller among
 * them, who decide what is seen of the event.
 */
const ALL_ATTENDEES = `
    SELECT * FROM attendees WHERE event_id = ANY (ARRAY (SELECT id FROM listed))`;
const FIRST_ATTENDEES = `
    SELECT a.* FROM listed CROSS JOIN LATERAL (
      SELECT * FROM attendees WHERE event_id = listed.id
       ORDER BY user_id IS NOT DISTINCT FROM $1 DESC, user_id IS NOT DISTINCT FROM $5 DESC, invite_id NULLS FIRST
       LIMIT $6 + 2) AS a`;

const CIVIL = `'YYYY-MM-DD"T"HH24:MI:SS'`;

/**
 * The overrides that can matter to the window: of occurrences that were in it or are in it now. Civil times are compared
 * as text, with two days more on both sides, since the zone is not looked at.
 */
const NEAR_OVERRIDES = `
    SELECT o.* FROM occurrence_overrides o JOIN listed ON listed.id = o.event_id CROSS JOIN LATERAL (
      SELECT to_char(($2::timestamptz AT TIME ZONE 'UTC') - interval '2 days' - greatest(listed.duration, o.duration)
                       * CASE WHEN listed.all_day THEN interval '1 day' ELSE interval '1 second' END, ${CIVIL}) AS low,
             to_char(($3::timestamptz AT TIME ZONE 'UTC') + interval '2 days', ${CIVIL}) AS high) AS padded
     WHERE o.event_id = ANY (ARRAY (SELECT id FROM listed))
       AND (o.original_start >= low AND o.original_start <= high OR o.start >= low AND o.start <= high)`;

/** The number of attendees of an event, where not all of them are read. */
const COUNTED = `(SELECT count(*)::integer FROM attendees a WHERE a.event_id = listed.id)`;

/** Each table is read once for all events, and each user told once, however many of the events they attend. */
const attendedEvents = (attending: string, attendeeCount: string) => `
  WITH listed AS MATERIALIZED (
    SELECT e.* FROM attendees mine JOIN events e ON e.id = mine.event_id
     WHERE mine.user_id = $1 AND mine.span && tstzrange($2, $3, '[]') AND (e.status = 'confirmed' OR $4)),
  attending AS MATERIALIZED (${attending}),
  near AS (${NEAR_OVERRIDES})
  SELECT
    (SELECT coalesce(json_agg(event), '[]')
      FROM (SELECT id, organizer_id AS "organizerId", title, description, location, visibility, show_as AS "showAs",
                   status, all_day AS "allDay", time_zone AS "timeZone", start, duration, rrule, rdates, exdates,
                   second_passes AS "secondPasses", version, created_at AS "createdAt", updated_at AS "updatedAt",
                   lower(span) AS "startAt", upper(span) AS "endAt", ${attendeeCount} AS "attendeeCount"
              FROM listed) AS event) AS events,
    (SELECT coalesce(json_agg(attendee), '[]')
      FROM (SELECT event_id AS "eventId", user_id AS "userId", invite_id AS "inviteId", status, comment,
                   created_at AS "createdAt", updated_at AS "updatedAt"
              FROM attending ORDER BY invite_id NULLS FIRST) AS attendee) AS attendees,
    (SELECT coalesce(json_agg(attending_user), '[]')
      FROM (SELECT id, protected, name, email, created_at AS "userCreatedAt", updated_at AS "userUpdatedAt"
              FROM users WHERE id = ANY (ARRAY (SELECT DISTINCT user_id FROM attending))) AS attending_user) AS users,
    (SELECT coalesce(json_agg(override), '[]')
      FROM (SELECT event_id AS "eventId", original_start AS "originalStart", cancelled, start, duration, title,
                   description, location, show_as AS "showAs"
              FROM near ORDER BY original_start) AS override) AS overrides,
    (SELECT coalesce(json_agg(answer), '[]')
      FROM (SELECT event_id AS "eventId", user_id AS "userId", original_start AS "originalStart", status, comment
              FROM occurrence_answers WHERE event_id = ANY (ARRAY (SELECT id FROM listed)) AND user_id = $1
             ORDER BY original_start) AS answer) AS answers`;

const EVENTS_WITH_ALL_ATTENDEES = {
  name: 'attended_events',
  text: attendedEvents(ALL_ATTENDEES, 'NULL::integer'),
};
const EVENTS_WITH_FIRST_ATTENDEES = {
  name: 'attended_events_in_short',
  text: attendedEvents(FIRST_ATTENDEES, COUNTED),
};

/** Reads the events that a user attends. */
@Injectable()
export class AttendedEventsRepository {
  constructor(private readonly replica: ReadReplica) {}

  /**
   * The events whose span meets the window, in no order, declined ones among them; an empty window asks about its
   * instant. Of the answers to single occurrences they hold the user's alone. In one round trip.
   */
  async inWindow(
    userId: number,
    { start, end }: Interval,
    { actor, maxAttendees, cancelled }: AttendedEventsQuery,
  ): Promise<EventRecord[]> {
    const values = [userId, new Date(start), new Date(end), cancelled];
    const [rows] =
      maxAttendees === null
        ? await this.replica.prepared<AttendedRows>(EVENTS_WITH_ALL_ATTENDEES, values)
        : await this.replica.prepared<AttendedRows>(EVENTS_WITH_FIRST_ATTENDEES, [
            ...values,
            actor.kind === 'user' ? actor.userId : null,
            maxAttendees,
          ]);
    return recordsOf(rows);
  }
}

function recordsOf({ events, attendees, users, overrides, answers }: AttendedRows): EventRecord[] {
  const userOf = new Map(users.map((user) => [user.id, user]));
  const records = new Map(events.map((row) => [row.id, emptyRecord(row)]));
  // Written out, not spread: a list has hundreds of them, and spreading one takes longer than all else here.
  for (const { eventId, userId, inviteId, status, comment, createdAt, updatedAt } of attendees) {
    const {
      name,
      email,
      protected: isProtected,
      userCreatedAt,
      userUpdatedAt,
    } = userOf.get(userId) as AttendingUser;
    records.get(eventId)?.attendees.push({
      userId,
      inviteId,
      status,
      comment,
      createdAt,
      updatedAt,
      protected: isProtected,
      name,
      email,
      userCreatedAt,
      userUpdatedAt,
    });
  }
  for (const override of overrides) records.get(override.eventId)?.overrides.push(override);
  for (const answer of answers) records.get(answer.eventId)?.answers.push(answer);
  return [...records.values()];
}

/** The record of a row, which is used up. */
function emptyRecord(row: EventRow) {
  return Object.assign(row, {
    startAt: new Date(row.startAt),
    endAt: row.endAt === null ? null : new Date(row.endAt),
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    attendeeCount: row.attendeeCount ?? undefined,
    attendees: [] as AttendeeRecord[],
    overrides: [] as OverrideRecord[],
    answers: [] as OccurrenceAnswerRecord[],
  });
}
