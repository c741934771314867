import { describe, expect, test } from '@jest/globals';
import type { OutboxMessage } from '../../outbox/model/outbox-message.js';
import type { NewDelivery } from './reminder-records.js';
import { queuedMessage, referenceOf } from './reminder-topics.js';

const DELIVERY: NewDelivery = {
  eventId: 1,
  originalStart: '2026-01-05T12:00:00',
  userId: 5,
  minutesBefore: 10,
  method: 'webhook',
  notificationId: '4f2c8c0e-6f0f-5c57-9a53-0d4a5e1b0c11',
  status: 'queued',
  url: 'https://hooks.example.com:8443/a?b=c',
  dueAt: new Date('2026-01-05T11:50:00Z'),
  recordedAt: new Date('2026-01-05T11:50:00.123Z'),
};

describe('the message of a delivery', () => {
  test.each([
    ['https://hooks.example.com:8443/a?b=c', 'reminders to hooks.example.com'],
    ['http://hooks.example.com./a', 'reminders to hooks.example.com'],
    ['http://[::1]:80/', 'reminders to [::1]'],
  ])('by webhook to %s is in the lane of the host, and of the user', (url, lane) => {
    expect(queuedMessage({ ...DELIVERY, url })).toMatchObject({ lane, secondLane: 'reminders of user 5' });
  });

  test('by email is in the lane of the user', () => {
    const email = queuedMessage({ ...DELIVERY, method: 'email', url: null });
    expect(email).toMatchObject({ lane: 'reminders of user 5', secondLane: null });
  });

  test('refers to the delivery, also as JSON', () => {
    const payload: unknown = JSON.parse(JSON.stringify(queuedMessage(DELIVERY).payload));
    const { notificationId, recordedAt } = DELIVERY;
    expect(referenceOf({ payload } as OutboxMessage)).toEqual({ notificationId, recordedAt });
  });

  test('has the attempts that were made before', () => {
    expect(queuedMessage(DELIVERY).attempts).toBe(0);
    expect(queuedMessage({ ...DELIVERY, attempts: 3 }).attempts).toBe(3);
  });
});
