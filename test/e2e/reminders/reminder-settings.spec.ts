import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { ReminderBench } from '../../support/service/reminders.js';

const LOG_10 = { minutes_before: 10, method: 'log' } as const;
const LOG_60 = { minutes_before: 60, method: 'log' } as const;

let bench: ReminderBench;
let ann: number;
let bob: number;
let eventId: number;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z');
  ann = await bench.user('ann', [LOG_10]);
  bob = await bench.user('bob');
  eventId = (await bench.event(ann, '2026-01-05T12:00:00Z', { invited_user_ids: [bob] })).id;
});
afterAll(async () => bench.close());

describe('default reminders', () => {
  test('are none for a new user who names none, and log where no method is named', async () => {
    expect((await bench.client.get(`/users/${bob}`)).body.default_reminders).toEqual([]);
    const { body } = await bench.client.patch(`/users/${ann}`, {
      default_reminders: [{ minutes_before: 10 }],
    });
    expect(body.default_reminders).toEqual([LOG_10]);
  });

  test.each([
    ['a sixth', [0, 1, 2, 3, 4, 5].map((minutes) => ({ minutes_before: minutes })), 'default_reminders'],
    ['more than four weeks', [{ minutes_before: 40_321 }], 'default_reminders.0.minutes_before'],
    ['less than none', [{ minutes_before: -1 }], 'default_reminders.0.minutes_before'],
    ['a method that is none', [{ minutes_before: 1, method: 'sms' }], 'default_reminders.0.method'],
    ['the same twice', [LOG_10, LOG_60, LOG_10], 'default_reminders.2'],
    ['a url for a line of the log', [{ ...LOG_10, url: 'https://example.com' }], 'default_reminders.0.url'],
    ['email without SMTP_URL', [{ minutes_before: 1, method: 'email' }], 'default_reminders.0.method'],
    [
      'a webhook without WEBHOOK_SECRET',
      [{ minutes_before: 1, method: 'webhook', url: 'https://93.184.216.34/' }],
      'default_reminders.0.method',
    ],
    ['null', null, 'default_reminders'],
  ])('refuse %s', async (_, reminders, field) => {
    const { status, body } = await bench.client.send('PATCH', `/users/${ann}`, {
      default_reminders: reminders,
    });
    expect(status).toBe(400);
    expect(body.errors.map((error) => error.field)).toContain(field);
  });

  test('may be as early as four weeks, and five', async () => {
    const method = 'log' as const;
    const reminders = [0, 1, 2, 3, 40_320].map((minutes) => ({ minutes_before: minutes, method }));
    const { status, body } = await bench.client.patch(`/users/${ann}`, { default_reminders: reminders });
    expect(status).toBe(200);
    expect(body.default_reminders).toEqual(reminders);
    await bench.client.patch(`/users/${ann}`, { default_reminders: [LOG_10] });
  });
});

function path(userId: number): string {
  return `/users/${userId}/events/${eventId}/reminders`;
}

describe('the reminders of an event', () => {
  test("are the user's defaults at first", async () => {
    expect(await bench.client.get(path(ann))).toMatchObject({
      status: 200,
      body: { use_default: true, overrides: [], reminders: [LOG_10] },
    });
  });

  test('are each attendee’s own', async () => {
    const said = await bench.client.put(path(bob), { use_default: false, overrides: [LOG_60] });
    expect(said).toMatchObject({
      status: 200,
      body: { use_default: false, overrides: [LOG_60], reminders: [LOG_60] },
    });
    expect((await bench.client.get(path(ann))).body).toMatchObject({
      use_default: true,
      reminders: [LOG_10],
    });
    expect(await bench.dueAt(eventId)).toEqual(['2026-01-05T11:00:00Z', '2026-01-05T11:50:00Z']);
  });

  test('may be none, and the defaults again', async () => {
    const none = await bench.client.put(path(ann), { use_default: false, overrides: [] });
    expect(none.body).toEqual({ use_default: false, overrides: [], reminders: [] });
    expect(await bench.dueAt(eventId)).toEqual(['2026-01-05T11:00:00Z']);
    const again = await bench.client.put(path(ann), { use_default: true });
    expect(again.body).toEqual({ use_default: true, overrides: [], reminders: [LOG_10] });
    expect(await bench.dueAt(eventId)).toEqual(['2026-01-05T11:00:00Z', '2026-01-05T11:50:00Z']);
  });

  test.each([
    ['neither word', {}, 'use_default'],
    ['no overrides instead of the defaults', { use_default: false }, 'overrides'],
    ['overrides beside the defaults', { use_default: true, overrides: [LOG_10] }, 'overrides'],
    ['the same twice', { use_default: false, overrides: [LOG_10, LOG_10] }, 'overrides.1'],
    [
      'email without SMTP_URL',
      { use_default: false, overrides: [{ ...LOG_10, method: 'email' }] },
      'overrides.0.method',
    ],
  ])('refuse %s', async (_, body, field) => {
    const refused = await bench.client.put(path(ann), body);
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].field).toBe(field);
  });

  test('are refused for a user who does not attend the event', async () => {
    const eve = await bench.user('eve');
    const refusal = {
      status: 404,
      body: { code: 'attendee_not_found', detail: `User ${eve} does not attend event ${eventId}.` },
    };
    expect(await bench.client.get(path(eve))).toMatchObject(refusal);
    expect(await bench.client.put(path(eve), { use_default: true })).toMatchObject(refusal);
    expect((await bench.client.get(path(999))).status).toBe(404);
  });
});

describe('reminders are private to their user', () => {
  let account: Account;
  let other: Account;
  let theirs: `/users/${number}/events/${number}/reminders`;

  beforeAll(async () => {
    account = await signUp(bench.client, 'private');
    other = await signUp(bench.client, 'other');
    await account.client.patch(`/users/${account.id}`, { default_reminders: [LOG_10] });
    const event = { title: 'Planning', start_date: '2026-01-05T12:00:00Z', duration: 3600 };
    const { body } = await account.client.create('/events', { ...event, organizer_user_id: account.id });
    theirs = `/users/${account.id}/events/${body.id}/reminders`;
  });

  test('which only they read and set', async () => {
    expect((await account.client.get(theirs)).body.reminders).toEqual([LOG_10]);
    expect((await account.client.put(theirs, { use_default: true })).status).toBe(200);
  });

  test('refuse the token of another user, and a request without one', async () => {
    for (const [client, status] of [
      [other.client, 403],
      [bench.client, 401],
    ] as const) {
      expect((await client.get(theirs)).status).toBe(status);
      expect((await client.put(theirs, { use_default: true })).status).toBe(status);
    }
  });

  test('whose defaults nobody else sees', async () => {
    const ofUser = `/users/${account.id}`;
    expect((await account.client.get(ofUser)).body).toHaveProperty('default_reminders', [LOG_10]);
    for (const client of [other.client, bench.client]) {
      expect((await client.get(ofUser)).body).not.toHaveProperty('default_reminders');
      const [found] = (await client.get(`/users?email=${account.email}`)).body;
      expect(found).toMatchObject({ id: account.id });
      expect(found).not.toHaveProperty('default_reminders');
    }
  });

  test('whose part in a private event stays hidden from calls without a token', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z', { visibility: 'private' });
    expect((await bench.client.get(`/users/${ann}/events/${id}/reminders`)).status).toBe(404);
  });

  test('whose refusal does not tell whether the user attends a private event', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z', {
      visibility: 'private',
      invited_user_ids: [bob],
    });
    for (const user of [bob, account.id]) {
      const client = user === account.id ? account.client : bench.client;
      const refused = await client.get(`/users/${user}/events/${id}/reminders`);
      expect(refused).toMatchObject({
        status: 404,
        body: { code: 'event_not_found', detail: `No event ${id}.` },
      });
    }
  });
});
