import { Injectable } from '@nestjs/common';
import type { EventStatus, ParticipationStatus } from '../../calendar/availability/free-busy.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { EventOccurrence } from '../../scheduling/occurrences/event-occurrence.js';
import type { EventTimesRow, OverrideTimesRow } from '../../scheduling/occurrences/series-row.js';
import type { Reminder } from '../../users/model/reminder.js';

/** An attendee who wants reminders. */
export interface RemindedAttendee {
  readonly userId: number;
  readonly status: ParticipationStatus;
  /** What holds for this event. */
  readonly reminders: readonly Reminder[];
  /** Answers to single occurrences, by civil original start. */
  readonly answers: readonly { readonly originalStart: string; readonly status: ParticipationStatus }[];
}

/** An override, with the texts that a reminder shows. */
export interface PlannedOverride extends OverrideTimesRow {
  readonly title: string | null;
  readonly location: string | null;
}

export type PlannedOccurrence = EventOccurrence<PlannedOverride>;

/** An event, and who wants to be reminded of it. */
export interface PlannedEvent extends EventTimesRow<PlannedOverride> {
  readonly organizerId: number;
  readonly title: string;
  readonly location: string | null;
  readonly status: EventStatus;
  readonly attendees: readonly RemindedAttendee[];
}

const PLANNED_EVENTS = `
  SELECT e.id, e.organizer_id AS "organizerId", e.title, e.location, e.status, e.all_day AS "allDay", e.time_zone AS "timeZone", e.start, e.duration, e.rrule,
         e.rdates, e.exdates, e.second_passes AS "secondPasses", lower(e.span) AS "startAt", upper(e.span) AS "endAt",
         (SELECT coalesce(json_agg(json_build_object('originalStart', o.original_start,
             'cancelled', o.cancelled, 'start', o.start, 'duration', o.duration, 'title', o.title,
             'location', o.location)), '[]')
           FROM occurrence_overrides o WHERE o.event_id = e.id) AS overrides,
         (SELECT coalesce(json_agg(json_build_object('userId', a.user_id, 'status', a.status,
             'reminders', coalesce(r.reminders, u.default_reminders),
             'answers', (SELECT coalesce(json_agg(json_build_object('originalStart', x.original_start,
                 'status', x.status)), '[]')
               FROM occurrence_answers x WHERE x.event_id = a.event_id AND x.user_id = a.user_id))), '[]')
           FROM attendees a JOIN users u ON u.id = a.user_id
           LEFT JOIN event_reminders r ON r.event_id = a.event_id AND r.user_id = a.user_id
          WHERE a.event_id = e.id AND ($2::integer[] IS NULL OR a.user_id = ANY ($2))
            AND coalesce(r.reminders, u.default_reminders) <> '[]') AS attendees
    FROM events e WHERE e.id = ANY ($1)`;

const REMINDS_ATTENDEE = `
  SELECT default_reminders <> '[]'
         OR EXISTS (SELECT FROM event_reminders WHERE event_id = $1 AND user_id = u.id)
         OR EXISTS (SELECT FROM pending_reminders WHERE event_id = $1 AND user_id = u.id) AS reminds
    FROM users u WHERE id = $2 FOR NO KEY UPDATE`;

/** Reads events as the planning of reminders needs them. */
@Injectable()
export class PlannedEventsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** @param userIds of whose reminders only; null: of all attendees' */
  async withIds(ids: readonly number[], userIds: readonly number[] | null): Promise<PlannedEvent[]> {
    return this.unitOfWork.manager.query(PLANNED_EVENTS, [ids, userIds]);
  }

  /** The events that may still remind the user: those that are not over, and those that are pending. */
  async idsOf(userId: number, now: Date): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      `SELECT event_id AS id FROM attendees WHERE user_id = $1 AND span && tstzrange($2, NULL)
       UNION SELECT event_id FROM pending_reminders WHERE user_id = $1 ORDER BY id`,
      [userId, now],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Keeps the defaults of the attendees as they are until the transaction ends. Otherwise a change of them beside a
   * change of the event would plan with the event as it was. An attendee who has declined has no reminders.
   */
  async lockDefaults(eventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `SELECT FROM users
        WHERE id IN (
              SELECT a.user_id FROM attendees a
               WHERE a.event_id = $1
                 AND (a.status <> 'declined' OR EXISTS (
                      SELECT FROM occurrence_answers x WHERE x.event_id = a.event_id AND x.user_id = a.user_id)))
        ORDER BY id FOR SHARE`,
      [eventId],
    );
  }

  /**
   * Whether any reminder of this attendee has to be planned or removed. Most attendees have none: the answer to an event
   * then ends here. Locks the user as `lockUser` does.
   */
  async remindsAttendee(eventId: number, userId: number): Promise<boolean> {
    const [row] = await this.unitOfWork.prepared<{ reminds: boolean }>(
      { name: 'reminds_attendee', text: REMINDS_ATTENDEE },
      [eventId, userId],
    );
    return row?.reminds ?? false;
  }

  /**
   * Keeps the user an attendee of those of the events that the user attends by now, until the transaction ends. The
   * removal of an attendee locks the attendee before its pending rows, so whoever locks both must take that order.
   */
  async lockAttendance(eventIds: readonly number[], userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'SELECT FROM attendees WHERE user_id = $2 AND event_id = ANY ($1) ORDER BY event_id FOR KEY SHARE',
      [eventIds, userId],
    );
  }

  /** Keeps everybody else from planning this user's reminders until the transaction ends. */
  async lockUser(userId: number): Promise<void> {
    await this.unitOfWork.manager.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
  }
}
