import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent, Event, Occurrence } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const QUARTER = 'from=2026-01-01T00:00:00Z&to=2026-04-01T00:00:00Z';
const THIRD = '2026-01-15T10:00:00Z';

/** As many as an event can have. */
const CROWD = 1000;

type Shown = Pick<Event, 'attendees' | 'attendees_omitted'>;
type Answered = Pick<Occurrence, 'answers' | 'attendees_omitted'>;

function shown({ attendees, attendees_omitted: omitted }: Shown): [number[], number] {
  return [attendees.map(({ user }) => user?.id ?? 0), omitted];
}

function answered({ answers, attendees_omitted: omitted }: Answered): [number[], number] {
  return [answers.map(({ user_id: id }) => id ?? 0), omitted];
}

/** The sizes of the pages of a list. */
async function pageSizes(client: Client, path: `/users/${number}/events?${string}`): Promise<number[]> {
  const found: number[] = [];
  for await (const { body } of client.pages(path)) found.push(body.length);
  return found;
}

describe('of an event with a thousand attendees', () => {
  let application: TestApplication;
  let nobody: Client;
  /** Without a password, so that no limit of invitations holds. */
  let organizer: Pick<Account, 'id' | 'client'>;
  let last: Account;
  let eve: Account;
  let event: BookedEvent;
  /** Those between the organizer and the last. */
  let crowd: number[];

  beforeAll(async () => {
    application = await startTestApplication();
    nobody = new Client(application.url);
    const { body } = await nobody.create('/users', { name: 'organizer', email: 'organizer@example.com' });
    organizer = { id: body.id, client: nobody };
    eve = await signUp(nobody, 'eve');
    crowd = await createUsers(nobody, CROWD - 1);
    last = await signUp(nobody, 'last');
    const created = await organizer.client.post('/events', {
      title: 'All hands',
      start_date: '2026-01-01T10:00:00Z',
      duration: 3600,
      organizer_user_id: organizer.id,
      invited_user_ids: [...crowd, last.id],
      repeat: { frequency: 'weekly' },
    });
    event = created.body;
  });
  afterAll(async () => application.close());

  test('all are shown by default, the organizer first', async () => {
    const [ids, omitted] = shown((await last.client.get(`/events/${event.id}`)).body);
    expect([ids.length, ids[0], ids.at(-1), omitted]).toEqual([CROWD + 1, organizer.id, last.id, 0]);
  });

  /** Of every response with the event, as this caller reads it. */
  async function everywhere(account: Account, max: number): Promise<Map<string, Shown>> {
    const query = `max_attendees=${max}`;
    const list = `/users/${account.id}/events?${QUARTER}&${query}` as const;
    const expanded = (await account.client.get(`${list}&expand=true`)).body;
    expect(expanded).toHaveLength(13);
    return new Map<string, Shown>([
      ['event', (await account.client.get(`/events/${event.id}?${query}`)).body],
      ['list', (await account.client.get(list)).body[0]],
      ['expanded list', expanded[12]],
    ]);
  }

  test.each([0, 1, 2, 4, CROWD + 1])(
    '%d are shown: the caller, the organizer, the others in order',
    async (max) => {
      const inOrder = [last.id, organizer.id, ...crowd];
      for (const body of (await everywhere(last, max)).values())
        expect(shown(body)).toEqual([inOrder.slice(0, max), CROWD + 1 - max]);
    },
  );

  test('one more than attend leaves none out', async () => {
    for (const body of (await everywhere(last, CROWD + 2)).values()) expect(shown(body)[1]).toBe(0);
  });

  test("of another user's list that user comes first", async () => {
    const list = `/users/${crowd[500]}/events?${QUARTER}&max_attendees=2` as const;
    for (const reader of [eve, last])
      expect(shown((await reader.client.get(list)).body[0])).toEqual([[crowd[500], organizer.id], CROWD - 1]);
    const { body } = await eve.client.get(`/events/${event.id}?max_attendees=2`);
    expect(shown(body)).toEqual([[organizer.id, crowd[0]], CROWD - 1]);
  });

  test('a change shows no more either', async () => {
    const changed = await organizer.client.patch(`/events/${event.id}?max_attendees=1`, { location: 'Hall' });
    expect(shown(changed.body)).toEqual([[organizer.id], CROWD]);
    const created = await organizer.client.post('/events?max_attendees=1', {
      title: 'Small',
      start_date: '2027-01-01T10:00:00Z',
      duration: 60,
      organizer_user_id: organizer.id,
      invited_user_ids: [eve.id],
    });
    expect(created.status).toBe(201);
    expect(shown(created.body)).toEqual([[organizer.id], 1]);
  });

  test('an occurrence shows the answers of the same attendees', async () => {
    const invites = [last.id, crowd[0]].map(
      (id) => event.attendees.find(({ user }) => user?.id === id)?.invite_id,
    );
    await last.client.post(`/event-invites/${invites[0]}:decline`, { original_start: THIRD });
    await nobody.post(`/event-invites/${invites[1]}:decline`, { original_start: THIRD });
    const path = `/events/${event.id}/occurrences` as const;
    const window = 'from=2026-01-15T00:00:00Z&to=2026-01-16T00:00:00Z';
    const read = async (account: Account, query: string) =>
      answered((await account.client.get(`${path}?${window}${query}`)).body[0]);
    expect(await read(last, '')).toEqual([[crowd[0], last.id], 0]);
    expect(await read(last, '&max_attendees=1')).toEqual([[last.id], CROWD]);
    expect(await read(eve, '&max_attendees=2')).toEqual([[crowd[0]], CROWD - 1]);
    const changed = await organizer.client.patch(`${path}/${THIRD}?max_attendees=0`, { title: 'Third' });
    expect(answered(changed.body)).toEqual([[], CROWD + 1]);
  });

  test('a private event is seen by an attendee who is not shown', async () => {
    await organizer.client.patch(`/events/${event.id}`, { visibility: 'private' });
    const list = `/users/${organizer.id}/events?${QUARTER}&max_attendees=1` as const;
    const [seen] = (await last.client.get(list)).body;
    expect(seen).toMatchObject({ redacted: false, id: event.id, title: 'All hands' });
    expect(shown(seen)).toEqual([[organizer.id], CROWD]);
    const [redacted] = (await eve.client.get(list)).body;
    expect(redacted).not.toHaveProperty('attendees_omitted');
    await organizer.client.patch(`/events/${event.id}`, { visibility: 'public' });
  });

  test.each([
    ['0', 200, undefined],
    ['10000', 200, undefined],
    ['10001', 400, 'max_attendees'],
    ['-1', 400, 'max_attendees'],
    ['1.5', 400, 'max_attendees'],
    ['many', 400, 'max_attendees'],
    ['', 400, 'max_attendees'],
  ])('max_attendees=%s is answered %d', async (max, status, field) => {
    for (const path of [
      `/events/${event.id}?`,
      `/users/${last.id}/events?${QUARTER}&`,
      `/events/${event.id}/occurrences?${QUARTER}&`,
    ]) {
      const answer = await last.client.get(`${path}max_attendees=${max}`);
      expect({ status: answer.status, field: answer.body.errors?.[0].field }).toEqual({ status, field });
    }
  });

  test('a page ends before it holds 20,000 attendees, and the next one goes on', async () => {
    const window = 'from=2026-01-01T00:00:00Z&to=2026-07-01T00:00:00Z';
    const path = `/users/${last.id}/events?${window}&expand=true` as const;
    expect(await pageSizes(last.client, path)).toEqual([19, 7]);
    expect(await pageSizes(last.client, `${path}&limit=13`)).toEqual([13, 13]);
    expect(await pageSizes(last.client, `${path}&max_attendees=10`)).toEqual([26]);
  });
});
