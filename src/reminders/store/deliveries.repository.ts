import { Injectable } from '@nestjs/common';
import { DAY, formatCivilTime, type Instant } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DeliveredReminders } from '../model/delivered-reminders.js';
import { LATEST_AFTER_START } from '../model/due/reminder-due.js';
import { type ReminderKey, reminderKeyText } from '../model/reminder-key.js';
import type { NewDelivery } from '../model/reminder-records.js';

const KEY = `d.event_id AS "eventId", d.original_start AS "originalStart", d.user_id AS "userId",
  d.minutes_before AS "minutesBefore", d.method, d.due_at AS "dueAt"`;

/** Keys as the parameter `$1`. */
const KEYS = `json_to_recordset($1) AS row ("eventId" integer, "originalStart" text, "userId" integer,
              "minutesBefore" integer, method text, "dueAt" timestamptz)`;

/** The delivery of a key in `KEYS`. The tenant is `$2`. */
const HAS_KEY = `d.tenant_id = $2
          AND (d.event_id, d.original_start, d.user_id, d.minutes_before, d.method, d.due_at)
            = (row."eventId", row."originalStart", row."userId", row."minutesBefore", row.method, row."dueAt")`;

@Injectable()
export class DeliveriesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * The deliveries of occurrences whose reminders can be due at `from` or later: by their original start, whose civil time is
   * less than a day from UTC, or by an override.
   */
  async deliveredFrom(
    eventIds: readonly number[],
    userId: number | null,
    from: Instant,
  ): Promise<DeliveredReminders> {
    const rows: ReminderKey[] = await this.unitOfWork.manager.query(
      `SELECT ${KEY} FROM reminder_deliveries d
        WHERE d.tenant_id = $4 AND d.event_id = ANY ($1) AND ($2::integer IS NULL OR d.user_id = $2)
          AND d.original_start >= $3
       UNION ALL
       SELECT ${KEY} FROM reminder_deliveries d
         JOIN occurrence_overrides o
           ON o.tenant_id = d.tenant_id AND o.event_id = d.event_id AND o.original_start = d.original_start
        WHERE d.tenant_id = $4 AND d.event_id = ANY ($1) AND ($2::integer IS NULL OR d.user_id = $2)
          AND d.original_start < $3`,
      [eventIds, userId, formatCivilTime(from - LATEST_AFTER_START - DAY), this.tenant.id],
    );
    return new DeliveredReminders(rows);
  }

  /** Records deliveries. @returns the texts of the keys that had not been recorded before */
  async record(deliveries: readonly NewDelivery[]): Promise<Set<string>> {
    const rows: ReminderKey[] = await this.unitOfWork.manager.query(
      `INSERT INTO reminder_deliveries AS d (tenant_id, event_id, original_start, user_id, minutes_before, method,
              notification_id, status, url, due_at, recorded_at)
       SELECT $2, "eventId", "originalStart", "userId", "minutesBefore", method, "notificationId", status, url,
              "dueAt", "recordedAt"
         FROM json_to_recordset($1) AS row ("eventId" integer, "originalStart" text, "userId" integer,
              "minutesBefore" integer, method text, "notificationId" uuid, status text, url text,
              "dueAt" timestamptz, "recordedAt" timestamptz)
       ON CONFLICT DO NOTHING RETURNING ${KEY}`,
      [JSON.stringify(deliveries), this.tenant.id],
    );
    return new Set(rows.map(reminderKeyText));
  }

  /** Moves the deliveries of the occurrences from `originalStart` on to the event that has these occurrences now. */
  async moveFrom(originalStart: string, eventId: number, toEventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries SET event_id = $3
        WHERE tenant_id = $4 AND event_id = $2 AND original_start >= $1`,
      [originalStart, eventId, toEventId, this.tenant.id],
    );
  }

  /** Withdraws the queued deliveries of the user. */
  async withdrawAllOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE reminder_deliveries SET status = 'withdrawn', next_attempt_at = NULL
        WHERE tenant_id = $2 AND user_id = $1 AND status = 'queued'`,
      [userId, this.tenant.id],
    );
  }

  /** At most `limit` deliveries of all tenants that were settled before an instant, the oldest first. */
  async settledBefore(before: Date, limit: number): Promise<(ReminderKey & { readonly tenantId: number })[]> {
    return this.unitOfWork.manager.query(
      `SELECT d.tenant_id AS "tenantId", ${KEY} FROM reminder_deliveries d -- all tenants
        WHERE d.status <> 'queued' AND d.recorded_at < $1 ORDER BY d.recorded_at LIMIT $2`,
      [before, limit],
    );
  }

  /** Removes settled deliveries of the tenant, but those that another instance is removing. @returns their number */
  async removeSettled(keys: readonly ReminderKey[]): Promise<number> {
    const [, count]: [unknown, number] = await this.unitOfWork.manager.query(
      `DELETE FROM reminder_deliveries
        WHERE tenant_id = $2 AND ctid = ANY (ARRAY (
              SELECT d.ctid FROM reminder_deliveries d JOIN ${KEYS} ON ${HAS_KEY}
               WHERE d.status <> 'queued' FOR UPDATE OF d SKIP LOCKED))`,
      [JSON.stringify(keys), this.tenant.id],
    );
    return count;
  }
}
