import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent, NewReminder } from '../../../clients/typescript/src/schema.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { WebhookReceiver } from '../../support/servers/webhook-receiver.js';
import { ReminderBench } from '../../support/service/reminders.js';

const smtp = new SmtpServer();
const receiver = new WebhookReceiver();
let bench: ReminderBench;
let url: string;

beforeAll(async () => {
  url = `${await receiver.start()}/hook`;
  bench = await ReminderBench.start('2026-01-05T08:00:00Z', {
    SMTP_URL: await smtp.start(),
    SMTP_FROM: 'calendar@example.com',
    WEBHOOK_SECRET: 'a key that only the two of us know',
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
});

/** Creates users of New York and Tokyo, each with reminders by each method an hour before. @returns the ids */
async function everyone(): Promise<[ann: number, bob: number]> {
  const before = { minutes_before: 60 };
  const reminders: NewReminder[] = [
    { ...before, method: 'log' },
    { ...before, method: 'email' },
    { ...before, method: 'webhook', url },
  ];
  const [ann, bob] = [await bench.user('ann', reminders), await bench.user('bob', reminders)];
  await bench.client.patch(`/users/${ann}`, { time_zone: 'America/New_York' });
  await bench.client.patch(`/users/${bob}`, { time_zone: 'Asia/Tokyo' });
  return [ann, bob];
}

/** Creates an event of the first user, which the other one accepts. @returns the id */
async function planned(
  [ann, bob]: readonly number[],
  start: string,
  fields: Partial<NewEvent>,
): Promise<number> {
  const { id, attendees } = await bench.event(ann ?? 0, start, { invited_user_ids: [bob ?? 0], ...fields });
  const invite = attendees.find(({ user }) => user?.id === bob)?.invite_id ?? 0;
  await bench.client.post(`/event-invites/${invite}:accept`, {});
  return id;
}

/** The reminders of each method that are sent by an instant: those of the log by user, the mails, and the webhooks. */
async function sentBy(instant: string) {
  const [logged, mailed, posted] = [
    bench.output.lines.length,
    smtp.received.length,
    receiver.received.length,
  ];
  await bench.sendAt(instant);
  return {
    log: bench.output.lines.slice(logged).map(({ user_id, start, due_at }) => ({ user_id, start, due_at })),
    mail: smtp.received.slice(mailed).map(({ to, text }) => [to, text]),
    webhook: receiver.received.slice(posted).map(({ body }) => JSON.parse(body)),
  };
}

const NOTHING = { log: [], mail: [], webhook: [] };

describe.each<[string, Partial<NewEvent>]>([
  ['a floating day', {}],
  ['a series of floating days', { repeat: { frequency: 'weekly' } }],
])('the reminders of %s', (_, fields) => {
  test('are sent by each method an hour before the day of each attendee', async () => {
    const [ann, bob] = await everyone();
    const id = await planned([ann, bob], '2026-01-08', { all_day: true, duration: 1, ...fields });
    const times = { event_id: id, original_start: '2026-01-08', start: '2026-01-08', end: '2026-01-09' };
    const text = 'Planning\nThursday, 8 January 2026, all day\n';
    expect(await sentBy('2026-01-07T13:59:59Z')).toEqual(NOTHING);
    expect(await sentBy('2026-01-07T14:00:00Z')).toMatchObject({
      log: [{ user_id: bob, start: '2026-01-08', due_at: '2026-01-07T14:00:00Z' }],
      mail: [['bob@example.com', text]],
      webhook: [{ ...times, user_id: bob }],
    });
    expect(await sentBy('2026-01-08T03:59:59Z')).toEqual(NOTHING);
    expect(await sentBy('2026-01-08T04:00:00Z')).toMatchObject({
      log: [{ user_id: ann, start: '2026-01-08', due_at: '2026-01-08T04:00:00Z' }],
      mail: [['ann@example.com', text]],
      webhook: [{ ...times, user_id: ann }],
    });
  });
});

describe.each<[string, Partial<NewEvent>]>([
  ['an event of no length', {}],
  ['a series of no length', { repeat: { frequency: 'weekly' } }],
])('the reminders of %s', (_, fields) => {
  test('are sent by each method an hour before the instant, which is the same for each attendee', async () => {
    const [ann, bob] = await everyone();
    const start = '2026-01-08T12:00:00Z';
    const id = await planned([ann, bob], start, { duration: 0, ...fields });
    expect(await sentBy('2026-01-08T10:59:59Z')).toEqual(NOTHING);
    const sent = await sentBy('2026-01-08T11:00:00Z');
    expect(sent.log).toEqual(
      [ann, bob].map((user) => ({ user_id: user, start, due_at: '2026-01-08T11:00:00Z' })),
    );
    expect(new Map(sent.mail.map(([to, text]) => [to, text]))).toEqual(
      new Map([
        ['ann@example.com', 'Planning\nThursday, 8 January 2026, 07:00 (America/New_York)\n'],
        ['bob@example.com', 'Planning\nThursday, 8 January 2026, 21:00 (Asia/Tokyo)\n'],
      ]),
    );
    expect(sent.mail).toHaveLength(2);
    expect(sent.webhook).toHaveLength(2);
    for (const body of sent.webhook)
      expect(body).toMatchObject({ event_id: id, original_start: start, start, end: start });
    expect(await sentBy('2026-01-09T12:00:00Z')).toEqual(NOTHING);
  });
});
