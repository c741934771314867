import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ONE_WINS, raceForHour, statusesOf } from '../support/client/booking-race.js';
import { Calendars } from '../support/client/calendars.js';
import { Client } from '../support/client/client.js';
import { ReplicatedInstances } from '../support/service/replicated-instances.js';

const WINDOW = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';
const ROUNDS = [1, 2, 3];

describe('a hundred who ask for the same hour at once, over two instances behind PgBouncer with a replica', () => {
  let deployment: ReplicatedInstances;
  let clients: Client[];
  let calendars: Calendars;

  beforeAll(async () => {
    deployment = await ReplicatedInstances.start();
    clients = deployment.instances.urls.map((url) => new Client(url));
    calendars = new Calendars(deployment.instances.url);
  });
  afterAll(async () => deployment.stop());

  /** Expects that the lists of both instances have one event of the user once the replica has it. */
  async function expectOneEvent(userId: number): Promise<void> {
    await deployment.replayed();
    for (const client of clients) {
      const { status, body } = await client.get(`/users/${userId}/events?${WINDOW}`);
      expect({ status, events: body.length }).toEqual({ status: 200, events: 1 });
    }
  }

  test.each(ROUNDS)('one wins the hour of a user who allows no double booking, round %d', async () => {
    const ann = await calendars.someone({ double_booking: 'reject' });
    const answers = await raceForHour(calendars, clients, ann, () => ({
      organizer_user_id: ann,
      invited_user_ids: [],
    }));
    expect(statusesOf(answers)).toEqual(ONE_WINS);
    await expectOneEvent(ann);
  });

  test.each(ROUNDS)('one wins where each will have the hour alone or not at all, round %d', async () => {
    const room = await calendars.someone();
    const answers = await raceForHour(calendars, clients, room, () => ({ conflict_policy: 'reject' }));
    expect(statusesOf(answers)).toEqual(ONE_WINS);
    await expectOneEvent(room);
  });

  test('all but the first are told of it, and those who insist are refused', async () => {
    const room = await calendars.someone();
    const answers = await raceForHour(calendars, clients, room, (index) => ({
      conflict_policy: index < 50 ? 'reject' : 'allow',
    }));
    const created = answers.filter(({ status }) => status === 201);
    expect([50, 51]).toContain(created.length);
    expect(created.filter(({ body }) => body.conflicts.length === 0)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(100 - created.length);
  });
});
