import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The requests of the contract's first section, in their order, as they are written there. */
describe("the user's document", () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
  });
  afterAll(async () => application.close());

  test('creates a user', async () => {
    const { status, body } = await client.post('/users', {
      name: 'ishcherbina',
      email: 'ishcherbina@example.com',
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: 1, name: 'ishcherbina', email: 'ishcherbina@example.com' });
    expect(body.created_at).toMatch(INSTANT);
  });

  test('creates the event', async () => {
    const { status, body } = await client.send(
      'POST',
      '/events',
      `{ "title": "event2", "desc": "description2", "start_date": "2022-09-06T14:16:47.878689Z",
         "invited_user_ids": [], "organizer_user_id": 1, "duration": 6000,
         "repeat": { "frequency": "weekly", "days_of_week": [1, 2, 3] } }`,
    );
    expect(status).toBe(201);
    expect(body.id).toBe(1);
  });

  test('reads the event', async () => {
    const { status, body } = await client.get('/events/1');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: 1,
      title: 'event2',
      description: 'description2',
      duration: 6000,
      attendees: [
        {
          status: 'organizer',
          user: {
            id: 1,
            name: 'ishcherbina',
            email: 'ishcherbina@example.com',
            created_at: expect.stringMatching(INSTANT),
            updated_at: expect.stringMatching(INSTANT),
          },
          created_at: expect.stringMatching(INSTANT),
          updated_at: expect.stringMatching(INSTANT),
        },
      ],
      rrule: 'DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE',
      created_at: expect.stringMatching(INSTANT),
      updated_at: expect.stringMatching(INSTANT),
    });
  });

  test("lists a user's events in a window, and none where there is none", async () => {
    const listed = await client.get('/users/1/events?from=2022-09-06T00:00:00Z&to=2022-09-13T00:00:00Z');
    expect(listed.status).toBe(200);
    expect(listed.body).toHaveLength(1);
    expect(listed.body[0]).toMatchObject({
      id: 1,
      occurrences: [
        {
          start: '2022-09-06T14:16:47Z',
          end: '2022-09-06T15:56:47Z',
          original_start: '2022-09-06T14:16:47Z',
        },
        { start: '2022-09-07T14:16:47Z', end: '2022-09-07T15:56:47Z' },
        { start: '2022-09-12T14:16:47Z', end: '2022-09-12T15:56:47Z' },
      ],
    });
    const none = await client.get('/users/1/events?from=2022-08-01T00:00:00Z&to=2022-09-01T00:00:00Z');
    expect(none).toMatchObject({ status: 200, body: [] });
  });

  test('finds the nearest interval in which both are free', async () => {
    await client.create('/users', { name: 'second', email: 'second@example.com' });
    const path = '/events:nearest-empty-time-interval?duration=1h&user_ids=1&user_ids=2';
    const { status, body } = await client.get(`${path}&from=2022-09-06T14:00:00Z`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ start: '2022-09-06T15:56:47Z', end: '2022-09-06T16:56:47Z' });
    const now = await client.get(path);
    expect(now.status).toBe(200);
    expect(Date.parse(now.body.end ?? '') - Date.parse(now.body.start ?? '')).toBe(3_600_000);
    const escaped = await client.get(path.replace(':', '%3A').replace('&user_ids=2', ''));
    expect(escaped.status).toBe(200);
  });

  test('accepts and declines an invite', async () => {
    const { body: event } = await client.create('/events', {
      title: 'Planning',
      start_date: '2022-09-08T10:00:00Z',
      duration: 3600,
      organizer_user_id: 1,
      invited_user_ids: [2],
    });
    const inviteId = event.attendees[1].invite_id;
    for (const [action, status] of [
      [':accept', 'accepted'],
      [':decline', 'declined'],
      ['%3Aaccept', 'accepted'],
    ]) {
      const answered = await client.post(`/event-invites/${inviteId}${action}`);
      expect(answered).toMatchObject({
        status: 200,
        body: { id: inviteId, event_id: event.id, user_id: 2, status },
      });
    }
  });
});
