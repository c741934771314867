import { afterEach, describe, expect, test } from '@jest/globals';
import { Calendars, timed } from '../../support/client/calendars.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { setDatabaseDefaults } from '../../support/database/database-defaults.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

function statuses(answers: readonly ServiceResponse[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

describe.each(['repeatable read', 'serializable'])(
  'on a database whose default isolation level is %s',
  (level) => {
    let database: TestDatabase;
    let application: TestApplication;
    let other: TestApplication;
    let calendars: Calendars;
    let clients: Client[];

    async function start(): Promise<void> {
      database = await createTestDatabase();
      await setDatabaseDefaults(database.url, { default_transaction_isolation: level });
      application = await startTestApplication({}, undefined, undefined, database);
      other = await startTestApplication({}, undefined, undefined, database);
      calendars = new Calendars(application.url);
      clients = [new Client(application.url), new Client(other.url)];
    }

    afterEach(async () => {
      await other.close();
      await application.close();
      await database.drop();
    });

    test('one of those who book the same hour of one person at once gets it, over two instances', async () => {
      await start();
      const ann = await calendars.someone({ double_booking: 'reject' });
      const answers = await Promise.all(
        Array.from({ length: 100 }, async (_, index) =>
          clients[index % 2].post('/events', timed('09:00 - 10:00', { organizer_user_id: ann })),
        ),
      );
      expect(statuses(answers)).toEqual([201, ...Array.from({ length: 99 }, () => 409)]);
    });

    test('renames of one event at once all succeed, and each counts', async () => {
      await start();
      const organizer = await calendars.someone();
      const { id } = await calendars.event('09:00 - 10:00', { organizer_user_id: organizer });
      const answers = await Promise.all(
        Array.from({ length: 30 }, async (_, index) =>
          clients[index % 2].patch(`/events/${id}`, { title: `Title ${index}` }),
        ),
      );
      expect(statuses(answers)).toEqual(answers.map(() => 200));
      const versions = answers.map(({ headers }) => Number(headers.get('etag')?.replaceAll('"', '')));
      expect(versions.toSorted((a, b) => a - b)).toEqual(answers.map((_, index) => index + 2));
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
