import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access/actor.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { ReadReplica } from '../../database/read-replica.js';
import type { PartialEventRecord } from '../model/event-record.js';
import {
  ATTENDEE_COUNT,
  type EventRows,
  eventRecordsOf,
  IS_OF_LISTED,
  selectEventRows,
} from './event-rows.js';
import { durationInSql } from './time-columns.js';

/** The events that a list has. */
export interface ListedEntries {
  readonly userId: number;
  /** A calendar of the user; null: all of them. */
  readonly calendarId: number | null;
}

/** Selects the rows to read of the events of a user. */
export interface AttendedEventsQuery {
  /** The attendee row of the actor is read with each event. */
  readonly actor: Actor;
  /** The most attendees that are shown of an event; null: all. */
  readonly maxAttendees: number | null;
  /** Whether cancelled events are read too. */
  readonly cancelled: boolean;
}

/**
 * The attendees to read of the listed events: all of them, or as many as the list shows. The user and the caller are
 * among them, since the view of the caller depends on both.
 */
const ALL_ATTENDEES = `
    SELECT * FROM attendees WHERE ${IS_OF_LISTED}`;
const firstAttendees = (caller: string, max: string): string => `
    SELECT a.* FROM listed CROSS JOIN LATERAL (
      SELECT * FROM attendees WHERE tenant_id = $1 AND event_id = listed.id
       ORDER BY user_id IS NOT DISTINCT FROM $2 DESC, user_id IS NOT DISTINCT FROM ${caller} DESC, invite_id NULLS FIRST
       LIMIT ${max} + 2) AS a`;

const firstGuests = (max: string): string => `
    SELECT g.* FROM listed CROSS JOIN LATERAL (
      SELECT * FROM guests WHERE tenant_id = $1 AND event_id = listed.id
       ORDER BY imported_as IS NOT DISTINCT FROM 'organizer' DESC, invite_id LIMIT ${max}) AS g`;

const CIVIL = `'YYYY-MM-DD"T"HH24:MI:SS'`;

/** The longer one of the lengths of a series and of an override. */
const LONGER = durationInSql('greatest(listed.duration, o.duration)', 'listed.all_day');

/**
 * The overrides that can concern the window: those of occurrences whose original or present time lies in it. Civil times
 * are compared as text, with two days more on both sides, since the comparison ignores the zone.
 */
const NEAR_OVERRIDES = `
    SELECT o.* FROM occurrence_overrides o JOIN listed ON listed.id = o.event_id CROSS JOIN LATERAL (
      SELECT to_char(($3::timestamptz AT TIME ZONE 'UTC') - interval '2 days' - ${LONGER}, ${CIVIL}) AS low,
             to_char(($4::timestamptz AT TIME ZONE 'UTC') + interval '2 days', ${CIVIL}) AS high) AS padded
     WHERE o.tenant_id = $1 AND o.event_id = ANY (ARRAY (SELECT id FROM listed))
       AND (o.original_start >= low AND o.original_start <= high OR o.start >= low AND o.start <= high)`;

/** @param isListed SQL: whether the list has the event of the attendee `mine` */
const attendedEvents = (isListed: string): string => `
    SELECT e.* FROM attendees mine JOIN events e ON e.tenant_id = mine.tenant_id AND e.id = mine.event_id
     WHERE mine.tenant_id = $1 AND ${isListed} AND mine.span && tstzrange($3, $4, '[]')
       AND (e.status = 'confirmed' OR $5)
       AND EXISTS (SELECT FROM users WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL)`;

const ANSWERS_OF_USER = `
    SELECT * FROM occurrence_answers WHERE ${IS_OF_LISTED} AND user_id = $2`;

/** The statements of a list. The parameters after those of the list are the caller and the most attendees. */
function statementsOf(name: string, isListed: string, parameters: number) {
  const events = attendedEvents(isListed);
  const others = { events, overrides: NEAR_OVERRIDES, answers: ANSWERS_OF_USER, guestAnswers: null };
  const max = `$${parameters + 2}`;
  return {
    withAll: { name, text: selectEventRows({ ...others, attendees: ALL_ATTENDEES }) },
    withFirst: {
      name: `${name}_in_short`,
      text: selectEventRows({
        ...others,
        attendees: firstAttendees(`$${parameters + 1}`, max),
        guests: firstGuests(max),
        attendeeCount: ATTENDEE_COUNT,
      }),
    },
  };
}

const OF_USER = statementsOf('attended_events', 'mine.user_id = $2', 5);
/** With the user, so that PostgreSQL reads no event of another user, whichever index it chooses. */
const OF_CALENDAR = statementsOf('events_of_calendar', 'mine.user_id = $2 AND mine.calendar_id = $6', 6);

/** Reads the events that a user attends. */
@Injectable()
export class AttendedEventsRepository {
  constructor(
    private readonly replica: ReadReplica,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Reads, in one round trip, the events of a list whose span overlaps the window, in no order, also the declined ones. An
   * empty window stands for its instant. Of the answers to single occurrences, the events have only those of the user, and none of guests.
   */
  async inWindow(
    { userId, calendarId }: ListedEntries,
    { start, end }: Interval,
    { actor, maxAttendees, cancelled }: AttendedEventsQuery,
  ): Promise<PartialEventRecord[]> {
    const statements = calendarId === null ? OF_USER : OF_CALENDAR;
    const ofList = calendarId === null ? [] : [calendarId];
    const values = [this.tenant.id, userId, new Date(start), new Date(end), cancelled, ...ofList];
    const [rows] =
      maxAttendees === null
        ? await this.replica.prepared<EventRows>(statements.withAll, values)
        : await this.replica.prepared<EventRows>(statements.withFirst, [
            ...values,
            actor.kind === 'user' ? actor.userId : null,
            maxAttendees,
          ]);
    return eventRecordsOf(rows);
  }
}
