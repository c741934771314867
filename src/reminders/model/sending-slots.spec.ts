import { describe, expect, test } from '@jest/globals';
import {
  MAX_AT_ONCE_OF_USER,
  MAX_AT_ONCE_TO_HOST,
  MAX_EMAILS_AT_ONCE,
  MAX_WEBHOOKS_AT_ONCE,
  type Sending,
  SendingSlots,
} from './sending-slots.js';

function webhook(userId: number, host = `host-${userId}`): Sending {
  return { userId, host, method: 'webhook' };
}

function email(userId: number): Sending {
  return { userId, host: null, method: 'email' };
}

function list(count: number, of: (index: number) => Sending): Sending[] {
  return Array.from({ length: count }, (_, index) => of(index));
}

describe('deliveries that start together', () => {
  test.each<[string, (index: number) => Sending, number]>([
    ['of one user', (index) => webhook(1, `host-${index}`), MAX_AT_ONCE_OF_USER],
    ['of one user by email', () => email(1), MAX_AT_ONCE_OF_USER],
    ['to one host', (index) => webhook(index, 'host'), MAX_AT_ONCE_TO_HOST],
    ['by webhook', (index) => webhook(index), MAX_WEBHOOKS_AT_ONCE],
    ['by email', (index) => email(index), MAX_EMAILS_AT_ONCE],
  ])('%s are so many, and no more', (_, of, most) => {
    const due = list(most + 1, of);
    expect(new SendingSlots().admissible(due)).toEqual(due.slice(0, most));
  });

  test('are those of others where a user has many before them', () => {
    const others = [webhook(2), webhook(3)];
    const due = [...list(50, (index) => webhook(1, `slow-${index}`)), ...others];
    expect(new SendingSlots().admissible(due).slice(-2)).toEqual(others);
  });
});

describe('beside what is under way', () => {
  test('there is a slot for others, and again for the same when one ends', () => {
    const slots = new SendingSlots();
    const [first, second] = [webhook(1, 'host'), webhook(1, 'host')];
    slots.take(first);
    expect(slots.free).toEqual({ methods: ['webhook', 'email'], exceptUserIds: [], exceptHosts: [] });
    expect(slots.admissible([second, webhook(1, 'other'), webhook(2, 'host')])).toEqual([second]);
    slots.take(second);
    expect(slots.free).toMatchObject({ exceptUserIds: [1], exceptHosts: ['host'] });
    slots.release(first);
    expect(slots.admissible([webhook(2, 'host')])).toHaveLength(1);
  });

  test('there is no slot for a method that has its most deliveries under way', () => {
    const slots = new SendingSlots();
    for (const sending of list(MAX_WEBHOOKS_AT_ONCE, webhook)) slots.take(sending);
    expect(slots.free.methods).toEqual(['email']);
  });
});
