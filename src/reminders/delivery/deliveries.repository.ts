import { Injectable } from '@nestjs/common';
import { DAY, formatCivilTime, type Instant } from '../../calendar/civil-time.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { type ReminderKey, reminderKeyText } from '../reminder-key.js';
import type { DeliveryStatus, ReminderDelivery } from './reminder-delivery.entity.js';

/** A row of the table. */
export type DeliveryRow = Readonly<ReminderDelivery>;

/** A delivery as it is recorded first. */
export type NewDelivery = Omit<DeliveryRow, 'attempts'>;

const COLUMNS = `d.event_id AS "eventId", d.original_start AS "originalStart", d.user_id AS "userId",
  d.minutes_before AS "minutesBefore", d.method, d.notification_id AS "notificationId", d.status, d.url,
  d.due_at AS "dueAt", d.recorded_at AS "recordedAt", d.attempts, d.next_attempt_at AS "nextAttemptAt"`;

const KEY = `d.event_id AS "eventId", d.original_start AS "originalStart", d.user_id AS "userId",
  d.minutes_before AS "minutesBefore", d.method`;

const SAME_DELIVERY = `event_id = $1 AND original_start = $2 AND user_id = $3 AND minutes_before = $4 AND method = $5`;

@Injectable()
export class DeliveriesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * The texts of the keys that are done, of occurrences that can start at `from` or later: by their original start,
   * which no zone shows a day apart, or by an override.
   */
  async keysFrom(eventIds: readonly number[], userId: number | null, from: Instant): Promise<Set<string>> {
    const rows: ReminderKey[] = await this.unitOfWork.manager.query(
      `SELECT ${KEY} FROM reminder_deliveries d
        WHERE d.event_id = ANY ($1) AND ($2::integer IS NULL OR d.user_id = $2) AND d.original_start >= $3
       UNION ALL
       SELECT ${KEY} FROM reminder_deliveries d
         JOIN occurrence_overrides o ON o.event_id = d.event_id AND o.original_start = d.original_start
        WHERE d.event_id = ANY ($1) AND ($2::integer IS NULL OR d.user_id = $2) AND d.original_start < $3`,
      [eventIds, userId, formatCivilTime(from - DAY)],
    );
    return new Set(rows.map(reminderKeyText));
  }

  /** Records deliveries. @returns the texts of the keys that had not been recorded before */
  async record(deliveries: readonly NewDelivery[]): Promise<Set<string>> {
    const rows: ReminderKey[] = await this.unitOfWork.manager.query(
      `INSERT INTO reminder_deliveries AS d (event_id, original_start, user_id, minutes_before, method,
              notification_id, status, url, due_at, recorded_at, next_attempt_at)
       SELECT "eventId", "originalStart", "userId", "minutesBefore", method, "notificationId", status, url,
              "dueAt", "recordedAt", "nextAttemptAt"
         FROM json_to_recordset($1) AS row ("eventId" integer, "originalStart" text, "userId" integer,
              "minutesBefore" integer, method text, "notificationId" uuid, status text, url text,
              "dueAt" timestamptz, "recordedAt" timestamptz, "nextAttemptAt" timestamptz)
       ON CONFLICT DO NOTHING RETURNING ${KEY}`,
      [JSON.stringify(deliveries)],
    );
    return new Set(rows.map(reminderKeyText));
  }

  /** Moves what was delivered from `originalStart` on to the event that has these occurrences now. */
  async moveFrom(originalStart: string, eventId: number, toEventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE reminder_deliveries SET event_id = $3 WHERE event_id = $2 AND original_start >= $1',
      [originalStart, eventId, toEventId],
    );
  }

  /** Withdraws what is queued for the user. */
  async withdrawAllOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries SET status = 'withdrawn', next_attempt_at = NULL
        WHERE user_id = $1 AND status = 'queued'`,
      [userId],
    );
  }

  /**
   * Leases queued deliveries to the caller: unless it settles them, they are queued again at `leasedUntil`. Counts
   * as an attempt of each.
   */
  async lease(now: Date, leasedUntil: Date, limit: number): Promise<DeliveryRow[]> {
    const [rows]: [DeliveryRow[], number] = await this.unitOfWork.manager.query(
      `WITH due AS (
         SELECT event_id, original_start, user_id, minutes_before, method FROM reminder_deliveries
          WHERE status = 'queued' AND next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3
            FOR UPDATE SKIP LOCKED)
       UPDATE reminder_deliveries d SET attempts = attempts + 1, next_attempt_at = $2
         FROM due
        WHERE (d.event_id, d.original_start, d.user_id, d.minutes_before, d.method)
            = (due.event_id, due.original_start, due.user_id, due.minutes_before, due.method)
       RETURNING ${COLUMNS}`,
      [now, leasedUntil, limit],
    );
    return rows;
  }

  /** Ends a delivery that was leased. */
  async settle(key: ReminderKey, status: Exclude<DeliveryStatus, 'queued'>, now: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries SET status = $6, recorded_at = $7, next_attempt_at = NULL WHERE ${SAME_DELIVERY}`,
      [...valuesOf(key), status, now],
    );
  }

  async retryAt(key: ReminderKey, at: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries SET next_attempt_at = $6 WHERE ${SAME_DELIVERY}`,
      [...valuesOf(key), at],
    );
  }

  /** When the next queued delivery is to be sent; null where there is none. */
  async nextAttemptAt(): Promise<Date | null> {
    const rows: { nextAttemptAt: Date }[] = await this.unitOfWork.manager.query(
      `SELECT next_attempt_at AS "nextAttemptAt" FROM reminder_deliveries WHERE status = 'queued'
        ORDER BY next_attempt_at LIMIT 1`,
    );
    return rows[0]?.nextAttemptAt ?? null;
  }
}

function valuesOf({ eventId, originalStart, userId, minutesBefore, method }: ReminderKey): unknown[] {
  return [eventId, originalStart, userId, minutesBefore, method];
}
