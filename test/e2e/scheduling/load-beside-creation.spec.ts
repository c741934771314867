import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';

/** Far behind the months in which a creation looks for conflicts. */
const MONDAY = 'from=2129-01-03T00:00:00Z&to=2129-01-04T00:00:00Z';

let application: TestApplication;
let client: Client;
let sent: SentStatements;

beforeAll(async () => {
  application = await startTestApplication({ REMINDER_DISPATCH: 'off', WEBHOOK_DISPATCH: 'off' });
  client = new Client(application.url);
  sent = new SentStatements(application);
});
afterAll(async () => application.close());

test('a calendar that is read while a series is created has the series afterwards', async () => {
  const [user] = await createUsers(client, 1);
  const weekly = async (hour: string): Promise<void> => {
    const { status } = await client.post('/events', {
      title: hour,
      organizer_user_id: user,
      start_date: `2126-01-07T${hour}:00:00Z`,
      duration: 3_600,
      repeat: { frequency: 'weekly' },
    });
    expect(status).toBe(201);
  };
  const busy = async (): Promise<string[]> => {
    const { body } = await client.get(`/free-busy?user_ids=${user}&${MONDAY}`);
    return (body[0]?.busy ?? []).map(({ start }) => start);
  };
  await weekly('09');
  sent.hold('calendars_for_cache');
  const before = busy();
  while (sent.heldResults === 0) await sleep(10);
  sent.take();
  await weekly('11');
  // The creation needed no calendar that was being read.
  expect(sent.take()).toEqual(['create_events']);
  sent.release();
  await before;
  expect(await busy()).toEqual(['2129-01-03T09:00:00Z', '2129-01-03T11:00:00Z']);
}, 60_000);
