import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { Rooms, times } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const CALLERS = 60;

function statuses(answers: readonly ServiceResponse[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

describe('sixty callers who book one room for one hour, over two instances', () => {
  let application: TestApplication;
  let other: TestApplication;
  let clients: Client[];
  let rooms: Rooms;
  let organizers: number[];

  beforeAll(async () => {
    application = await startTestApplication();
    other = await startTestApplication({}, undefined, undefined, application.database);
    clients = [new Client(application.url), new Client(other.url)];
    rooms = new Rooms(clients[0]);
    organizers = await createUsers(clients[0], CALLERS);
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await application.close();
  });

  const book = async (roomIds: (index: number) => number[], time: (index: number) => string) =>
    Promise.all(
      organizers.map(async (organizer, index) =>
        clients[index % 2].post('/events', {
          title: 'Planning',
          organizer_user_id: organizer,
          invited_room_ids: roomIds(index),
          ...times(time(index)),
        }),
      ),
    );
  const ONE_WINS = [201, ...Array.from({ length: CALLERS - 1 }, () => 409)];

  const eventsIn = async (room: number) =>
    (await clients[0].get(`/users/${room}/events?from=2031-01-01T00:00:00Z&to=2031-02-01T00:00:00Z`)).body;

  test.each([true, false])(
    'get it once, also if it accepts by itself: %s',
    async (auto) => {
      const room = await rooms.room({ auto_accept: auto });
      expect(
        statuses(
          await book(
            () => [room],
            (index) => `09:00 - 10:${String(index % 30).padStart(2, '0')}`,
          ),
        ),
      ).toEqual(ONE_WINS);
      expect(await eventsIn(room)).toHaveLength(1);
    },
    60_000,
  );

  test('get it once if they name two rooms in opposite orders', async () => {
    const both = [await rooms.room(), await rooms.room()];
    const answers = await book(
      (index) => (index % 2 === 0 ? both : both.toReversed()),
      () => '09:00 - 10:00',
    );
    expect(statuses(answers)).toEqual(ONE_WINS);
  }, 60_000);
});
