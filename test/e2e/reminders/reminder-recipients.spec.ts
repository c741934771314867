import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { MAX_EMAILS_OF_USER_A_DAY } from '../../../src/users/model/reminder.js';
import { type Account, signUp, verifyEmail } from '../../support/client/account.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { ReminderBench } from '../../support/service/reminders.js';

const BY_EMAIL = { minutes_before: 10, method: 'email' } as const;

const smtp = new SmtpServer();
let bench: ReminderBench;
let strict: ReminderBench;
let names = 0;

beforeAll(async () => {
  const SMTP_URL = await smtp.start();
  bench = await ReminderBench.start('2026-01-05T08:00:00Z', { SMTP_URL });
  strict = await ReminderBench.start('2026-01-05T08:00:00Z', { SMTP_URL, AUTH_MODE: 'required' });
});
afterAll(async () => {
  await bench.close();
  await strict.close();
  await smtp.stop();
});
beforeEach(() => {
  for (const { clock } of [bench, strict]) clock.set('2026-01-05T08:00:00Z');
  smtp.received.length = 0;
});

async function account(): Promise<Account> {
  names += 1;
  const signedUp = await signUp(strict.client, `user-${names}`);
  const path = `/users/${signedUp.id}`;
  expect((await signedUp.client.patch(path, { default_reminders: [BY_EMAIL] })).status).toBe(200);
  return signedUp;
}

async function verify(user: Account): Promise<void> {
  await verifyEmail(user, smtp);
  smtp.received.length = 0;
}

async function createEvent(organizer: Account, more: Partial<NewEvent> = {}) {
  const { status, body } = await organizer.client.post('/events', {
    title: 'Planning',
    organizer_user_id: organizer.id,
    start_date: '2026-01-05T12:00:00Z',
    duration: 3600,
    ...more,
  });
  expect(status).toBe(201);
  return body;
}

async function remindedAt(instant: string): Promise<string[]> {
  smtp.received.length = 0;
  await strict.sendAt(instant);
  return smtp.received.map(({ to }) => to).toSorted();
}

describe('a reminder by email', () => {
  test('goes to an address that its user has verified, and to no other', async () => {
    const [verified, unverified] = [await account(), await account()];
    await verify(verified);
    for (const organizer of [verified, unverified]) await createEvent(organizer);
    expect(await remindedAt('2026-01-05T11:50:00Z')).toEqual([verified.email]);
    const rows = await strict.query(
      `SELECT status FROM reminder_deliveries WHERE user_id IN (${verified.id}, ${unverified.id}) ORDER BY user_id`,
    );
    expect(rows).toEqual([{ status: 'fired' }, { status: 'withdrawn' }]);
  });

  test('does not go to a new address until that is verified', async () => {
    const user = await account();
    await verify(user);
    const email = 'victim@example.com';
    const current_password = 'correct horse battery staple';
    expect((await user.client.patch(`/users/${user.id}`, { email, current_password })).status).toBe(200);
    await createEvent(user);
    expect(await remindedAt('2026-01-05T11:50:00Z')).toEqual([]);
  });

  test('goes to any address in optional mode', async () => {
    const ann = await bench.user('ann', [BY_EMAIL]);
    await bench.event(ann, '2026-01-05T12:00:00Z');
    await bench.sendAt('2026-01-05T11:50:00Z');
    expect(smtp.received.map(({ to }) => to)).toEqual(['ann@example.com']);
  });
});

describe('of an invitation, a reminder by email', () => {
  let organizer: Account;
  let invited: Account;

  beforeEach(async () => {
    [organizer, invited] = [await account(), await account()];
    await organizer.client.patch(`/users/${organizer.id}`, { default_reminders: [] });
    await verify(invited);
  });

  async function answer(event: BookedEvent, verb: InviteVerb, body?: Answer): Promise<void> {
    const { status } = await invited.client.post(
      `/event-invites/${event.attendees[1].invite_id}:${verb}`,
      body,
    );
    expect(status).toBe(200);
  }

  test('does not go out while it is a stranger’s and unanswered', async () => {
    await createEvent(organizer, { invited_user_ids: [invited.id] });
    expect(await remindedAt('2026-01-05T11:50:00Z')).toEqual([]);
  });

  test.each(['accept', 'tentative'] as const)('goes out after an answer: %s', async (verb) => {
    await answer(await createEvent(organizer, { invited_user_ids: [invited.id] }), verb);
    expect(await remindedAt('2026-01-05T11:50:00Z')).toEqual([invited.email]);
  });

  test('goes out for the occurrence that was answered alone', async () => {
    const event = await createEvent(organizer, {
      invited_user_ids: [invited.id],
      repeat: { frequency: 'daily' },
    });
    await answer(event, 'tentative', { original_start: '2026-01-06T12:00:00Z' });
    expect(await remindedAt('2026-01-05T11:50:00Z')).toEqual([]);
    expect(await remindedAt('2026-01-06T11:50:00Z')).toEqual([invited.email]);
  });

  test('goes out unanswered where the two share an event that both attend', async () => {
    const shared = await createEvent(organizer, {
      invited_user_ids: [invited.id],
      start_date: '2026-02-05T12:00:00Z',
    });
    await answer(shared, 'accept');
    await createEvent(organizer, { invited_user_ids: [invited.id] });
    expect(await remindedAt('2026-01-05T11:50:00Z')).toEqual([invited.email]);
  });
});

test('a user gets so many emails a day, and no more', async () => {
  const bob = await bench.user('bob', [BY_EMAIL]);
  for (let index = 0; index < MAX_EMAILS_OF_USER_A_DAY + 1; index += 1)
    await bench.event(bob, '2026-01-05T14:00:00Z');
  await bench.event(bob, '2026-01-07T14:00:00Z');
  await bench.sendAt('2026-01-05T13:50:00Z');
  expect(smtp.received).toHaveLength(MAX_EMAILS_OF_USER_A_DAY);
  const rows = await bench.query(
    `SELECT status, count(*)::integer FROM reminder_deliveries WHERE user_id = ${bob} GROUP BY status ORDER BY status`,
  );
  expect(rows).toEqual([
    { status: 'fired', count: MAX_EMAILS_OF_USER_A_DAY },
    { status: 'withdrawn', count: 1 },
  ]);
  await bench.sendAt('2026-01-07T13:50:00Z');
  expect(smtp.received).toHaveLength(MAX_EMAILS_OF_USER_A_DAY + 1);
});
