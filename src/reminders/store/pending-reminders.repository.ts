import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { ReminderOfAttendee } from '../model/reminder-key.js';
import type { PendingReminderRecord } from '../model/reminder-records.js';

const COLUMNS = `event_id AS "eventId", user_id AS "userId", minutes_before AS "minutesBefore", method, url,
  original_start AS "originalStart", start_at AS "startAt", end_at AS "endAt", due_at AS "dueAt",
  due_from AS "dueFrom"`;

/** Any number of rows as one JSON parameter. */
const ROWS = `json_to_recordset($1) AS row ("eventId" integer, "userId" integer, "minutesBefore" integer,
  method text, url text, "originalStart" text, "startAt" timestamptz, "endAt" timestamptz, "dueAt" timestamptz,
  "dueFrom" timestamptz)`;

const SAME_REMINDER = `p.event_id = row."eventId" AND p.user_id = row."userId"
  AND p.minutes_before = row."minutesBefore" AND p.method = row.method`;

/** The most reminders in one transaction: so many lines may appear twice if the process is killed before its commit. */
const BATCH = 250;

@Injectable()
export class PendingRemindersRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Locks the rows of the events, or of one attendee of them. No instance fires them until the transaction ends. */
  async lock(eventIds: readonly number[], userId: number | null): Promise<PendingReminderRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM pending_reminders
        WHERE event_id = ANY ($1) AND ($2::integer IS NULL OR user_id = $2)
        ORDER BY event_id, user_id, minutes_before, method FOR UPDATE`,
      [eventIds, userId],
    );
  }

  async countDue(now: Date): Promise<number> {
    const rows: { count: string }[] = await this.unitOfWork.manager.query(
      'SELECT count(*) FROM pending_reminders WHERE due_at <= $1',
      [now],
    );
    return Number(rows[0].count);
  }

  async remove(rows: readonly ReminderOfAttendee[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager.query(
      `DELETE FROM pending_reminders p USING ${ROWS} WHERE ${SAME_REMINDER}`,
      [JSON.stringify(rows)],
    );
  }

  /**
   * Adds rows. Replaces rows of the same reminders that a concurrent transaction has added. Leaves out the rows of
   * attendees whom a concurrent transaction has removed.
   */
  async add(rows: readonly PendingReminderRecord[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager.query(
      `INSERT INTO pending_reminders (event_id, user_id, minutes_before, method, url, original_start, start_at,
              end_at, due_at, due_from)
       SELECT "eventId", "userId", "minutesBefore", method, url, "originalStart", "startAt", "endAt", "dueAt",
              "dueFrom"
         FROM ${ROWS} JOIN attendees a ON a.event_id = row."eventId" AND a.user_id = row."userId"
        ORDER BY "eventId", "userId", "minutesBefore", method FOR KEY SHARE OF a
       ON CONFLICT (event_id, user_id, minutes_before, method) DO UPDATE
          SET url = excluded.url, original_start = excluded.original_start, start_at = excluded.start_at,
              end_at = excluded.end_at, due_at = excluded.due_at, due_from = excluded.due_from`,
      [JSON.stringify(rows)],
    );
  }

  /** Copies the rows of the attendees of one event to another event that they attend. */
  async copy(fromEventId: number, toEventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO pending_reminders (event_id, user_id, minutes_before, method, url, original_start, start_at,
              end_at, due_at, due_from)
       SELECT a.event_id, a.user_id, p.minutes_before, p.method, p.url, p.original_start, p.start_at,
              p.end_at, p.due_at, p.due_from
         FROM pending_reminders p JOIN attendees a ON a.event_id = $2 AND a.user_id = p.user_id
        WHERE p.event_id = $1
       ON CONFLICT DO NOTHING`,
      [fromEventId, toEventId],
    );
  }

  /** Moves rows to a later occurrence. */
  async move(rows: readonly PendingReminderRecord[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager.query(
      `UPDATE pending_reminders p
          SET original_start = row."originalStart", start_at = row."startAt", end_at = row."endAt",
              due_at = row."dueAt", url = row.url
         FROM ${ROWS} WHERE ${SAME_REMINDER}`,
      [JSON.stringify(rows)],
    );
  }

  /** The events for which a reminder of the user is pending. */
  async eventIdsOf(userId: number): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      'SELECT DISTINCT event_id AS id FROM pending_reminders WHERE user_id = $1',
      [userId],
    );
    return rows.map(({ id }) => id);
  }

  /** Claims a batch of the longest due rows that no other instance has claimed, until the transaction ends. */
  async claimDue(now: Date): Promise<PendingReminderRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM pending_reminders WHERE due_at <= $1 ORDER BY due_at LIMIT ${BATCH}
          FOR UPDATE SKIP LOCKED`,
      [now],
    );
  }

  /** When the next row is due, claimed or not; null: there is none. */
  async nextDueAt(): Promise<Date | null> {
    const rows: { dueAt: Date }[] = await this.unitOfWork.manager.query(
      'SELECT due_at AS "dueAt" FROM pending_reminders ORDER BY due_at LIMIT 1',
    );
    return rows[0]?.dueAt ?? null;
  }
}
