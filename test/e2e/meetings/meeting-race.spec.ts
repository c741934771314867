import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const CALLERS = 40;
const START = Date.UTC(2031, 0, 6, 8);
const HALF_HOUR = 1_800_000;

describe('forty callers who book meetings with a round robin of four, over two instances', () => {
  let application: TestApplication;
  let other: TestApplication;
  let clients: Client[];
  let organizers: number[];

  beforeAll(async () => {
    application = await startTestApplication();
    other = await startTestApplication({}, undefined, undefined, application.database);
    clients = [new Client(application.url), new Client(other.url)];
    organizers = await createUsers(clients[0], CALLERS);
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await application.close();
  });

  /** The statuses, and for each member the starts of the meetings that the round robin gave to the member. */
  async function race(startOf: (index: number) => number) {
    const members = await createUsers(clients[0], 4);
    const answers = await Promise.all(
      organizers.map(async (organizer, index) =>
        clients[index % 2].post('/events:book', {
          title: 'Demo',
          duration: '30m',
          start_date: new Date(startOf(index)).toISOString(),
          organizer_user_id: organizer,
          groups: [{ user_ids: members, min_attending: 1, assign: 'round_robin' }],
        }),
      ),
    );
    const booked = answers.filter(({ status }) => status === 201).map(({ body }) => body as BookedEvent);
    const given = members.map((id) =>
      booked
        .filter(({ attendees }) => attendees.some(({ user }) => user?.id === id))
        .map((event) => event.start_date),
    );
    return { statuses: answers.map(({ status }) => status).toSorted((a, b) => a - b), given };
  }

  test('book different times: each succeeds, and the members have as many meetings as each other', async () => {
    const { statuses, given } = await race((index) => START + index * HALF_HOUR);
    expect(statuses).toEqual(Array.from({ length: CALLERS }, () => 201));
    expect(given.map(({ length }) => length)).toEqual([10, 10, 10, 10]);
  });

  test('book one time: each member gets it once, and the others are refused', async () => {
    const { statuses, given } = await race(() => START);
    expect(statuses).toEqual([201, 201, 201, 201, ...Array.from({ length: CALLERS - 4 }, () => 409)]);
    expect(given.map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  test('book times that overlap: no member has two of them', async () => {
    const { given } = await race((index) => START + (index % 10) * (HALF_HOUR / 2));
    for (const starts of given) {
      const times = starts.map((start) => Date.parse(start)).toSorted((a, b) => a - b);
      const gaps = times.slice(1).map((time, index) => time - times[index]);
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(HALF_HOUR);
    }
  });
});
