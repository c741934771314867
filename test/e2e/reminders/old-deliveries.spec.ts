import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  DELIVERY_LIFETIME_MS,
  OldDeliveries,
  REMOVED_AT_ONCE,
} from '../../../src/reminders/delivery/old-deliveries.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication } from '../../support/service/application.js';
import { ReminderBench } from '../../support/service/reminders.js';

const NOW = '2026-03-05T08:00:00Z';
const MILLISECOND = 1;

let bench: ReminderBench;

beforeAll(async () => {
  bench = await ReminderBench.start(NOW);
});
afterAll(async () => bench.close());
beforeEach(async () => bench.query('TRUNCATE reminder_deliveries'));

/** Records deliveries that got their status `age` milliseconds ago. No request can set their age. */
async function record(count: number, status: string, age: number): Promise<void> {
  const recordedAt = new Date(Date.parse(NOW) - age).toISOString();
  await bench.query(
    `INSERT INTO reminder_deliveries (event_id, original_start, user_id, minutes_before, method, notification_id,
            status, due_at, recorded_at, next_attempt_at)
     SELECT i, '2026-01-01T10:00:00', 1, 10, 'email', gen_random_uuid(), '${status}', '${recordedAt}',
            '${recordedAt}', CASE '${status}' WHEN 'queued' THEN '${recordedAt}'::timestamptz END
       FROM generate_series(1, ${count}) AS i`,
  );
}

async function left(): Promise<number> {
  const [{ count }] = await bench.query<{ count: number }>(
    'SELECT count(*)::integer FROM reminder_deliveries',
  );
  return count;
}

describe('a delivery', () => {
  test.each(['fired', 'missed', 'failed', 'withdrawn'])(
    'that is %s is removed after 30 days',
    async (status) => {
      await record(1, status, DELIVERY_LIFETIME_MS);
      await bench.application.app.get(OldDeliveries).remove();
      expect(await left()).toBe(1);
      await bench.query('TRUNCATE reminder_deliveries');
      await record(1, status, DELIVERY_LIFETIME_MS + MILLISECOND);
      await bench.application.app.get(OldDeliveries).remove();
      expect(await left()).toBe(0);
    },
  );

  test('that is queued stays', async () => {
    await record(1, 'queued', 2 * DELIVERY_LIFETIME_MS);
    await bench.application.app.get(OldDeliveries).remove();
    expect(await left()).toBe(1);
  });

  test('is removed however many there are, by several instances together', async () => {
    await record(3 * REMOVED_AT_ONCE + 1, 'fired', 2 * DELIVERY_LIFETIME_MS);
    const cleanup = bench.application.app.get(OldDeliveries);
    await Promise.all([cleanup.remove(), cleanup.remove(), cleanup.remove()]);
    await cleanup.remove();
    expect(await left()).toBe(0);
  });

  test('is removed when an instance starts, which need not fire reminders', async () => {
    await record(1, 'fired', 2 * DELIVERY_LIFETIME_MS);
    const other = await startTestApplication(
      { REMINDER_DISPATCH: 'off' },
      bench.clock,
      undefined,
      bench.application.database,
    );
    await eventually(async () => (await left()) === 0);
    await other.close();
    expect(await left()).toBe(0);
  });
});
