import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DataSource, type QueryRunner } from 'typeorm';
import { dataSourceOptions } from '../../../src/data-source-options.js';
import { KeepDeliveriesByStart1764202000000 } from '../../../src/database/migrations/1764202000000-KeepDeliveriesByStart.js';
import { ReminderBench } from '../../support/service/reminders.js';

const TEN_BEFORE = { minutes_before: 10, method: 'log' } as const;
const WEEK_BEFORE = { minutes_before: 7 * 24 * 60, method: 'log' } as const;

const migration = new KeepDeliveriesByStart1764202000000();
let bench: ReminderBench;
let dataSource: DataSource;
let runner: QueryRunner;
let ann: number;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z');
  dataSource = await new DataSource(dataSourceOptions(bench.application.database.url)).initialize();
  runner = dataSource.createQueryRunner();
});
afterAll(async () => {
  await runner.release();
  await dataSource.destroy();
  await bench.close();
});

beforeEach(async () => {
  await bench.query('TRUNCATE users, events, reminder_deliveries, outbox_messages CASCADE');
  bench.clock.set('2026-01-05T08:00:00Z');
  ann = await bench.user('ann', [TEN_BEFORE]);
});

/** As the version before wrote a delivery. */
async function deliver(eventId: number, originalStart: string, dueAt: string, status: string): Promise<void> {
  await bench.query(
    `INSERT INTO reminder_deliveries (event_id, original_start, user_id, minutes_before, method,
            notification_id, status, url, due_at, recorded_at, next_attempt_at)
     VALUES (${eventId}, '${originalStart}', ${ann}, 10, 'log', gen_random_uuid(), '${status}', NULL,
            '${dueAt}', '${dueAt}', ${status === 'queued' ? `'${dueAt}'` : 'NULL'})
     ON CONFLICT DO NOTHING`,
  );
}

/** As the version before added a pending row. */
async function plan(eventId: number, start: string, minutesBefore: number): Promise<void> {
  await bench.query(
    `INSERT INTO pending_reminders (event_id, user_id, minutes_before, method, url, original_start, start_at,
            end_at, due_at)
     VALUES (${eventId}, ${ann}, ${minutesBefore}, 'log', NULL, '${start}', '${start}Z',
            timestamptz '${start}Z' + interval '1 hour',
            timestamptz '${start}Z' - ${minutesBefore} * interval '1 minute')`,
  );
}

describe('a database of the version before', () => {
  test('does not repeat what it delivered, and fires late what is overdue', async () => {
    const { id } = await bench.event(ann, '2026-01-06T10:00:00Z', { repeat: { frequency: 'daily' } });
    await bench.query('DELETE FROM pending_reminders');
    await migration.down(runner);
    await deliver(id, '2026-01-06T10:00:00', '2026-01-06T09:50:00Z', 'fired');
    await plan(id, '2026-01-07T10:00:00', 10);
    await migration.up(runner);
    bench.clock.set('2026-01-06T09:55:00Z');
    await bench.client.patch(`/events/${id}`, { title: 'Review' });
    expect(await bench.at('2026-01-06T09:55:00Z')).toEqual([]);
    const lines = await bench.at('2026-01-08T09:55:00Z');
    expect(lines.map(({ start }) => start)).toEqual(['2026-01-08T10:00:00Z']);
  });

  test('takes back a key without the start, and keeps the last delivery of each', async () => {
    const { id } = await bench.event(ann, '2026-01-06T10:00:00Z');
    for (const hour of ['09', '14'])
      await deliver(id, '2026-01-06T10:00:00', `2026-01-06T${hour}:50:00Z`, 'fired');
    await migration.down(runner);
    const rows = await bench.query('SELECT due_at FROM reminder_deliveries');
    expect(rows).toEqual([{ due_at: new Date('2026-01-06T14:50:00Z') }]);
    await migration.up(runner);
  });
});

describe('an instance of the version before, beside this one', () => {
  test('plans with a reminder of its own, and fires no burst later', async () => {
    await bench.client.patch(`/users/${ann}`, { default_reminders: [WEEK_BEFORE] });
    const day = 24 * 3600_000;
    const now = Date.now();
    const start = new Date(now + day).toISOString().slice(0, 19);
    const { id } = await bench.event(ann, `${start}Z`, { repeat: { frequency: 'daily' } });
    await bench.query('DELETE FROM pending_reminders');
    await plan(id, start, WEEK_BEFORE.minutes_before);
    const lines = await bench.at(new Date(now).toISOString());
    expect(lines.map((line) => line.start)).toEqual([`${start}Z`]);
  });

  test('leases and settles the delivery of the new start alone', async () => {
    const { id } = await bench.event(ann, '2026-01-06T10:00:00Z');
    await deliver(id, '2026-01-06T10:00:00', '2026-01-06T09:50:00Z', 'fired');
    await deliver(id, '2026-01-06T10:00:00', '2026-01-06T14:50:00Z', 'queued');
    const sameDelivery = `event_id = ${id} AND original_start = '2026-01-06T10:00:00' AND user_id = ${ann}
      AND minutes_before = 10 AND method = 'log'`;
    const [leased] = await runner.query(
      `UPDATE reminder_deliveries SET attempts = attempts + 1, next_attempt_at = '2026-01-06T14:51:00Z'
        WHERE ${sameDelivery} RETURNING due_at`,
    );
    expect(leased).toEqual([{ due_at: new Date('2026-01-06T14:50:00Z') }]);
    await bench.query(
      `UPDATE reminder_deliveries SET status = 'failed', next_attempt_at = NULL WHERE ${sameDelivery}`,
    );
    expect(await bench.query('SELECT status FROM reminder_deliveries ORDER BY due_at')).toEqual([
      { status: 'fired' },
      { status: 'failed' },
    ]);
  });
});
