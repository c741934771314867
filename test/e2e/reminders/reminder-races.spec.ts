import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { BookedEvent } from '../../../clients/typescript/src/schema.js';
import type { ServiceResponse } from '../../support/client/client.js';
import { ReminderBench } from '../../support/service/reminders.js';

const TEN_BEFORE = { minutes_before: 10, method: 'log' } as const;
const CLIENTS = 4;
const RENAMES = 40;

let bench: ReminderBench;
let ann: number;
let bob: number;
let event: BookedEvent;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z');
  ann = await bench.user('ann', [TEN_BEFORE]);
  bob = await bench.user('bob', [TEN_BEFORE]);
  event = await bench.event(ann, '2026-01-06T10:00:00Z', {
    invited_user_ids: [bob],
    repeat: { frequency: 'daily' },
  });
});
afterAll(async () => bench.close());

/** Repeats a request until `work` has ended. @returns the statuses of all */
async function beside(
  work: () => Promise<number[]>,
  request: () => Promise<ServiceResponse>,
): Promise<number[]> {
  const over = new AbortController();
  const clients = Array.from({ length: CLIENTS }, async () => {
    const statuses: number[] = [];
    while (!over.signal.aborted) statuses.push((await request()).status);
    return statuses;
  });
  const statuses = await work().finally(() => over.abort());
  return [...statuses, ...(await Promise.all(clients)).flat()];
}

async function renames(): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < RENAMES; index += 1)
    statuses.push((await bench.client.patch(`/events/${event.id}`, { title: `Planning ${index}` })).status);
  return statuses;
}

describe('the renames of an organizer succeed while an attendee', () => {
  test.each<[string, () => Promise<ServiceResponse>]>([
    [
      'saves the same defaults',
      async () => bench.client.patch(`/users/${bob}`, { default_reminders: [TEN_BEFORE] }),
    ],
    [
      'saves the same reminders of the event',
      async () =>
        bench.client.put(`/users/${bob}/events/${event.id}/reminders`, {
          use_default: false,
          overrides: [TEN_BEFORE],
        }),
    ],
    ['accepts', async () => bench.client.post(`/event-invites/${event.attendees[1].invite_id}:accept`)],
    [
      'answers one occurrence',
      async () =>
        bench.client.post(`/event-invites/${event.attendees[1].invite_id}:accept`, {
          original_start: '2026-01-07T10:00:00Z',
        }),
    ],
  ])('%s', async (_, request) => {
    const statuses = await beside(renames, request);
    expect(statuses.length).toBeGreaterThan(RENAMES);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-06T09:50:00Z', '2026-01-06T09:50:00Z']);
  });
});

async function splits(): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < RENAMES / 4; index += 1) {
    const { id } = await bench.event(ann, '2026-01-06T12:00:00Z', {
      invited_user_ids: [bob],
      repeat: { frequency: 'daily' },
    });
    const split = `/events/${id}/occurrences/2026-01-08T12:00:00Z?scope=following`;
    statuses.push((await bench.client.patch(split, { title: 'Later ones' })).status);
    statuses.push((await bench.client.patch(`/events/${id}`, { invited_user_ids: [] })).status);
    statuses.push((await bench.client.delete(`/events/${id}`)).status);
  }
  return statuses;
}

test('events are created, split and deleted while an attendee saves the same defaults', async () => {
  const statuses = await beside(splits, async () =>
    bench.client.patch(`/users/${bob}`, { default_reminders: [TEN_BEFORE] }),
  );
  expect(new Set(statuses)).toEqual(new Set([200, 204]));
});
