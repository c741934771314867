import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { migrations } from '../../../src/database/migrations/index.js';
import { runMigrations } from '../../../src/database/run-migrations.js';
import type { TestDatabase } from '../database/database.js';
import { databaseUrl, execute } from '../database/test-server.js';

const LAST_MIGRATION = 'AddOccurrenceAttendanceIndex1764224002000';

/** The address of the receiver of webhooks in the rows. */
const RECEIVER = 'http://127.0.0.1:9';

/**
 * Creates a database as the version before the outbox left it: its schema, with deliveries of reminders in each state.
 * @param receiver the address to which its webhooks go
 */
export async function createDatabaseBeforeOutbox(receiver: string): Promise<TestDatabase> {
  const server = process.env.TEST_SERVER_URL as string;
  const name = `calendar_test_${randomBytes(6).toString('hex')}`;
  await execute(server, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  const url = databaseUrl(server, name);
  const last = migrations.findIndex(({ name: migration }) => migration === LAST_MIGRATION);
  const options = { ...dataSourceOptions(url), migrations: migrations.slice(0, last + 1) };
  const dataSource = await new DataSource(options).initialize();
  await runMigrations(dataSource);
  await dataSource.destroy();
  const rows = readFileSync('test/support/upgrade/before-outbox.sql', 'utf8');
  await execute(url, rows.replaceAll(RECEIVER, receiver));
  return { url, drop: async () => execute(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

interface Key {
  readonly event_id: number;
  readonly original_start: string;
  readonly user_id: number;
  readonly minutes_before: number;
  readonly method: string;
  readonly due_at: Date;
}

interface Claimed extends Key {
  readonly notification_id: string;
  readonly url: string;
}

const SAME_DELIVERY = `tenant_id = $7 AND event_id = $1 AND original_start = $2 AND user_id = $3 AND minutes_before = $4
  AND method = $5 AND due_at = $6`;

/** Fires reminders and calls webhooks as an instance of the version before the outbox, with the statements of its workers. */
export class CourierOfVersionBefore {
  private constructor(private readonly client: Client) {}

  static async connect(url: string): Promise<CourierOfVersionBefore> {
    const client = new Client({ connectionString: url });
    await client.connect();
    return new CourierOfVersionBefore(client);
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  /** Fires the due reminders by webhook: queues a delivery for each. @returns their number */
  async fireDue(now: Date): Promise<number> {
    await this.client.query('BEGIN');
    const { rows } = await this.client.query(
      `SELECT event_id AS "eventId", user_id AS "userId", minutes_before AS "minutesBefore", method, url,
              original_start AS "originalStart", due_at AS "dueAt", gen_random_uuid() AS "notificationId",
              'queued' AS status, $1::timestamptz AS "recordedAt", $1::timestamptz AS "nextAttemptAt"
         FROM pending_reminders WHERE tenant_id = $2 AND due_at <= $1
        ORDER BY due_at LIMIT 250 FOR UPDATE SKIP LOCKED`,
      [now, 1],
    );
    const { rowCount } = await this.client.query(
      `INSERT INTO reminder_deliveries AS d (tenant_id, event_id, original_start, user_id, minutes_before, method,
              notification_id, status, url, due_at, recorded_at, next_attempt_at)
       SELECT $2, "eventId", "originalStart", "userId", "minutesBefore", method, "notificationId", status, url,
              "dueAt", "recordedAt", "nextAttemptAt"
         FROM json_to_recordset($1) AS row ("eventId" integer, "originalStart" text, "userId" integer,
              "minutesBefore" integer, method text, "notificationId" uuid, status text, url text,
              "dueAt" timestamptz, "recordedAt" timestamptz, "nextAttemptAt" timestamptz)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(rows), 1],
    );
    await this.client.query('DELETE FROM pending_reminders WHERE tenant_id = $1 AND due_at <= $2', [1, now]);
    await this.client.query('COMMIT');
    return rowCount ?? 0;
  }

  /** Leases two due deliveries at most, for a minute. */
  async claim(now: Date): Promise<Claimed[]> {
    await this.client.query('BEGIN');
    const { rows } = await this.client.query<Claimed>(
      `SELECT d.* FROM reminder_deliveries d
        WHERE d.tenant_id = $2 AND d.status = 'queued' AND d.next_attempt_at <= $1
        ORDER BY d.next_attempt_at LIMIT 2 FOR UPDATE SKIP LOCKED`,
      [now, 1],
    );
    for (const key of rows) {
      await this.client.query(
        `UPDATE reminder_deliveries d SET attempts = attempts + 1, next_attempt_at = $8 WHERE ${SAME_DELIVERY}`,
        [...valuesOf(key), new Date(now.getTime() + 60_000)],
      );
    }
    await this.client.query('COMMIT');
    return rows;
  }

  /** When the next delivery is due for it; null: there is none. */
  async nextAttemptAt(): Promise<Date | null> {
    const { rows } = await this.client.query<{ nextAttemptAt: Date | null }>(
      `SELECT d.next_attempt_at AS "nextAttemptAt" FROM reminder_deliveries d
        WHERE d.status = 'queued' ORDER BY d.next_attempt_at LIMIT 1`,
    );
    return rows[0]?.nextAttemptAt ?? null;
  }

  async settle(key: Key, status: string, now: Date): Promise<void> {
    await this.client.query(
      `UPDATE reminder_deliveries SET status = $8, recorded_at = $9, next_attempt_at = NULL WHERE ${SAME_DELIVERY}`,
      [...valuesOf(key), status, now],
    );
  }

  async retryAt(key: Key, at: Date): Promise<void> {
    await this.client.query(`UPDATE reminder_deliveries SET next_attempt_at = $8 WHERE ${SAME_DELIVERY}`, [
      ...valuesOf(key),
      at,
    ]);
  }

  /** Withdraws the queued deliveries of a user. */
  async withdrawAllOf(userId: number): Promise<void> {
    await this.client.query(
      `UPDATE reminder_deliveries SET status = 'withdrawn', next_attempt_at = NULL
        WHERE tenant_id = $2 AND user_id = $1 AND status = 'queued'`,
      [userId, 1],
    );
  }

  /** Calls the webhooks of all due deliveries. @returns their number */
  async sendDue(now: Date): Promise<number> {
    for (let total = 0; ; ) {
      const claimed = await this.claim(now);
      if (claimed.length === 0) return total;
      for (const delivery of claimed) {
        await fetch(delivery.url, { method: 'POST', headers: { 'webhook-id': delivery.notification_id } });
        await this.settle(delivery, 'fired', now);
      }
      total += claimed.length;
    }
  }
}

function valuesOf({ event_id, original_start, user_id, minutes_before, method, due_at }: Key): unknown[] {
  return [event_id, original_start, user_id, minutes_before, method, due_at, 1];
}
