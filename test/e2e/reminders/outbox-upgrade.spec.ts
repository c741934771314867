import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DeliveriesOfVersionBefore } from '../../../src/reminders/queue/deliveries-of-version-before.js';
import type { TestDatabase } from '../../support/database/database.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { WebhookReceiver } from '../../support/servers/webhook-receiver.js';
import { ReminderBench } from '../../support/service/reminders.js';
import { CourierOfVersionBefore, createDatabaseBeforeOutbox } from '../../support/upgrade/before-outbox.js';

/** Just after the version before has written the rows. */
const DUMPED_AT = '2026-01-05T11:50:04Z';

const ROUNDS = 10;
const EVENTS_A_ROUND = 12;

let receiver: WebhookReceiver;
let smtp: SmtpServer;
let database: TestDatabase;
let bench: ReminderBench;
let before: CourierOfVersionBefore;

beforeEach(async () => {
  receiver = new WebhookReceiver();
  smtp = new SmtpServer();
  const url = await receiver.start();
  database = await createDatabaseBeforeOutbox(url);
  const environment = {
    SMTP_URL: await smtp.start(),
    SMTP_FROM: 'calendar@example.com',
    WEBHOOK_SECRET: 'a key that only the two of us know',
    WEBHOOK_ALLOW_PRIVATE: 'true',
  };
  bench = await ReminderBench.start(DUMPED_AT, environment, database);
  before = await CourierOfVersionBefore.connect(database.url);
});
afterEach(async () => {
  await before.end();
  await bench.close();
  await database.drop();
  await smtp.stop();
  await receiver.stop();
});

function called(): string[] {
  return receiver.received.map(({ path }) => path.slice(1)).toSorted();
}

/** The state of each delivery of the first tenant, by the name of its user. */
async function states(): Promise<Record<string, string>> {
  const rows = await bench.query<{ name: string; state: string }>(
    `SELECT u.name, concat(d.status, ' ', d.attempts) AS state
       FROM reminder_deliveries d JOIN users u ON u.id = d.user_id ORDER BY u.id`,
  );
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

describe('after the upgrade to the outbox', () => {
  test('each queued reminder is sent once, when its next attempt is due, and no settled one again', async () => {
    await bench.sendAt(DUMPED_AT);
    expect(called()).toEqual(['eva', 'ida']);
    expect(smtp.received.map(({ to }) => to)).toEqual(['fay@example.com']);
    await bench.sendAt('2026-01-05T11:50:14Z');
    expect(called()).toEqual(['eva', 'ida']);
    await bench.sendAt('2026-01-05T11:50:15Z');
    expect(called()).toEqual(['cid', 'eva', 'ida']);
    // The version before had begun to send it, and may have been killed.
    await bench.sendAt('2026-01-05T11:51:01Z');
    expect(called()).toEqual(['cid', 'eva', 'ida']);
    await bench.sendAt('2026-01-05T11:51:02Z');
    await bench.sendAt('2026-01-05T12:20:00Z');
    expect(called()).toEqual(['cid', 'dan', 'eva', 'ida']);
    expect(smtp.received).toHaveLength(1);
    expect(await states()).toEqual({
      ann: 'fired 1',
      ben: 'failed 5',
      cid: 'fired 2',
      dan: 'fired 2',
      eva: 'fired 1',
      fay: 'fired 1',
      gus: 'withdrawn 1',
      ida: 'fired 1',
    });
    await bench.sendAt('2026-01-05T12:50:00Z');
    expect(called()).toEqual(['cid', 'dan', 'eva', 'ida', 'joe']);
  });

  test('a reminder keeps its identity and its attempts', async () => {
    const [{ id }] = await bench.query<{ id: string }>(
      'SELECT notification_id AS id FROM reminder_deliveries WHERE user_id = 3',
    );
    receiver.statuses.push(204, 204, ...Array.from({ length: 9 }, () => 503));
    await bench.sendAt(DUMPED_AT);
    // The first of its five attempts was the one of the version before.
    for (const time of ['11:50:15', '11:51:15', '11:55:15', '12:11:15', '12:50:00'])
      await bench.sendAt(`2026-01-05T${time}Z`);
    const calls = receiver.received.filter(({ path }) => path === '/cid');
    expect(calls.map(({ headers }) => headers['webhook-id'])).toEqual([id, id, id, id]);
    expect(await states()).toMatchObject({ cid: 'failed 5' });
  });
});

describe('an instance of the version before, beside this one', () => {
  test('ends the attempt that it had begun, and this version does not repeat it', async () => {
    await bench.sendAt(DUMPED_AT);
    const [dan] = await bench.query<Parameters<CourierOfVersionBefore['settle']>[0]>(
      'SELECT * FROM reminder_deliveries WHERE user_id = 4',
    );
    await before.settle(dan, 'fired', new Date('2026-01-05T11:50:10Z'));
    await bench.sendAt('2026-01-05T11:51:02Z');
    expect(called()).not.toContain('dan');
  });

  test('never takes a reminder that this version has queued', async () => {
    receiver.statuses.push(...Array.from({ length: 9 }, () => 503));
    await bench.sendAt('2026-01-05T11:55:00Z');
    await bench.at('2026-01-05T12:50:00Z');
    expect((await states()).joe).toBe('queued 0');
    expect(await before.nextAttemptAt()).toBeNull();
    expect(await before.claim(new Date('2026-01-05T12:50:00Z'))).toEqual([]);
    expect(await before.claim(new Date('2027-01-01T00:00:00Z'))).toEqual([]);
  });

  test('makes an attempt, after which this version makes the next one', async () => {
    await bench.sendAt('2026-01-05T12:20:00Z');
    const now = new Date('2026-01-05T12:50:00Z');
    expect(await before.fireDue(now)).toBe(1);
    const [joe] = await before.claim(now);
    await bench.sendAt('2026-01-05T12:50:00Z');
    expect(called()).not.toContain('joe');
    await before.retryAt(joe, new Date('2026-01-05T12:50:15Z'));
    await bench.sendAt('2026-01-05T12:50:15Z');
    expect(called()).toContain('joe');
    expect((await states()).joe).toBe('fired 2');
  });

  test('withdraws a reminder that this version has queued', async () => {
    await bench.sendAt('2026-01-05T12:20:00Z');
    await bench.at('2026-01-05T12:50:00Z');
    await before.withdrawAllOf(9);
    await bench.sendAt('2026-01-05T12:50:00Z');
    expect(called()).not.toContain('joe');
    expect((await states()).joe).toBe('withdrawn 0');
    expect(await bench.query(`SELECT FROM outbox_messages WHERE status = 'pending'`)).toEqual([]);
  });

  test('fires and sends reminders, and each is sent once by one of them', async () => {
    await bench.sendAt('2026-01-05T13:20:00Z');
    receiver.received.length = 0;
    let byBefore = 0;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const day = `2026-02-${String(round).padStart(2, '0')}`;
      for (let index = 0; index < EVENTS_A_ROUND; index += 1) await bench.event(9, `${day}T12:00:00Z`);
      const now = new Date(`${day}T11:50:00Z`);
      expect(await before.fireDue(now)).toBe(EVENTS_A_ROUND);
      bench.clock.set(now.toISOString());
      const [sent] = await Promise.all([before.sendDue(now), bench.sendAt(now.toISOString())]);
      byBefore += sent;
    }
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids).toHaveLength(ROUNDS * EVENTS_A_ROUND);
    expect(new Set(ids).size).toBe(ROUNDS * EVENTS_A_ROUND);
    expect(byBefore).toBeGreaterThan(0);
    expect(byBefore).toBeLessThan(ROUNDS * EVENTS_A_ROUND);
    const open = await bench.query(
      `SELECT FROM reminder_deliveries WHERE status = 'queued' UNION ALL SELECT FROM outbox_messages WHERE status = 'pending'`,
    );
    expect(open).toEqual([]);
    expect(await bench.application.app.get(DeliveriesOfVersionBefore).nextDueAt()).toBeNull();
  });
});
