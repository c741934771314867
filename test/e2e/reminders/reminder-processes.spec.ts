import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import type { RunningScript } from '../../support/service/child-process.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';

const USERS = 600;
const EVENTS = 6;

/** Time enough to make the events, on a busy machine too: both processes must be up when they come due. */
const HEAD_START_MS = 10_000;

/** The reminders that one transaction fires. A kill can repeat no more of them. */
const BATCH = 250;

let database: TestDatabase;
let processes: ServiceProcesses;

beforeEach(async () => {
  database = await createTestDatabase();
  processes = await ServiceProcesses.create();
});
afterEach(async () => {
  await processes.remove();
  await database.drop();
});

/** Events that all start at once, and remind each user ten minutes before. */
async function createBurst(client: Client): Promise<void> {
  const [organizer, ...guests] = await createUsers(client, USERS, {
    default_reminders: [{ minutes_before: 10 }],
  });
  const start = new Date(Date.now() + HEAD_START_MS + 10 * 60_000);
  for (let index = 0; index < EVENTS; index += 1) {
    const { status } = await client.post('/events', {
      title: 'All hands',
      organizer_user_id: organizer,
      invited_user_ids: guests,
      start_date: start.toISOString(),
      duration: 3600,
    });
    expect(status).toBe(201);
  }
}

/** The notifications in the lines that are whole; the last one of a killed process may not be. */
function notified(service: RunningScript): string[] {
  return service
    .output()
    .split('\n')
    .slice(0, -1)
    .filter((line) => line.includes('"msg":"reminder"'))
    .map((line) => JSON.parse(line).notification_id);
}

async function nothingPending(): Promise<boolean> {
  const [{ pending }] = await query<{ pending: boolean }>(
    database.url,
    'SELECT EXISTS (SELECT FROM pending_reminders) AS pending',
  );
  return !pending;
}

describe('of two processes in the middle of a burst of reminders', () => {
  test.each([
    ['SIGKILL', 'is killed, and its lines are doubled in the batch under way at most', BATCH],
    ['SIGTERM', 'ends, and none of its lines is doubled', 0],
  ] as const)('one with %s %s; none is lost', async (signal, _, mostDoubled) => {
    const start = async () => processes.startListening({ DATABASE_URL: database.url });
    const [first, second] = [await start(), await start()];
    await createBurst(first.client);
    await first.service.printed(/"msg":"reminder"/);
    expect(await first.service.end(signal)).toBe(signal === 'SIGTERM' ? 0 : null);
    await eventually(nothingPending);
    expect(await second.service.end('SIGTERM')).toBe(0);

    const [ofFirst, ofSecond] = [notified(first.service), notified(second.service)];
    const total = USERS * EVENTS;
    expect(new Set([...ofFirst, ...ofSecond]).size).toBe(total);
    expect(new Set(ofFirst).size).toBe(ofFirst.length);
    expect(new Set(ofSecond).size).toBe(ofSecond.length);
    expect(ofFirst.length).toBeGreaterThan(0);
    expect(ofFirst.length).toBeLessThan(total);
    expect(ofFirst.length + ofSecond.length - total).toBeLessThanOrEqual(mostDoubled);
    const recorded = await query<{ id: string }>(
      database.url,
      `SELECT notification_id AS id FROM reminder_deliveries WHERE status = 'fired'`,
    );
    expect(new Set(recorded.map(({ id }) => id))).toEqual(new Set([...ofFirst, ...ofSecond]));
  });
});
