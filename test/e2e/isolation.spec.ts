import { afterEach, describe, expect, test } from '@jest/globals';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Calendars, timed } from '../support/calendars.js';
import type { Answer } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { setDatabaseDefaults } from '../support/database-defaults.js';

function statuses(answers: readonly Answer[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

describe.each(['repeatable read', 'serializable'])(
  'on a database whose default isolation level is %s',
  (level) => {
    let database: TestDatabase;
    let application: TestApplication;
    let calendars: Calendars;

    async function start(): Promise<void> {
      database = await createTestDatabase();
      await setDatabaseDefaults(database.url, { default_transaction_isolation: level });
      application = await startTestApplication({}, undefined, undefined, database);
      calendars = new Calendars(application.url);
    }

    afterEach(async () => {
      await application.close();
      await database.drop();
    });

    test('one of those who book the same room at once gets it', async () => {
      await start();
      const room = await calendars.someone({ double_booking: 'reject' });
      const organizers = await calendars.everyone(Array.from({ length: 60 }, () => ({})));
      const answers = await Promise.all(
        organizers.map(async (organizer) =>
          calendars.client.post(
            '/events',
            timed('09:00 - 10:00', { organizer_user_id: organizer, invited_user_ids: [room] }),
          ),
        ),
      );
      expect(statuses(answers)).toEqual([201, ...Array.from({ length: 59 }, () => 409)]);
    });

    test('renames of one event at once all succeed, and each counts', async () => {
      await start();
      const organizer = await calendars.someone();
      const { id } = await calendars.event('09:00 - 10:00', { organizer_user_id: organizer });
      const answers = await Promise.all(
        Array.from({ length: 30 }, async (_, index) =>
          calendars.client.patch(`/events/${id}`, { title: `Title ${index}` }),
        ),
      );
      expect(statuses(answers)).toEqual(answers.map(() => 200));
      const tag = (await calendars.client.get(`/events/${id}`)).headers.get('etag');
      const tags = answers.map(({ headers }) => headers.get('etag'));
      expect(new Set(tags).size).toBe(30);
      expect(tags).toContain(tag);
    });
  },
);

test('a database whose default time-outs end everything at once is served', async () => {
  const database = await createTestDatabase();
  await setDatabaseDefaults(database.url, { lock_timeout: '1ms', statement_timeout: '5ms' });
  const application = await startTestApplication({}, undefined, undefined, database);
  const calendars = new Calendars(application.url);
  const organizer = await calendars.someone();
  const answers = await Promise.all(
    Array.from({ length: 60 }, async () =>
      calendars.client.post('/events', timed('09:00 - 10:00', { organizer_user_id: organizer })),
    ),
  );
  expect(statuses(answers)).toEqual(answers.map(() => 201));
  await application.close();
  await database.drop();
});
