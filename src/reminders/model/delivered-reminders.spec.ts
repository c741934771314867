import { describe, expect, test } from '@jest/globals';
import { DeliveredReminders } from './delivered-reminders.js';
import type { ReminderKey } from './reminder-key.js';

const NINE = '2026-01-05T09:00:00';
const TEN = '2026-01-05T10:00:00';
const DUE = new Date('2026-01-05T08:30:00Z');

function key(fields: Partial<ReminderKey> = {}): ReminderKey {
  return {
    eventId: 1,
    userId: 2,
    minutesBefore: 30,
    method: 'log',
    originalStart: NINE,
    dueAt: DUE,
    ...fields,
  };
}

const OTHERS: Partial<ReminderKey>[] = [
  { eventId: 9 },
  { userId: 9 },
  { minutesBefore: 9 },
  { method: 'email' },
];

describe('the delivered reminders', () => {
  test('name the original starts of what was due at an instant, in their order', () => {
    const delivered = new DeliveredReminders([key(), key({ originalStart: TEN })]);
    expect(delivered.originalStartsAt(key(), new Date(DUE))).toEqual([NINE, TEN]);
  });

  test('name none that was due at another instant', () => {
    expect(new DeliveredReminders([key()]).originalStartsAt(key(), new Date(DUE.getTime() + 1))).toEqual([]);
  });

  test('have an occurrence, whenever its reminder was due', () => {
    const delivered = new DeliveredReminders([key({ dueAt: new Date(0) })]);
    expect(delivered.hasOccurrence(key(), NINE)).toBe(true);
    expect(delivered.hasOccurrence(key(), TEN)).toBe(false);
  });

  test.each(OTHERS)('of other reminders do not count: %j', (fields) => {
    const delivered = new DeliveredReminders([key(fields)]);
    expect(delivered.originalStartsAt(key(), DUE)).toEqual([]);
    expect(delivered.hasOccurrence(key(), NINE)).toBe(false);
  });
});
