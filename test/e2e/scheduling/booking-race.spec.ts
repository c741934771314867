import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { ONE_WINS, raceForHour, statusesOf } from '../../support/client/booking-race.js';
import { Calendars } from '../../support/client/calendars.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const WINDOW = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';

describe('a hundred who ask for the same hour at once, over two instances', () => {
  let application: TestApplication;
  let calendars: Calendars;
  let other: TestApplication;
  let clients: Client[];

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
    other = await startTestApplication({}, undefined, undefined, application.database);
    clients = [new Client(application.url), new Client(other.url)];
  });
  afterAll(async () => {
    await other.close();
    await application.close();
  });

  async function race(
    room: number,
    fields: (index: number) => Partial<NewEvent>,
  ): Promise<ServiceResponse<BookedEvent>[]> {
    return raceForHour(calendars, clients, room, fields);
  }

  test('one wins the hour of a user who allows no double booking', async () => {
    const ann = await calendars.someone({ double_booking: 'reject' });
    expect(statusesOf(await race(ann, () => ({ organizer_user_id: ann })))).toEqual(ONE_WINS);
    expect((await calendars.client.get(`/users/${ann}/events?${WINDOW}`)).body).toHaveLength(1);
  });

  test('a user who allows no double booking accepts one invitation', async () => {
    const ann = await calendars.someone({ double_booking: 'reject' });
    const invitations = await race(ann, () => ({}));
    expect(statusesOf(invitations)).toEqual(invitations.map(() => 201));
    const answers = await Promise.all(
      invitations.map(async ({ body }, index) =>
        clients[index % 2].post(`/event-invites/${body.attendees[1].invite_id}:accept`),
      ),
    );
    expect(statusesOf(answers)).toEqual([200, ...ONE_WINS.slice(1)]);
    expect(await calendars.busy(ann, 'pending=free')).toEqual(['09:00 - 10:00']);
  });

  test('one wins where each will have the hour alone or not at all', async () => {
    const room = await calendars.someone();
    expect(statusesOf(await race(room, () => ({ conflict_policy: 'reject' })))).toEqual(ONE_WINS);
    expect((await calendars.client.get(`/users/${room}/events?${WINDOW}`)).body).toHaveLength(1);
  });

  test('all but the first are told of it, and those who insist are refused', async () => {
    const room = await calendars.someone();
    const answers = await race(room, (index) => ({ conflict_policy: index < 50 ? 'reject' : 'allow' }));
    const created = answers.filter(({ status }) => status === 201);
    expect([50, 51]).toContain(created.length);
    expect(created.filter(({ body }) => body.conflicts.length === 0)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(100 - created.length);
  });

  test('two who invite two rooms in opposite orders do not hang', async () => {
    const rooms = await calendars.everyone([{}, {}]);
    const answers = await race(rooms[0], (index) => ({
      conflict_policy: 'reject',
      invited_user_ids: index % 2 === 0 ? rooms : rooms.toReversed(),
    }));
    expect(statusesOf(answers)).toEqual(ONE_WINS);
  });
});
