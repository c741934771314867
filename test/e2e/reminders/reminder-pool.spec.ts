import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewReminder } from '../../../clients/typescript/src/schema.js';
import { OutboxWorkers } from '../../../src/outbox/worker/outbox-workers.js';
import { DeliveriesOfVersionBefore } from '../../../src/reminders/queue/deliveries-of-version-before.js';
import { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication } from '../../support/service/application.js';
import { ReminderBench } from '../../support/service/reminders.js';

const SECRET = 'a key that only the two of us know';
const SLOW_WEBHOOKS = 1_000;

/** Responds at once under `/fast`, and under `/slow` when the test allows it. */
class Receiver {
  readonly received: string[] = [];
  readonly held: ServerResponse[] = [];
  private readonly server = createServer((request, response) => {
    const path = request.url ?? '';
    this.received.push(path);
    if (path.startsWith('/slow')) this.held.push(response);
    else response.writeHead(204).end();
  });

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async start(): Promise<void> {
    this.server.listen(0, '0.0.0.0');
    await once(this.server, 'listening');
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

let receiver: Receiver;
let bench: ReminderBench;
let workers: OutboxWorkers;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z', {
    WEBHOOK_SECRET: SECRET,
    WEBHOOK_ALLOW_PRIVATE: 'true',
  });
  workers = bench.application.app.get(OutboxWorkers);
});
afterAll(async () => bench.close());

beforeEach(async () => {
  await bench.query('TRUNCATE users, events, reminder_deliveries, outbox_messages CASCADE');
  bench.clock.set('2026-01-05T08:00:00Z');
  receiver = new Receiver();
  await receiver.start();
});

function webhook(path: string, host = '127.0.0.1'): NewReminder {
  return { minutes_before: 10, method: 'webhook', url: `http://${host}:${receiver.port}${path}` };
}

describe('the slow webhooks of one user', () => {
  test('are two at a time, and delay those of nobody else', async () => {
    const slow = await bench.user('slow', [webhook('/slow')]);
    const { id } = await bench.event(slow, '2026-01-05T11:00:00Z');
    await bench.at('2026-01-05T10:50:00Z');
    // Due before the deliveries of other users, as the version before queued them. Each would need an event of its own, and
    // time that passes.
    await bench.query(
      `INSERT INTO reminder_deliveries (event_id, original_start, user_id, minutes_before, method, notification_id,
              status, url, due_at, recorded_at, next_attempt_at)
       SELECT event_id, to_char(timestamp '2000-01-01' + i * interval '1 second', 'YYYY-MM-DD"T"HH24:MI:SS'), user_id,
              minutes_before, method, gen_random_uuid(), status, url, due_at, recorded_at, recorded_at
         FROM reminder_deliveries, generate_series(1, ${SLOW_WEBHOOKS - 1}) AS i WHERE event_id = ${id}`,
    );
    expect(await bench.application.app.get(DeliveriesOfVersionBefore).takeDue()).toBe(SLOW_WEBHOOKS - 1);
    const others = [await bench.user('ann', [webhook('/fast/ann', '127.0.0.2')])];
    others.push(await bench.user('bob', [webhook('/fast/bob', '127.0.0.3')]));
    for (const other of others) await bench.event(other, '2026-01-05T12:00:00Z');
    await bench.at('2026-01-05T11:50:00Z');
    await workers.startDue();
    await eventually(async () => receiver.received.length === 4);
    expect(receiver.received.toSorted()).toEqual(['/fast/ann', '/fast/bob', '/slow', '/slow']);
    expect(await workers.startDue()).toBe(0);
    await receiver.stop();
    await workers.finish();
    expect(receiver.received).toHaveLength(4);
  });

  test('let the next one start as soon as one has ended', async () => {
    const slow = await bench.user('slow', [webhook('/slow')]);
    for (let index = 0; index < 4; index += 1) await bench.event(slow, '2026-01-05T12:00:00Z');
    await bench.at('2026-01-05T11:50:00Z');
    const slotFree: Promise<void> = new Promise((resolve) => workers.onSlotFree(resolve));
    expect(await workers.startDue()).toBe(2);
    await eventually(async () => receiver.held.length === 2);
    expect(await workers.startDue()).toBe(0);
    receiver.held.shift()?.writeHead(204).end();
    await slotFree;
    expect(await workers.startDue()).toBe(1);
    await eventually(async () => receiver.held.length === 2);
    expect(receiver.received).toHaveLength(3);
    await receiver.stop();
    await workers.finish();
  });
});

test('webhooks of many users to one host are two at a time', async () => {
  for (let index = 0; index < 6; index += 1) {
    const user = await bench.user(`user-${index}`, [webhook(`/slow/${index}`)]);
    await bench.event(user, '2026-01-05T12:00:00Z');
  }
  const other = await bench.user('other', [webhook('/fast/other', '127.0.0.2')]);
  await bench.event(other, '2026-01-05T12:00:00Z');
  await bench.at('2026-01-05T11:50:00Z');
  expect(await workers.startDue()).toBe(3);
  await eventually(async () => receiver.received.length === 3);
  expect(receiver.held).toHaveLength(2);
  await receiver.stop();
  await workers.finish();
});

test('a running service sends the webhooks of others while those of one user hang', async () => {
  const slow = await bench.user('slow', [webhook('/slow')]);
  const fast = await bench.user('fast', [webhook('/fast', '127.0.0.2')]);
  const soon = new Date(Date.now() + 600_000).toISOString();
  const service = await startTestApplication(
    { WEBHOOK_SECRET: SECRET, WEBHOOK_ALLOW_PRIVATE: 'true' },
    undefined,
    bench.output,
    bench.application.database,
  );
  const client = new Client(service.url);
  const create = async (userId: number) =>
    client.post('/events', { title: 'E', organizer_user_id: userId, start_date: soon, duration: 3600 });
  for (let index = 0; index < 10; index += 1) await create(slow);
  await eventually(async () => receiver.held.length === 2);
  await create(fast);
  await eventually(async () => receiver.received.includes('/fast'));
  expect(receiver.held).toHaveLength(2);
  await receiver.stop();
  await service.close();
});
