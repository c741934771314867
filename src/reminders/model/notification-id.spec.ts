import { expect, test } from '@jest/globals';
import { notificationIdOf } from './notification-id.js';
import type { ReminderKey } from './reminder-key.js';

const KEY: ReminderKey = {
  eventId: 1,
  userId: 2,
  minutesBefore: 30,
  method: 'log',
  originalStart: '2026-01-05T09:00:00',
  dueAt: new Date('2026-01-05T08:30:00Z'),
};

// A receiver recognises a repeated notification by its id, so the ids of earlier versions hold.
test('a notification keeps its identity', () => {
  expect(notificationIdOf(KEY)).toBe('8cfaa40e-62d0-5270-afad-92cba91bdc98');
});

test.each<Partial<ReminderKey>>([
  { eventId: 9 },
  { userId: 9 },
  { minutesBefore: 9 },
  { method: 'email' },
  { originalStart: '2026-01-06T09:00:00' },
  { dueAt: new Date('2026-01-05T08:31:00Z') },
])('another reminder has another identity: %j', (fields) => {
  expect(notificationIdOf({ ...KEY, ...fields })).not.toBe(notificationIdOf(KEY));
});
