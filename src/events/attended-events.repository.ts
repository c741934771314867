import { Injectable } from '@nestjs/common';
import type { Interval } from '../calendar/interval.js';
import { ReadReplica } from '../database/read-replica.js';
import type { OverrideRow } from '../scheduling/series.js';
import type { AttendeeRecord, EventRecord, OccurrenceAnswerRecord } from './event-record.js';

type OfEvent<T> = T & { readonly eventId: number };
type AttendeeRow = Omit<AttendeeRecord, 'protected' | 'name' | 'email' | 'userCreatedAt' | 'userUpdatedAt'>;
type AttendingUser = Omit<AttendeeRecord, keyof AttendeeRow>;

/** Times are ISO 8601 text, since they come within JSON. */
interface EventRow extends Omit<EventRecord, Times | 'attendees' | 'overrides' | 'answers'> {
  readonly startAt: string;
  readonly endAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

type Times = 'startAt' | 'endAt' | 'createdAt' | 'updatedAt';

interface AttendedRows {
  readonly events: readonly EventRow[];
  readonly attendees: readonly OfEvent<AttendeeRow>[];
  readonly users: readonly (AttendingUser & { readonly id: number })[];
  readonly overrides: readonly OfEvent<OverrideRow>[];
  readonly answers: readonly OfEvent<OccurrenceAnswerRecord>[];
}

/** Each table is read once for all events, and each user told once, however many of the events they attend. */
const ATTENDED_EVENTS = `
  WITH listed AS MATERIALIZED (
    SELECT e.* FROM attendees mine JOIN events e ON e.id = mine.event_id
     WHERE mine.user_id = $1 AND mine.span && tstzrange($2, $3, '[]')),
  attending AS MATERIALIZED (
    SELECT * FROM attendees WHERE event_id = ANY (ARRAY (SELECT id FROM listed)))
  SELECT
    (SELECT coalesce(json_agg(event), '[]')
      FROM (SELECT id, organizer_id AS "organizerId", title, description, location, visibility, show_as AS "showAs",
                   status, all_day AS "allDay", time_zone AS "timeZone", start, duration, rrule, rdates, exdates,
                   second_passes AS "secondPasses", version, created_at AS "createdAt", updated_at AS "updatedAt",
                   lower(span) AS "startAt", upper(span) AS "endAt"
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
              FROM occurrence_overrides WHERE event_id = ANY (ARRAY (SELECT id FROM listed))
             ORDER BY original_start) AS override) AS overrides,
    (SELECT coalesce(json_agg(answer), '[]')
      FROM (SELECT event_id AS "eventId", user_id AS "userId", original_start AS "originalStart", status, comment
              FROM occurrence_answers WHERE event_id = ANY (ARRAY (SELECT id FROM listed))
             ORDER BY original_start, user_id) AS answer) AS answers`;

/** Reads the events that a user attends. */
@Injectable()
export class AttendedEventsRepository {
  constructor(private readonly replica: ReadReplica) {}

  /**
   * Those whose span meets the window, in no order, declined ones among them; an empty window asks about its
   * instant. In one round trip.
   */
  async inWindow(userId: number, { start, end }: Interval): Promise<EventRecord[]> {
    const [rows] = await this.replica.prepared<AttendedRows>(
      { name: 'attended_events', text: ATTENDED_EVENTS },
      [userId, new Date(start), new Date(end)],
    );
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
    attendees: [] as AttendeeRecord[],
    overrides: [] as OverrideRow[],
    answers: [] as OccurrenceAnswerRecord[],
  });
}
