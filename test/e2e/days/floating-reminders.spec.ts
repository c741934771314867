import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { ReminderBench } from '../../support/service/reminders.js';

const HOUR_BEFORE = { minutes_before: 60, method: 'log' } as const;
const DAY = { all_day: true, duration: 1 } as const;

let bench: ReminderBench;
let ann: number;
let bob: number;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z');
});
afterAll(async () => bench.close());

beforeEach(async () => {
  await bench.query('TRUNCATE users, events, reminder_deliveries, outbox_messages CASCADE');
  bench.clock.set('2026-01-05T08:00:00Z');
  ann = await bench.user('ann', [HOUR_BEFORE]);
  bob = await bench.user('bob', [HOUR_BEFORE]);
  await bench.client.patch(`/users/${ann}`, { time_zone: 'America/New_York' });
  await bench.client.patch(`/users/${bob}`, { time_zone: 'Asia/Tokyo' });
});

test('each attendee of a floating day is reminded before the own day', async () => {
  const event = await bench.event(ann, '2026-01-10', { ...DAY, invited_user_ids: [bob] });
  expect(await bench.dueAt(event.id)).toEqual(['2026-01-09T14:00:00Z', '2026-01-10T04:00:00Z']);
  const times = { original_start: '2026-01-10', start: '2026-01-10', end: '2026-01-11' };
  expect(await bench.at('2026-01-09T14:00:00Z')).toMatchObject([{ ...times, user_id: bob }]);
  expect(await bench.at('2026-01-10T04:00:00Z')).toMatchObject([{ ...times, user_id: ann }]);
});

test('a series of floating days goes on with the own days of each attendee', async () => {
  const event = await bench.event(ann, '2026-01-10', {
    ...DAY,
    repeat: { frequency: 'daily' },
    invited_user_ids: [bob],
  });
  await bench.at('2026-01-10T04:00:00Z');
  expect(await bench.dueAt(event.id)).toEqual(['2026-01-10T14:00:00Z', '2026-01-11T04:00:00Z']);
  expect(await bench.at('2026-01-11T04:00:00Z')).toMatchObject([
    { user_id: bob, start: '2026-01-11' },
    { user_id: ann, start: '2026-01-11' },
  ]);
});

test('reminders of floating days move with a user who moves to another zone, and no others', async () => {
  const floating = await bench.event(ann, '2026-01-10', DAY);
  const pinned = await bench.event(ann, '2026-01-10', { ...DAY, floating: false });
  const timed = await bench.event(ann, '2026-01-10T12:00:00Z');
  await bench.client.patch(`/users/${ann}`, { time_zone: 'Asia/Tokyo' });
  expect(await bench.dueAt(floating.id)).toEqual(['2026-01-09T14:00:00Z']);
  expect(await bench.dueAt(pinned.id)).toEqual(['2026-01-10T04:00:00Z']);
  expect(await bench.dueAt(timed.id)).toEqual(['2026-01-10T11:00:00Z']);
  expect(await bench.at('2026-01-09T14:00:00Z')).toMatchObject([
    { event_id: floating.id, start: '2026-01-10' },
  ]);
});

test('a day whose reminder has fired is not reminded of again in a zone where it starts earlier', async () => {
  const event = await bench.event(ann, '2026-01-10', { ...DAY, repeat: { frequency: 'daily', count: 2 } });
  expect(await bench.at('2026-01-10T04:00:00Z')).toHaveLength(1);
  await bench.client.patch(`/users/${ann}`, { time_zone: 'Asia/Tokyo' });
  expect(await bench.dueAt(event.id)).toEqual(['2026-01-10T14:00:00Z']);
});
