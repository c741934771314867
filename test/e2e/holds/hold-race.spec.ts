import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { hold, tryHold } from '../../support/client/holds.js';
import { Rooms, times } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const CALLERS = 40;
const WINDOW = 'from=2031-01-01T00:00:00Z&to=2031-02-01T00:00:00Z';

/** Open holds that take the time of a user together with another hold, or with an event. */
const DOUBLE_TIME = `
  SELECT m.hold_id, n.hold_id AS other FROM hold_members m
    JOIN hold_members n ON n.tenant_id = m.tenant_id AND n.user_id = m.user_id AND n.hold_id > m.hold_id AND n.span && m.span
   WHERE m.expires_at > now() AND n.expires_at > now()
  UNION ALL
  SELECT m.hold_id, a.event_id FROM hold_members m
    JOIN attendees a ON a.tenant_id = m.tenant_id AND a.user_id = m.user_id AND a.span && m.span
   WHERE m.expires_at > now()`;

const ONE_WINS = [201, ...Array.from({ length: CALLERS - 1 }, () => 409)];

async function bookRoom(client: Client, organizer: number, room: number): Promise<ServiceResponse> {
  return client.post('/events', {
    title: 'Racer',
    organizer_user_id: organizer,
    invited_room_ids: [room],
    ...times('09:30 - 10:30'),
  });
}

function statuses(answers: readonly ServiceResponse[]): number[] {
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

describe('callers of two instances', () => {
  let application: TestApplication;
  let other: TestApplication;
  let clients: Client[];
  let rooms: Rooms;

  beforeAll(async () => {
    application = await startTestApplication();
    other = await startTestApplication({}, undefined, undefined, application.database);
    const key = await addKey(application, 1);
    clients = [key, key.at(other.url)];
    rooms = new Rooms(key);
  }, 60_000);
  afterAll(async () => {
    await other.close();
    await application.close();
  });

  const eventsIn = async (room: number) => (await clients[0].get(`/users/${room}/events?${WINDOW}`)).body;
  const each = async <T>(count: number, work: (client: Client, index: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, async (_, index) => work(clients[index % 2], index)));
  const database = () => application.database.url;

  test('who ask for one hold get it once', async () => {
    const [id] = await createUsers(clients[0], 1);
    const room = await rooms.room();
    const answers = await each(CALLERS, async (client, index) =>
      tryHold(client, {
        time: `09:${String(index).padStart(2, '0')} - 10:00`,
        user_ids: [id],
        room_ids: index % 2 === 0 ? [room] : [],
      }),
    );
    expect(statuses(answers)).toEqual(ONE_WINS);
    expect(await query(database(), DOUBLE_TIME)).toEqual([]);
  }, 60_000);

  test('who ask for the same users in other orders get one hold, without a deadlock', async () => {
    const ids = await createUsers(clients[0], 5);
    const answers = await each(CALLERS, async (client, index) =>
      tryHold(client, {
        time: '09:00 - 10:00',
        user_ids: index % 2 === 0 ? ids : ids.toReversed(),
      }),
    );
    expect(statuses(answers)).toEqual(ONE_WINS);
  }, 60_000);

  test('who hold a room, and who book it, get it once', async () => {
    const room = await rooms.room();
    const [organizer] = await createUsers(clients[0], 1);
    const answers = await each<ServiceResponse>(CALLERS, async (client, index) =>
      index % 3 === 0
        ? client.post('/events', {
            title: 'Talk',
            organizer_user_id: organizer,
            invited_room_ids: [room],
            ...times('09:30 - 10:30'),
          })
        : tryHold(client, { time: '09:00 - 10:00', room_ids: [room] }),
    );
    expect(statuses(answers)).toEqual(ONE_WINS);
    expect(await query(database(), DOUBLE_TIME)).toEqual([]);
  }, 60_000);

  test('who confirm one hold get one event', async () => {
    const [organizer] = await createUsers(clients[0], 1);
    const room = await rooms.room();
    const { id } = await hold(clients[0], { time: '09:00 - 10:00', user_ids: [organizer], room_ids: [room] });
    const answers = await each(20, async (client) =>
      client.post(`/holds/${id}:confirm`, { title: 'Talk', organizer_user_id: organizer }),
    );
    expect(statuses(answers)).toEqual([...Array.from({ length: 19 }, () => 200), 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await eventsIn(room)).toHaveLength(1);
  }, 60_000);

  test('who confirm a hold, while others book its room, lose to nobody', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [organizer, ...racers] = await createUsers(clients[0], 11);
      const room = await rooms.room();
      const { id } = await hold(clients[0], {
        time: '09:00 - 10:00',
        user_ids: [organizer],
        room_ids: [room],
      });
      const racing = each(20, async (client, index) => bookRoom(client, racers[index % racers.length], room));
      const confirmed = await clients[round % 2].post(`/holds/${id}:confirm`, {
        title: 'Talk',
        organizer_user_id: organizer,
      });
      expect(confirmed.status).toBe(201);
      expect(new Set(statuses(await racing))).toEqual(new Set([409]));
      expect(await eventsIn(room)).toMatchObject([{ title: 'Talk' }]);
    }
  }, 120_000);

  test.each([
    ['confirm', (organizer: number) => ({ title: 'Talk', organizer_user_id: organizer }), 201],
    ['extend', () => ({ expires_in: '1m' }), 200],
  ] as const)(
    'of whom one has to %s a hold at its end, while others wait for its room, give the room to one of them',
    async (verb, bodyOf, success) => {
      const outcomes = new Set<string>();
      for (let round = 0; round < 10; round += 1) {
        const [organizer, ...racers] = await createUsers(clients[0], 5);
        const room = await rooms.room();
        const members = { user_ids: [organizer], room_ids: [room] };
        const { id } = await hold(clients[0], { time: '09:00 - 10:00', ...members, expires_in: '1s' });
        let settled = false;
        // The racers go on for a moment after the response to the one in time.
        const racing = (async () => {
          for (let after = 0, won = false; ; after += settled ? 1 : 0) {
            const answers = await each(4, async (client, index) => bookRoom(client, racers[index], room));
            won ||= answers.some(({ status }) => status === 201);
            if (won || after > 1) return won;
          }
        })();
        await sleep(900 + round * 12);
        const { status } = await clients[1].send('POST', `/holds/${id}:${verb}`, bodyOf(organizer));
        settled = true;
        const racerWon = await racing;
        outcomes.add(`${status} ${racerWon}`);
        expect(await query(database(), DOUBLE_TIME)).toEqual([]);
        expect(await eventsIn(room)).toHaveLength(racerWon || verb === 'confirm' ? 1 : 0);
      }
      expect([`${success} false`, '410 true']).toEqual(expect.arrayContaining([...outcomes]));
    },
    120_000,
  );

  test('who see the calendars in memory see each hold, each end of one, and each event of one, at once', async () => {
    const [id] = await createUsers(clients[0], 1);
    const busy = async (client: Client) => {
      const { body } = await client.get(`/free-busy?user_ids=${id}&${WINDOW}`);
      return body[0].busy?.map(({ start }) => start.slice(11, 16));
    };
    for (const client of clients) expect(await busy(client)).toEqual([]);
    const { id: first } = await hold(clients[0], { time: '09:00 - 10:00', user_ids: [id] });
    for (const client of clients) expect(await busy(client)).toEqual(['09:00']);
    await clients[1].delete(`/holds/${first}`);
    for (const client of clients) expect(await busy(client)).toEqual([]);
    const { id: second } = await hold(clients[1], {
      time: '11:00 - 12:00',
      user_ids: [id],
      expires_in: '1s',
    });
    for (const client of clients) expect(await busy(client)).toEqual(['11:00']);
    await query(database(), 'SELECT pg_sleep(1.1)');
    for (const client of clients) expect(await busy(client)).toEqual([]);
    expect((await clients[0].get(`/holds/${second}`)).body.open).toBe(false);
  });

  test('who create plain events of a held person list the hold, whichever instance made it', async () => {
    const [id] = await createUsers(clients[0], 1);
    // The instance then knows the calendar, and creates the event in one statement. A request with an idempotency key would not.
    const create = async (client: Client, time: string) => {
      await client.get(`/free-busy?user_ids=${id}&${WINDOW}`);
      const event = { title: 'Talk', organizer_user_id: id, ...times(time) };
      return (await client.post('/events', event)).body.conflicts;
    };
    for (const client of clients)
      expect(await create(client, '20 01:00 - 02:00')).toHaveLength(clients.indexOf(client));
    const { id: holdId } = await hold(clients[0], { time: '09:00 - 10:00', user_ids: [id] });
    const listed = { user_id: id, start: '2031-01-06T09:30:00Z' };
    for (const client of clients.toReversed())
      expect(await create(client, '09:30 - 10:30')).toMatchObject([listed]);
    // Elsewhere, and in another month.
    expect(await create(clients[1], '20 09:30 - 10:30')).toEqual([]);
    await clients[0].delete(`/holds/${holdId}`);
    expect(await create(clients[1], '09:00 - 09:30')).toEqual([]);
  });
});
