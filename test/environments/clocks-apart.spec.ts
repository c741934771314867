import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../support/client/client.js';
import { eventually } from '../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../support/database/database.js';
import { type LogLine, logLines } from '../support/service/log-lines.js';
import { type Service, startService } from '../support/service/service.js';

const MINUTE = 60_000;

/** Enough time to create the event, even on a busy machine. */
const HEAD_START_MS = 5_000;

let database: TestDatabase;
let started: Service[];

beforeEach(async () => {
  database = await createTestDatabase();
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map(async (service) => service.process.end('SIGKILL')));
  await database.drop();
});

async function start(environment: NodeJS.ProcessEnv): Promise<Service> {
  const service = await startService({
    DATABASE_URL: database.url,
    JWT_SECRET: 'x'.repeat(32),
    ...environment,
  });
  started.push(service);
  return service;
}

/** The lines of reminders that the service has written. */
function reminders(service: Service): LogLine[] {
  return logLines(service.process.output()).filter(({ msg }) => msg === 'reminder');
}

describe.each([
  ['ahead of', '+10m', 10],
  ['behind', '-10m', -10],
])('an instance whose clock libfaketime puts ten minutes %s the others', (direction, FAKETIME, minutes) => {
  const fake = { LD_PRELOAD: process.env.FAKETIME_LIBRARY, FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC: '1' };

  test('warns, searches from the current time, and fires a reminder once and on time', async () => {
    const wrong = await start(fake);
    const right = await start({});
    expect(await wrong.process.printed(/The clock of this machine is \S+ s (?:ahead of|behind)/)).toMatch(
      new RegExp(` (?:600\\.\\d|599\\.9) s ${direction}$`),
    );
    const [{ time }] = logLines(wrong.process.output());
    expect(Math.round((Date.parse(time) - Date.now()) / MINUTE)).toBe(minutes);

    const client = new Client(wrong.url);
    await client.create('/users', {
      name: 'ann',
      email: 'ann@example.com',
      default_reminders: [{ minutes_before: 10, method: 'log' }],
    });
    const { body } = await client.get('/events:nearest-empty-time-interval?duration=1h&user_ids=1');
    expect(Math.abs(Date.parse(body.start ?? '') - Date.now())).toBeLessThan(MINUTE);

    const due = Date.now() + HEAD_START_MS;
    const { status, body: event } = await client.post('/events', {
      title: 'Planning',
      organizer_user_id: 1,
      start_date: new Date(due + 10 * MINUTE).toISOString(),
      duration: 3600,
    });
    expect(status).toBe(201);
    await eventually(async () => reminders(wrong).length + reminders(right).length > 0);
    const seen = Date.now();
    await Promise.all([wrong, right].map(async (service) => service.process.end('SIGTERM')));
    const fired = [...reminders(wrong), ...reminders(right)];
    expect(fired).toHaveLength(1);
    expect(seen).toBeGreaterThanOrEqual(Date.parse(event.start_date) - 10 * MINUTE);
    expect(Math.abs(Date.parse(fired[0].time) - seen)).toBeLessThan(MINUTE);
  });
});
