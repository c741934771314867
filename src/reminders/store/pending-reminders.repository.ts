import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
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

/** The tenant is the second parameter. */
const SAME_REMINDER = `p.tenant_id = $2 AND p.event_id = row."eventId" AND p.user_id = row."userId"
  AND p.minutes_before = row."minutesBefore" AND p.method = row.method`;

/** Due rows that the search for their tenants reads: far more than the instances lock, and read in some milliseconds. */
const LONGEST_DUE = 10_000;

/** The most reminders in one transaction: so many lines may appear twice if the process is killed before its commit. */
const BATCH = 250;

@Injectable()
export class PendingRemindersRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Locks the rows of the events, or of one attendee of them. No instance fires them until the transaction ends. */
  async lock(eventIds: readonly number[], userId: number | null): Promise<PendingReminderRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM pending_reminders
        WHERE tenant_id = $3 AND event_id = ANY ($1) AND ($2::integer IS NULL OR user_id = $2)
        ORDER BY event_id, user_id, minutes_before, method FOR UPDATE`,
      [eventIds, userId, this.tenant.id],
    );
  }

  /** The number of the due rows of all tenants. */
  async countDue(now: Date): Promise<number> {
    const rows: { count: string }[] = await this.unitOfWork.manager.query(
      `SELECT count(*) FROM pending_reminders -- all tenants
        WHERE due_at <= $1`,
      [now],
    );
    return Number(rows[0].count);
  }

  async remove(rows: readonly ReminderOfAttendee[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager.query(
      `DELETE FROM pending_reminders p USING ${ROWS} WHERE ${SAME_REMINDER}`,
      [JSON.stringify(rows), this.tenant.id],
    );
  }

  /**
   * Adds rows. Replaces rows of the same reminders that a concurrent transaction has added. Leaves out the rows of
   * attendees whom a concurrent transaction has removed.
   */
  async add(rows: readonly PendingReminderRecord[]): Promise<void> {
    if (rows.length === 0) return;
    await this.unitOfWork.manager.query(
      `INSERT INTO pending_reminders (tenant_id, event_id, user_id, minutes_before, method, url, original_start, start_at,
              end_at, due_at, due_from)
       SELECT a.tenant_id, "eventId", "userId", "minutesBefore", method, url, "originalStart", "startAt", "endAt",
              "dueAt", "dueFrom"
         FROM ${ROWS}
         JOIN attendees a ON a.tenant_id = $2 AND a.event_id = row."eventId" AND a.user_id = row."userId"
        ORDER BY "eventId", "userId", "minutesBefore", method FOR KEY SHARE OF a
       ON CONFLICT (tenant_id, event_id, user_id, minutes_before, method) DO UPDATE
          SET url = excluded.url, original_start = excluded.original_start, start_at = excluded.start_at,
              end_at = excluded.end_at, due_at = excluded.due_at, due_from = excluded.due_from`,
      [JSON.stringify(rows), this.tenant.id],
    );
  }

  /** Copies the rows of the attendees of one event to another event that they attend. */
  async copy(fromEventId: number, toEventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO pending_reminders (tenant_id, event_id, user_id, minutes_before, method, url, original_start, start_at,
              end_at, due_at, due_from)
       SELECT a.tenant_id, a.event_id, a.user_id, p.minutes_before, p.method, p.url, p.original_start, p.start_at,
              p.end_at, p.due_at, p.due_from
         FROM pending_reminders p
         JOIN attendees a ON a.tenant_id = p.tenant_id AND a.event_id = $2 AND a.user_id = p.user_id
        WHERE p.tenant_id = $3 AND p.event_id = $1
       ON CONFLICT DO NOTHING`,
      [fromEventId, toEventId, this.tenant.id],
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
      [JSON.stringify(rows), this.tenant.id],
    );
  }

  /** The events for which a reminder of the user is pending. */
  async eventIdsOf(userId: number): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      'SELECT DISTINCT event_id AS id FROM pending_reminders WHERE tenant_id = $1 AND user_id = $2',
      [this.tenant.id, userId],
    );
    return rows.map(({ id }) => id);
  }

  /** The tenants of the longest due rows, in the order of these rows. */
  async tenantsWithDue(now: Date, exceptIds: readonly number[]): Promise<number[]> {
    const rows: { tenantId: number }[] = await this.unitOfWork.manager.query(
      `SELECT tenant_id AS "tenantId"
         FROM (SELECT tenant_id, due_at FROM pending_reminders -- all tenants
                WHERE due_at <= $1 AND tenant_id <> ALL ($2) ORDER BY due_at LIMIT ${LONGEST_DUE}) AS due
        GROUP BY tenant_id ORDER BY min(due_at)`,
      [now, exceptIds],
    );
    return rows.map(({ tenantId }) => tenantId);
  }

  /** Claims a batch of the tenant's longest due rows that no other instance has claimed, until the transaction ends. */
  async claimDue(now: Date): Promise<PendingReminderRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM pending_reminders WHERE tenant_id = $2 AND due_at <= $1
        ORDER BY due_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
      [now, this.tenant.id],
    );
  }

  /** When the next row of any tenant is due, claimed or not; null: there is none. */
  async nextDueAt(): Promise<Date | null> {
    const rows: { dueAt: Date }[] = await this.unitOfWork.manager.query(
      `SELECT due_at AS "dueAt" FROM pending_reminders -- all tenants
        ORDER BY due_at LIMIT 1`,
    );
    return rows[0]?.dueAt ?? null;
  }
}
