import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewReminder } from '../../../clients/typescript/src/schema.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { WebhookReceiver } from '../../support/servers/webhook-receiver.js';
import { ReminderBench } from '../../support/service/reminders.js';

const SECRET = 'a key that only the two of us know';

const smtp = new SmtpServer();
const receiver = new WebhookReceiver();
let bench: ReminderBench;
let url: string;
let ann: number;

beforeAll(async () => {
  url = `${await receiver.start()}/hook`;
  bench = await ReminderBench.start('2026-01-05T08:00:00Z', {
    SMTP_URL: await smtp.start(),
    SMTP_FROM: 'calendar@example.com',
    WEBHOOK_SECRET: SECRET,
    WEBHOOK_ALLOW_PRIVATE: 'true',
  });
});
afterAll(async () => {
  await bench.close();
  await smtp.stop();
  await receiver.stop();
});

beforeEach(async () => {
  await bench.query('TRUNCATE users, events, reminder_deliveries, outbox_messages CASCADE');
  bench.clock.set('2026-01-05T08:00:00Z');
  smtp.received.length = 0;
  receiver.received.length = 0;
  receiver.statuses.length = 0;
  ann = await bench.user('ann');
  await bench.client.patch(`/users/${ann}`, { time_zone: 'Europe/Moscow' });
});

async function remindBy(...defaultReminders: NewReminder[]): Promise<void> {
  const { status, body } = await bench.client.patch(`/users/${ann}`, {
    default_reminders: defaultReminders,
  });
  expect({ status, body }).toMatchObject({ status: 200 });
}

async function outcome(): Promise<object> {
  const rows = await bench.query('SELECT status, attempts, notification_id FROM reminder_deliveries');
  expect(rows).toHaveLength(1);
  return rows[0];
}

describe('a reminder by email', () => {
  beforeEach(async () => remindBy({ minutes_before: 10, method: 'email' }));

  test("says what, where, and when in the user's zone", async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z', { location: 'Room 5' });
    await bench.sendAt('2026-01-05T11:50:00Z');
    expect(smtp.received).toHaveLength(1);
    const [email] = smtp.received;
    expect(email.to).toBe('ann@example.com');
    expect(email.header('from')).toBe('calendar@example.com');
    expect(email.header('subject')).toBe('Reminder: Planning');
    expect(email.text).toBe('Planning\nMonday, 5 January 2026, 15:00 (Europe/Moscow)\nRoom 5\n');
    expect(await outcome()).toMatchObject({ status: 'fired', attempts: 1 });
  });

  test('of an occurrence that was moved and renamed says so', async () => {
    const { id } = await bench.event(ann, '2026-01-06T12:00:00Z', { repeat: { frequency: 'daily' } });
    await bench.client.patch(`/events/${id}/occurrences/2026-01-06T12:00:00Z?scope=this`, {
      title: 'Review',
      start_date: '2026-01-06T18:00:00Z',
    });
    await bench.sendAt('2026-01-06T17:50:00Z');
    expect(smtp.received[0].text).toBe('Review\nTuesday, 6 January 2026, 21:00 (Europe/Moscow)\n');
  });

  test('of an all-day event names the date in its own zone', async () => {
    await bench.event(ann, '2026-01-08', { all_day: true, duration: 1, time_zone: 'America/New_York' });
    await bench.sendAt('2026-01-08T04:50:00Z');
    expect(smtp.received[0].text).toBe('Planning\nThursday, 8 January 2026, all day\n');
  });

  test('that the server does not take is sent again, under the same Message-ID', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z');
    smtp.refusals = 1;
    await bench.sendAt('2026-01-05T11:50:00Z');
    expect(smtp.received).toEqual([]);
    await bench.sendAt('2026-01-05T11:50:14Z');
    expect(smtp.received).toEqual([]);
    await bench.sendAt('2026-01-05T11:50:15Z');
    const { notification_id: id } = (await outcome()) as { notification_id: string };
    expect(smtp.received.map((email) => email.header('message-id'))).toEqual([`<${id}@calendar.invalid>`]);
    expect(await outcome()).toMatchObject({ status: 'fired', attempts: 2 });
  });
});

describe('a reminder by webhook', () => {
  beforeEach(async () => remindBy({ minutes_before: 10, method: 'webhook', url }));

  test('is signed, with its time', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z');
    await bench.sendAt('2026-01-05T11:50:00Z');
    const [{ path, headers, body }] = receiver.received;
    const { notification_id: notificationId } = (await outcome()) as { notification_id: string };
    expect(path).toBe('/hook');
    expect(JSON.parse(body)).toEqual({
      type: 'reminder',
      notification_id: notificationId,
      user_id: ann,
      event_id: id,
      original_start: '2026-01-05T12:00:00Z',
      minutes_before: 10,
      start: '2026-01-05T12:00:00Z',
      end: '2026-01-05T13:00:00Z',
      title: 'Planning',
      location: null,
    });
    const timestamp = Date.parse('2026-01-05T11:50:00Z') / 1000;
    const signature = createHmac('sha256', SECRET)
      .update(`${notificationId}.${timestamp}.${body}`)
      .digest('base64');
    expect(headers).toMatchObject({
      'webhook-id': notificationId,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${signature}`,
    });
  });

  test('is sent again under its identity until it is taken, and no redirect is followed', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z');
    receiver.statuses.push(500, 302);
    await bench.sendAt('2026-01-05T11:50:00Z');
    await bench.sendAt('2026-01-05T11:50:15Z');
    await bench.sendAt('2026-01-05T11:51:15Z');
    await bench.sendAt('2026-01-05T11:59:00Z');
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook']);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(await outcome()).toMatchObject({ status: 'fired', attempts: 3 });
  });

  test('is given up after five attempts', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z');
    receiver.statuses.push(...Array.from({ length: 9 }, () => 503));
    for (const minute of ['50', '51', '53', '57']) await bench.sendAt(`2026-01-05T11:${minute}:30Z`);
    expect(await outcome()).toMatchObject({ status: 'queued', attempts: 4 });
    await bench.sendAt('2026-01-05T12:20:00Z');
    await bench.sendAt('2026-01-05T12:50:00Z');
    expect(await outcome()).toMatchObject({ status: 'failed', attempts: 5 });
    expect(receiver.received).toHaveLength(5);
  });

  test('is sent again where a process ended while it was sending', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z');
    await bench.at('2026-01-05T11:50:00Z');
    // As the process left it.
    await bench.query(
      `UPDATE outbox_messages SET attempts = 1, next_attempt_at = '2026-01-05T11:51:00Z', leased_until = '2026-01-05T11:51:00Z'
        WHERE status = 'pending'`,
    );
    await bench.sendAt('2026-01-05T11:50:59Z');
    expect(receiver.received).toEqual([]);
    await bench.sendAt('2026-01-05T11:51:00Z');
    expect(receiver.received).toHaveLength(1);
  });

  test.each([
    [
      'the event is cancelled',
      async (id: number) => bench.client.patch(`/events/${id}`, { status: 'cancelled' }),
    ],
    ['the event is deleted', async (id: number) => bench.client.delete(`/events/${id}`)],
    ['it is not wanted any more', async () => bench.client.patch(`/users/${ann}`, { default_reminders: [] })],
  ])('is withdrawn where %s between two attempts', async (_, change) => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z');
    receiver.statuses.push(503);
    await bench.sendAt('2026-01-05T11:50:00Z');
    await change(id);
    await bench.sendAt('2026-01-05T11:51:00Z');
    expect(receiver.received).toHaveLength(1);
    expect(await outcome()).toMatchObject({ status: 'withdrawn' });
  });

  test('is sent for the later part of a series that is split between two attempts', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z', { repeat: { frequency: 'daily' } });
    await bench.sendAt('2026-01-05T11:50:00Z');
    receiver.statuses.push(503);
    await bench.sendAt('2026-01-06T11:50:00Z');
    const path = `/events/${id}/occurrences/2026-01-06T12:00:00Z?scope=following` as const;
    const { body: later } = await bench.client.patch(path, { title: 'Later' });
    await bench.sendAt('2026-01-06T11:50:15Z');
    const sent = receiver.received.map(({ body }) => JSON.parse(body));
    expect(sent.map(({ event_id, title }) => [event_id, title])).toEqual([
      [id, 'Planning'],
      [id, 'Planning'],
      [later.event_id, 'Later'],
    ]);
    const ids = receiver.received.slice(1).map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });

  test('leaves the outbox with its user', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z');
    receiver.statuses.push(503);
    await bench.sendAt('2026-01-05T11:50:00Z');
    const messages = `SELECT FROM outbox_messages WHERE second_lane = 'reminders of user ${ann}'`;
    expect(await bench.query(messages)).toHaveLength(1);
    expect(await bench.client.delete(`/users/${ann}`)).toMatchObject({ status: 204 });
    expect(await bench.query(messages)).toEqual([]);
  });

  test('is missed where the occurrence is over between two attempts', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z', { duration: 60 });
    receiver.statuses.push(503);
    await bench.sendAt('2026-01-05T12:00:50Z');
    await bench.sendAt('2026-01-05T12:01:10Z');
    expect(receiver.received).toHaveLength(1);
    expect(await outcome()).toMatchObject({ status: 'missed' });
  });
});

describe('a webhook at an address that is not public', () => {
  let strict: ReminderBench;
  let bob: number;

  beforeAll(async () => {
    strict = await ReminderBench.start('2026-01-05T08:00:00Z', { WEBHOOK_SECRET: SECRET });
    bob = await strict.user('bob');
  });
  afterAll(async () => strict.close());

  test.each([
    'http://127.0.0.1/hook',
    'http://localhost:8080/',
    'https://api.localhost/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://2130706433/',
    'http://169.254.169.254/latest/meta-data',
    'http://10.1.2.3/',
    'https://user:password@93.184.216.34/',
    'ftp://93.184.216.34/',
    'file:///etc/passwd',
    'example.com',
    undefined,
  ])('is refused when it is set: %s', async (refused) => {
    const reminder = { minutes_before: 10, method: 'webhook', url: refused } as const;
    const { status, body } = await strict.client.patch(`/users/${bob}`, { default_reminders: [reminder] });
    expect(status).toBe(400);
    expect(body.errors[0].field).toBe('default_reminders.0.url');
  });

  test('is kept where it is public', async () => {
    const address = 'https://93.184.216.34/hook?a=1';
    const reminder = { minutes_before: 10, method: 'webhook', url: address } as const;
    const { status, body } = await strict.client.patch(`/users/${bob}`, { default_reminders: [reminder] });
    expect(status).toBe(200);
    expect(body.default_reminders).toEqual([reminder]);
  });
});
