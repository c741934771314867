import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { primaryCalendarOf, shareWithTenant } from '../../support/client/sharing.js';
import { bodyOf, WebhookBench } from '../../support/service/webhooks.js';

const TYPES = ['reminder.fired'] as const;

let bench: WebhookBench;
let ann: Account;
let bob: Account;

beforeAll(async () => {
  bench = await WebhookBench.start();
  const anyone = new Client(bench.application.url);
  ann = await signUp(anyone, 'ann');
  bob = await signUp(anyone, 'bob');
  await shareWithTenant(ann.client, await primaryCalendarOf(ann), 'none');
});
afterAll(async () => bench.close());

async function fireAt(instant: string): Promise<void> {
  bench.clock.set(instant);
  await bench.application.app.get(ReminderDispatcher).runDue();
}

test('a reminder that fires goes to the subscriptions of its user and of the tenant', async () => {
  await bench.subscribe({ types: [...TYPES], user_id: ann.id }, ann.client, '/ann');
  await bench.subscribe({ types: [...TYPES], user_id: bob.id }, bob.client, '/bob');
  await bench.subscribe({ types: [...TYPES] }, bench.backend, '/tenant');
  await bench.subscribe({ types: ['event.created'] }, bench.backend, '/others');
  await ann.client.patch(`/users/${ann.id}`, { default_reminders: [{ minutes_before: 10, method: 'log' }] });
  const { body: event } = await ann.client.create('/events', {
    title: 'Planning',
    organizer_user_id: ann.id,
    start_date: '2026-01-06T09:00:00Z',
    duration: 3_600,
    repeat: { frequency: 'daily', count: 2 },
  });
  await fireAt('2026-01-06T08:50:00Z');
  await bench.backend.patch(`/events/${event.id}`, { title: 'Review' });
  const calls = (await bench.calls()).filter(({ path }) => path !== '/others');
  expect(calls.map(({ path }) => path).toSorted()).toEqual(['/ann', '/tenant']);
  for (const call of calls) {
    expect(bodyOf(call)).toMatchObject({
      type: 'reminder.fired',
      sequence: 1,
      reminder: {
        user_id: ann.id,
        event_id: event.id,
        original_start: '2026-01-06T09:00:00Z',
        minutes_before: 10,
        method: 'log',
        start: '2026-01-06T09:00:00Z',
        end: '2026-01-06T10:00:00Z',
        due_at: '2026-01-06T08:50:00Z',
      },
      data: { id: event.id, title: 'Review' },
    });
  }
  // Each occurrence fires once, whichever instance fires it.
  await fireAt('2026-01-06T08:51:00Z');
  expect(await bench.calls()).toEqual([]);
});

test('a reminder of an event that the owner sees no more says so alone', async () => {
  await bench.backend.patch(`/users/${bob.id}`, {
    default_reminders: [{ minutes_before: 10, method: 'log' }],
  });
  const { body: event } = await bench.backend.create('/events', {
    title: 'Secret',
    organizer_user_id: ann.id,
    invited_user_ids: [bob.id],
    start_date: '2026-01-08T09:00:00Z',
    duration: 3_600,
  });
  await fireAt('2026-01-08T08:50:00Z');
  await bench.backend.patch(`/events/${event.id}`, { invited_user_ids: [] });
  const calls = await bench.calls();
  const own = calls.filter(({ path }) => path === '/bob').map(bodyOf);
  expect(own).toMatchObject([{ type: 'reminder.fired', data: { id: event.id, removed: true } }]);
  expect(JSON.stringify(own)).not.toContain('Secret');
});
