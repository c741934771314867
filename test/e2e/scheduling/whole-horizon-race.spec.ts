import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars } from '../../support/client/calendars.js';
import { Client } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROUNDS = 10;

/** Their first common time is on 2044-02-29. */
const SERIES: readonly (Partial<NewEvent> & Pick<NewEvent, 'start_date'>)[] = [
  { start_date: '2037-01-05T09:00:00Z', duration: 3_600, repeat: { frequency: 'weekly' } },
  {
    start_date: '2028-02-29T09:30:00Z',
    duration: 3_600,
    repeat: { frequency: 'yearly', day_of_month: 29, month_of_year: 2 },
  },
];

describe('two instances that book series in one room at once', () => {
  let application: TestApplication;
  let calendars: Calendars;
  let rooms: Rooms;
  let other: TestApplication;
  let clients: Client[];

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
    rooms = new Rooms(calendars.client);
    other = await startTestApplication({}, undefined, undefined, application.database);
    clients = [new Client(application.url), new Client(other.url)];
  });
  afterAll(async () => {
    await other.close();
    await application.close();
  });

  async function race(fields: readonly Partial<NewEvent>[]) {
    const room = await rooms.room();
    const organizers = await calendars.everyone([{}, {}]);
    return Promise.all(
      clients.map(async (client, index) =>
        client.send('POST', '/events', {
          title: 'Planning',
          organizer_user_id: organizers[index],
          invited_room_ids: [room],
          ...fields[index],
        }),
      ),
    );
  }

  test('succeed once if their first common time is years ahead', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const statuses = (await race(SERIES)).map(({ status }) => status);
      expect(statuses.toSorted((a, b) => a - b)).toEqual([201, 409]);
    }
  });

  test('with the policy `skip` both succeed, and one leaves out what the other has', async () => {
    const ending = SERIES.map((fields, index) =>
      Object.assign({}, fields, {
        repeat: { ...fields.repeat, ...(index === 0 ? { until: '2045-12-31' } : { count: 10 }) },
        conflict_policy: 'skip' as const,
      }),
    );
    for (let round = 0; round < ROUNDS; round += 1) {
      const responses = await race(ending);
      expect(responses.map(({ status }) => status)).toEqual([201, 201]);
      const skipped = responses.map(({ body }) => (body as { skipped: string[] }).skipped);
      expect(skipped.flat().map((start) => start.slice(0, 10))).toEqual(['2044-02-29']);
    }
  });
});
