import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { WebhookReceiver } from '../../support/servers/webhook-receiver.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';
import { bodyOf, type Delivered, EVENT_TYPES } from '../../support/service/webhooks.js';

const KEY = 'cal_the-key-of-the-processes-0123456789-0123456789';
const EVENTS = 40;
const CHANGES = 4;

let database: TestDatabase;
let processes: ServiceProcesses;
let receiver: WebhookReceiver;

beforeEach(async () => {
  database = await createTestDatabase();
  processes = await ServiceProcesses.create();
  receiver = new WebhookReceiver();
});
afterEach(async () => {
  await processes.remove();
  await receiver.stop();
  await database.drop();
});

/** The first call of each delivery, in the order of arrival. */
function firstCalls(): Delivered[] {
  const first = new Map<number, Delivered>();
  for (const body of receiver.received.map(bodyOf))
    if (!first.has(body.sequence)) first.set(body.sequence, body);
  return [...first.values()];
}

test('two instances, of which each is killed, deliver every change, and those of an event in order', async () => {
  const environment = {
    DATABASE_URL: database.url,
    BOOTSTRAP_API_KEY: KEY,
    WEBHOOK_ALLOW_PRIVATE: 'true',
  };
  const url = `${await receiver.start()}/hook`;
  let [one, other] = await Promise.all([
    processes.startListening(environment),
    processes.startListening(environment),
  ]);
  const backend = () => one.client.with(KEY);
  await backend().create('/webhook-subscriptions', { url, types: EVENT_TYPES });
  const { body: user } = await backend().create('/users', { name: 'ann', email: 'ann@example.com' });
  const requests = Array.from({ length: EVENTS }, (_, index) => ({
    title: `Event ${index}`,
    organizer_user_id: user.id,
    start_date: '2126-03-04T09:00:00Z',
    duration: 3_600,
  }));
  const { body: created } = await backend().post('/events:batch-create', { requests });
  const ids = created.events.map(({ id }) => id);
  const change = async (round: number) =>
    backend().post('/events:batch-update', { requests: ids.map((id) => ({ id, title: `Round ${round}` })) });

  expect((await change(1)).status).toBe(200);
  await eventually(async () => receiver.received.length > 5);
  await other.service.end('SIGKILL');
  expect((await change(2)).status).toBe(200);
  other = await processes.startListening(environment);
  await one.service.end('SIGKILL');
  one = other;
  for (let round = 3; round <= CHANGES; round += 1) expect((await change(round)).status).toBe(200);

  const expected = EVENTS * (CHANGES + 1);
  // A lease of a killed instance ends after half a minute.
  const deadline = Date.now() + 90_000;
  while (firstCalls().length < expected && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const calls = firstCalls();
  expect(calls.map(({ sequence }) => sequence).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: expected }, (_, index) => index + 1),
  );
  for (const id of ids) {
    const versions = calls.filter(({ data }) => data.id === id).map(({ data }) => data.version as number);
    expect(versions).toEqual(Array.from({ length: CHANGES + 1 }, (_, index) => index + 1));
  }
  const [{ pending }] = await query<{ pending: number }>(
    database.url,
    `SELECT count(*)::integer AS pending FROM outbox_messages WHERE status <> 'delivered'`,
  );
  expect(pending).toBeLessThanOrEqual(ids.length);
}, 180_000);
