import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, NewUser } from '../../../clients/typescript/src/schema.js';
import { Client, nextPage } from '../../support/client/client.js';
import { documentOf } from '../../support/openapi/operation.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const MONDAY = 'from=2022-09-05T00:00:00Z&to=2022-09-06T00:00:00Z';

describe('users, invites and lists', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
  });
  afterAll(async () => application.close());

  async function newUser(name: string, more: Partial<NewUser> = {}): Promise<number> {
    const { body } = await client.create('/users', { name, email: `${name}@example.com`, ...more });
    return body.id;
  }

  async function newEvent(organizer: number, more: Partial<NewEvent>) {
    const event = { title: 'Event', start_date: '2022-09-05T10:00:00Z', duration: 3600 };
    const { status, body } = await client.post('/events', {
      ...event,
      organizer_user_id: organizer,
      ...more,
    });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  }

  async function listed(user: number, query: string) {
    const { status, body } = await client.get(`/users/${user}/events?${query}`);
    expect({ status, body }).toMatchObject({ status: 200 });
    return body;
  }

  test('a user is read, found by address in any case, and changed', async () => {
    const id = await newUser('Anna', { time_zone: 'asia/kolkata' });
    const hours = [{ days_of_week: [0, 5, 1], from: '22:00', to: '06:00' }];
    const { body: changed } = await client.patch(`/users/${id}`, { name: 'Anna B', working_hours: hours });
    expect(changed).toMatchObject({
      id,
      name: 'Anna B',
      email: 'Anna@example.com',
      time_zone: 'Asia/Kolkata',
      working_hours: [{ days_of_week: [1, 5, 7], from: '22:00', to: '06:00' }],
    });
    expect((await client.get(`/users/${id}`)).body).toEqual(changed);
    expect((await client.get('/users?email=aNNa@EXAMPLE.com')).body).toEqual([changed]);
    expect((await client.get('/users?email=nobody@example.com')).body).toEqual([]);
    expect((await client.patch(`/users/${id}`, { working_hours: null })).body.working_hours).toBeNull();
  });

  test('an invite is listed and answered; the last answer stands', async () => {
    const [host, guest] = [await newUser('host1'), await newUser('guest1')];
    const first = await newEvent(host, { invited_user_ids: [guest, guest, host] });
    const second = await newEvent(host, { invited_user_ids: [guest] });
    expect(first.attendees).toHaveLength(2);
    const [firstInvite, secondInvite] = [first, second].map((event) => event.attendees[1].invite_id);

    const answered = await client.post(`/event-invites/${firstInvite}:accept`, { comment: 'Gladly.' });
    expect(answered.body).toMatchObject({ status: 'accepted', comment: 'Gladly.' });
    const again = await client.post(`/event-invites/${firstInvite}:accept`);
    expect(again.body).toEqual(answered.body);
    const tentative = await client.post(`/event-invites/${firstInvite}:tentative`, { comment: null });
    expect(tentative.body).toMatchObject({ status: 'tentative', comment: null });

    const invites = await client.get(`/users/${guest}/event-invites`);
    expect(invites.body).toMatchObject([
      { id: firstInvite, event_id: first.id, user_id: guest, status: 'tentative' },
      { id: secondInvite, event_id: second.id, user_id: guest, status: 'needs_action' },
    ]);
    expect((await client.get(`/users/${guest}/event-invites?status=needs_action`)).body).toHaveLength(1);
    const page = await client.get(`/users/${guest}/event-invites?limit=1`);
    const next = nextPage(page) ?? '';
    expect((await client.get(next)).body).toMatchObject([{ id: secondInvite }]);
    expect((await client.get(`/users/${host}/event-invites`)).body).toEqual([]);
  });

  test('a generated client sends an empty body declared as JSON', async () => {
    const [host, guest] = [await newUser('host2'), await newUser('guest2')];
    const event = await newEvent(host, { invited_user_ids: [guest] });
    const { status } = await client.send(
      'POST',
      `/event-invites/${event.attendees[1].invite_id}:decline`,
      '',
    );
    expect(status).toBe(200);
  });

  test('a list holds what overlaps the window, by first occurrence, declined events among them', async () => {
    const [host, guest] = [await newUser('host3'), await newUser('guest3')];
    const ids: Record<string, number> = {};
    const events: [string, string, number, string?][] = [
      ['ends as it begins', '2022-09-04T23:00:00Z', 3600],
      ['reaches into it', '2022-09-04T23:00:00Z', 3601],
      ['lies within', '2022-09-05T12:00:00Z', 60],
      ['starts as it ends', '2022-09-06T00:00:00Z', 60],
      ['reaches over it', '2022-09-01T00:00:00Z', 864_000],
      ['daily', '2022-08-01T06:00:00Z', 60, 'daily'],
      ['over before it', '2022-08-01T06:00:00Z', 60, 'until'],
    ];
    for (const [title, start_date, duration, repeat] of events) {
      const event = await newEvent(host, {
        title,
        start_date,
        duration,
        invited_user_ids: [guest],
        ...(repeat === 'daily' && { repeat: { frequency: 'daily' } }),
        ...(repeat === 'until' && { repeat: { frequency: 'daily', until: '2022-09-04' } }),
      });
      ids[title] = event.attendees[1].invite_id as number;
    }
    await client.post(`/event-invites/${ids['lies within']}:decline`);
    const titles = (await listed(guest, MONDAY)).map(({ title }) => title);
    expect(titles).toEqual(['reaches over it', 'reaches into it', 'daily', 'lies within']);
    expect((await listed(guest, MONDAY))[3].occurrences[0].attendee_status).toBe('declined');
  });

  test('a window of no length asks about that instant', async () => {
    const host = await newUser('host4');
    await newEvent(host, {});
    const at = async (instant: string) => (await listed(host, `from=${instant}&to=${instant}`)).length;
    expect(await at('2022-09-05T09:59:59Z')).toBe(0);
    expect(await at('2022-09-05T10:00:00Z')).toBe(1);
    expect(await at('2022-09-05T10:59:59.999Z')).toBe(1);
    expect(await at('2022-09-05T11:00:00Z')).toBe(0);
  });

  test('a list is paged, and expanded to one element an occurrence', async () => {
    const host = await newUser('host5');
    const week = 'from=2022-09-05T00:00:00Z&to=2022-09-12T00:00:00Z';
    const daily = await newEvent(host, { repeat: { frequency: 'daily' } });
    const single = await newEvent(host, { start_date: '2022-09-06T08:00:00Z' });
    const expanded = await listed(host, `${week}&expand=true`);
    expect(expanded.map(({ id }) => id)).toEqual([daily.id, single.id, ...Array(6).fill(daily.id)]);
    expect(expanded.every(({ occurrences }) => occurrences.length === 1)).toBe(true);

    const collected: unknown[] = [];
    const paged = client.pages(`/users/${host}/events?${week}&expand=true&limit=3`);
    for await (const { body } of paged) collected.push(...body);
    expect(collected).toEqual(expanded);
  });

  test('an unescaped offset in a query is understood', async () => {
    const host = await newUser('host6');
    await newEvent(host, {});
    expect(await listed(host, 'from=2022-09-05T13:30:00+03:00&to=2022-09-05T13:31:00+03:00')).toHaveLength(1);
  });

  test('free/busy merges what blocks, and tells no more', async () => {
    const [host, guest] = [await newUser('host7'), await newUser('guest7')];
    await newEvent(host, { title: 'secret', duration: 7200 });
    await newEvent(host, { start_date: '2022-09-05T11:00:00Z', duration: 1800 });
    await newEvent(host, { start_date: '2022-09-05T12:00:00Z', repeat: { frequency: 'daily' } });
    await newEvent(host, { start_date: '2022-09-05T20:00:00Z', show_as: 'free' });
    await newEvent(host, { start_date: '2022-09-05', duration: undefined, all_day: true });
    const pending = await newEvent(host, {
      start_date: '2022-09-05T23:30:00Z',
      invited_user_ids: [guest],
    });
    const { body } = await client.get(`/free-busy?user_ids=${host}&user_ids=${guest}&${MONDAY}`);
    const evening = { start: '2022-09-05T23:30:00Z', end: '2022-09-06T00:00:00Z' };
    const day = { start: '2022-09-05T10:00:00Z', end: '2022-09-05T13:00:00Z' };
    expect(body).toEqual([
      { user_id: host, busy: [day, evening], intervals: [shown(day, 'busy'), shown(evening, 'busy')] },
      { user_id: guest, busy: [evening], intervals: [shown(evening, 'tentative')] },
    ]);
    const firm = `/free-busy?user_ids=${guest}&${MONDAY}&pending=free`;
    expect((await client.get(firm)).body).toEqual([{ user_id: guest, busy: [], intervals: [] }]);
    await client.post(`/event-invites/${pending.attendees[1].invite_id}:accept`);
    expect((await client.get(firm)).body).toEqual([
      { user_id: guest, busy: [evening], intervals: [shown(evening, 'busy')] },
    ]);
    await client.post(`/event-invites/${pending.attendees[1].invite_id}:decline`);
    expect((await client.get(`/free-busy?user_ids=${guest}&${MONDAY}`)).body).toEqual([
      { user_id: guest, busy: [], intervals: [] },
    ]);
  });

  test('health, the document and its UI are served', async () => {
    expect((await client.get('/health/live')).body).toEqual({ status: 'ok' });
    expect((await client.get('/health/ready')).body).toEqual({ status: 'ok' });
    const document = await documentOf(client);
    expect(document.openapi).toBe('3.1.0');
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([
        '/users',
        '/events',
        '/event-invites/{invite_id}:accept',
        '/events:nearest-empty-time-interval',
      ]),
    );
    const ui = await fetch(`${application.url}/docs`);
    expect(ui.headers.get('content-type')).toContain('text/html');
    expect(await ui.text()).toContain('swagger-ui');
  });
});

function shown(interval: { readonly start: string; readonly end: string }, show_as: string) {
  return { ...interval, show_as };
}
