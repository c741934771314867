import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const SERIES = {
  title: 'Planning',
  start_date: '2022-09-06T10:00:00Z',
  duration: 3600,
  organizer_user_id: 1,
  invited_user_ids: [2, 3, 4],
  repeat: { frequency: 'daily', count: 10 },
} satisfies NewEvent;

async function tagOf(answer: Promise<ServiceResponse>): Promise<string> {
  return (await answer).headers.get('etag') ?? '';
}

describe('changes side by side', () => {
  let application: TestApplication;
  let client: Client;
  let event: BookedEvent;
  let path: `/events/${number}`;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    for (const name of ['ann', 'bob', 'cid', 'dee'])
      await client.create('/users', { name, email: `${name}@example.com` });
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    event = (await client.post('/events', SERIES)).body;
    path = `/events/${event.id}`;
  });

  async function change(
    method: string,
    to: string,
    ifMatch: string,
    body?: unknown,
  ): Promise<ServiceResponse> {
    return client.send(method, to, body, { 'if-match': ifMatch });
  }

  test('the tag of an event begins with its version', async () => {
    expect(await tagOf(client.get(path))).toMatch(new RegExp(`^"${event.version}-[\\da-f]{32}"$`));
    const changed = await client.patch(path, { title: 'Plans' });
    expect(changed.headers.get('etag')).toBe(`"${changed.body.version}"`);
    expect(changed.body.version).toBeGreaterThan(event.version);
  });

  test.each<[string, string, unknown]>([
    ['PATCH', '', { title: 'Plans' }],
    ['DELETE', '', undefined],
    ['PATCH', '/occurrences/2022-09-07T10:00:00Z', { title: 'Plans' }],
    ['PATCH', '/occurrences/2022-09-07T10:00:00Z?scope=following', { title: 'Plans' }],
    ['DELETE', '/occurrences/2022-09-07T10:00:00Z', undefined],
    ['DELETE', '/occurrences/2022-09-07T10:00:00Z?scope=following', undefined],
  ])('%s of an event%s is refused to a client that has seen another version', async (method, place, body) => {
    const seen = await tagOf(client.get(path));
    await client.post(`/event-invites/${event.attendees[1].invite_id}:accept`);
    const before = (await client.get(path)).body;
    const refused = await change(method, path + place, seen, body);
    expect(refused).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
    expect((await client.get(path)).body).toEqual(before);
    const now = await tagOf(client.get(path));
    expect((await change(method, path + place, `"0", ${now}`, body)).status).toBeLessThan(300);
  });

  test.each([
    ['*', 200],
    ['"1"', 200],
    ['"1-0123abcd"', 200],
    ['"2", "1-0123abcd"', 200],
    ['"2-0123abcd"', 412],
    ['"11"', 412],
    ['W/"1-0123abcd"', 412],
    ['W/"1"', 412],
    ['"other"', 412],
    ['1', 400],
    ['"1', 400],
  ])('If-Match: %s is answered %d', async (ifMatch, status) => {
    expect((await change('PATCH', path, ifMatch, { title: 'Plans' })).status).toBe(status);
  });

  test('of two who have seen the same, one changes it', async () => {
    const seen = await tagOf(client.get(path));
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(async (n) => change('PATCH', path, seen, { title: `Plan ${n}` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412, 412, 412, 412]);
  });

  test('without a precondition, nobody loses the fields of another', async () => {
    const [, bob, cid, dee] = event.attendees;
    const answers = await Promise.all([
      client.patch(path, { title: 'Plans' }),
      client.patch(path, { location: 'Room 5' }),
      client.patch(path, { description: 'All of them' }),
      client.patch(path, { duration: 1800 }),
      client.patch(path, { visibility: 'public', show_as: 'free' }),
      client.post(`/event-invites/${bob.invite_id}:accept`, { comment: 'Gladly' }),
      client.post(`/event-invites/${cid.invite_id}:decline`),
      client.post(`/event-invites/${dee.invite_id}:accept`, { original_start: '2022-09-08T10:00:00Z' }),
      client.patch(`${path}/occurrences/2022-09-07T10:00:00Z`, { title: 'Elsewhere' }),
      client.delete(`${path}/occurrences/2022-09-09T10:00:00Z`),
      client.patch('/users/1', { name: 'Ann' }),
      client.patch('/users/1', { time_zone: 'Europe/Moscow' }),
    ]);
    expect(answers.filter(({ status }) => status >= 300)).toEqual([]);
    const { body } = await client.get(path);
    expect(body).toMatchObject({
      title: 'Plans',
      location: 'Room 5',
      description: 'All of them',
      duration: 1800,
      show_as: 'free',
      attendees: [
        { user: { name: 'Ann' } },
        { status: 'accepted', comment: 'Gladly' },
        { status: 'declined' },
        { status: 'needs_action' },
      ],
    });
    expect((await client.get('/users/1')).body.time_zone).toBe('Europe/Moscow');
    const occurrences = await client.get(
      `${path}/occurrences?from=2022-09-06T00:00:00Z&to=2022-09-10T00:00:00Z`,
    );
    expect(occurrences.body).toMatchObject([
      { title: 'Plans' },
      { title: 'Elsewhere' },
      { answers: [{ user_id: 4, status: 'accepted' }] },
    ]);
  });
});
