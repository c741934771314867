import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import type { RequestBody } from '../../support/client/documented-body.js';
import { ReminderBench, type ReminderLine } from '../../support/service/reminders.js';

const TEN_BEFORE = { minutes_before: 10, method: 'log' } as const;
const WEEK_BEFORE = { minutes_before: 7 * 24 * 60, method: 'log' } as const;
const DAILY = { repeat: { frequency: 'daily' } } satisfies Partial<NewEvent>;

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
  ann = await bench.user('ann', [TEN_BEFORE]);
  bob = await bench.user('bob');
});

async function patch<Path extends string>(path: Path, body: RequestBody<'PATCH', Path>) {
  const changed = await bench.client.patch(path, body);
  expect(changed).toMatchObject({ status: 200 });
  return changed.body;
}

async function move(event: BookedEvent, originalStart: string, startDate: string, scope = 'this') {
  return patch(`/events/${event.id}/occurrences/${originalStart}?scope=${scope}`, { start_date: startDate });
}

/** Lets it be `instant`. @returns the starts of the occurrences that are reminded of */
async function startsAt(instant: string): Promise<string[]> {
  return (await bench.at(instant)).map(({ start }: ReminderLine) => start);
}

describe('an occurrence that is moved after its reminder fired', () => {
  test('is reminded of again, under another identity', async () => {
    const event = await bench.event(ann, '2026-01-06T10:00:00Z', DAILY);
    const [first] = await bench.at('2026-01-06T09:50:00Z');
    bench.clock.set('2026-01-06T09:55:00Z');
    await move(event, '2026-01-06T10:00:00Z', '2026-01-06T15:00:00Z');
    expect(await bench.at('2026-01-06T14:49:59Z')).toEqual([]);
    const lines = await bench.at('2026-01-06T14:50:00Z');
    expect(lines).toMatchObject([
      { original_start: '2026-01-06T10:00:00Z', start: '2026-01-06T15:00:00Z', minutes_before: 10 },
    ]);
    expect(lines[0].notification_id).not.toBe(first.notification_id);
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-07T09:50:00Z']);
  });

  test('is not reminded of again when it moves back', async () => {
    const event = await bench.event(ann, '2026-01-06T10:00:00Z', DAILY);
    expect(await startsAt('2026-01-06T09:50:00Z')).toEqual(['2026-01-06T10:00:00Z']);
    await move(event, '2026-01-06T10:00:00Z', '2026-01-06T15:00:00Z');
    await move(event, '2026-01-06T10:00:00Z', '2026-01-06T10:00:00Z');
    expect(await startsAt('2026-01-06T15:00:00Z')).toEqual([]);
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-07T09:50:00Z']);
  });

  test('is reminded of each time that it moves on', async () => {
    const event = await bench.event(ann, '2026-01-06T10:00:00Z', DAILY);
    await bench.at('2026-01-06T09:50:00Z');
    await move(event, '2026-01-06T10:00:00Z', '2026-01-06T11:00:00Z');
    expect(await startsAt('2026-01-06T10:50:00Z')).toEqual(['2026-01-06T11:00:00Z']);
    await move(event, '2026-01-06T10:00:00Z', '2026-01-06T12:00:00Z');
    expect(await startsAt('2026-01-06T11:50:00Z')).toEqual(['2026-01-06T12:00:00Z']);
  });

  test('is reminded of at once if it moves to a start whose reminder is overdue', async () => {
    const event = await bench.event(ann, '2026-01-06T10:00:00Z', DAILY);
    await bench.at('2026-01-06T09:50:00Z');
    await move(event, '2026-01-06T10:00:00Z', '2026-01-06T10:05:00Z');
    expect(await startsAt('2026-01-06T09:56:00Z')).toEqual(['2026-01-06T10:05:00Z']);
    expect(await bench.at('2026-01-06T09:57:00Z')).toEqual([]);
  });

  test.each([
    ['all-day', '2026-01-06', { all_day: true, duration: 1 }, '2026-01-08', '2026-01-07T23:50:00Z'],
    [
      'an RDATE',
      '2026-01-06T00:00:00Z',
      { repeat: { rdates: ['2026-01-20T00:00:00Z'] } },
      '2026-01-08T00:00:00Z',
      '2026-01-07T23:50:00Z',
    ],
  ])('may be %s', async (_, startDate, more, to, due) => {
    const event = await bench.event(ann, startDate, { ...DAILY, ...more });
    expect(await startsAt('2026-01-05T23:50:00Z')).toEqual([startDate]);
    await move(event, startDate, to);
    const lines = (await bench.at(due)).filter(({ original_start }) => original_start === startDate);
    expect(lines.map(({ start }) => start)).toEqual([to]);
  });

  test('is reminded of in the later part of a split series', async () => {
    const event = await bench.event(ann, '2026-01-05T10:00:00Z', DAILY);
    await bench.at('2026-01-06T09:50:00Z');
    const later = await move(event, '2026-01-06T10:00:00Z', '2026-01-06T15:00:00Z', 'following');
    expect(await startsAt('2026-01-06T14:50:00Z')).toEqual(['2026-01-06T15:00:00Z']);
    expect(await bench.dueAt(later.event_id)).toEqual(['2026-01-07T14:50:00Z']);
  });
});

test('a new zone at the same instants does not repeat a reminder', async () => {
  const event = await bench.event(ann, '2026-01-06T10:00:00Z', DAILY);
  await bench.at('2026-01-06T09:50:00Z');
  await patch(`/events/${event.id}`, { time_zone: 'Europe/Berlin', start_date: '2026-01-06T10:00:00Z' });
  expect(await startsAt('2026-01-06T09:59:00Z')).toEqual([]);
  expect(await bench.dueAt(event.id)).toEqual(['2026-01-07T09:50:00Z']);
});

describe('a reminder of a week, of a daily series', () => {
  const NEXT = ['2026-01-06T10:00:00Z'];

  test.each<[string, () => Promise<unknown>]>([
    [
      'when the defaults are set',
      async () => {
        await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
        await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
      },
    ],
    [
      'when the event is created',
      async () => {
        await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
        await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
      },
    ],
    [
      'when the attendee is added',
      async () => {
        await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
        await patch(`/users/${ann}`, { default_reminders: [] });
        const { id } = await bench.event(ann, '2026-01-01T10:00:00Z', DAILY);
        await patch(`/events/${id}`, { invited_user_ids: [bob] });
      },
    ],
    [
      'when it is set for the event',
      async () => {
        const { id } = await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
        const { status } = await bench.client.put(`/users/${bob}/events/${id}/reminders`, {
          use_default: false,
          overrides: [WEEK_BEFORE],
        });
        expect(status).toBe(200);
      },
    ],
    [
      'when the attendee accepts again',
      async () => {
        await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
        await patch(`/users/${ann}`, { default_reminders: [] });
        const { attendees } = await bench.event(ann, '2026-01-01T10:00:00Z', {
          ...DAILY,
          invited_user_ids: [bob],
        });
        for (const verb of ['decline', 'accept'])
          await bench.client.post(`/event-invites/${attendees[1].invite_id}:${verb}`);
      },
    ],
    [
      'when a series moves nearer',
      async () => {
        await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
        const { id } = await bench.event(bob, '2026-02-01T10:00:00Z', DAILY);
        await patch(`/events/${id}`, { start_date: '2026-01-01T10:00:00Z' });
      },
    ],
    [
      'when the event is confirmed again',
      async () => {
        await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
        const { id } = await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
        await patch(`/events/${id}`, { status: 'cancelled' });
        await patch(`/events/${id}`, { status: 'confirmed' });
      },
    ],
  ])('fires at once for the next occurrence alone %s', async (_, change) => {
    bench.clock.set('2026-01-05T12:00:00Z');
    await change();
    expect(await startsAt('2026-01-05T12:00:00Z')).toEqual(NEXT);
    expect(await startsAt('2026-01-06T09:59:59Z')).toEqual([]);
    expect(await startsAt('2026-01-06T10:00:00Z')).toEqual(['2026-01-13T10:00:00Z']);
    expect(await startsAt('2026-01-07T10:00:00Z')).toEqual(['2026-01-14T10:00:00Z']);
  });

  test('fires at once for the next occurrence alone when a running series moves', async () => {
    await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
    const { id } = await bench.event(bob, '2026-01-20T10:00:00Z', DAILY);
    for (let day = 13; day < 20; day += 1) await bench.at(`2026-01-${day}T10:00:00Z`);
    bench.clock.set('2026-01-19T12:00:00Z');
    await patch(`/events/${id}`, { start_date: '2026-01-20T08:00:00Z' });
    expect(await startsAt('2026-01-19T12:00:00Z')).toEqual(['2026-01-20T08:00:00Z']);
    expect(await startsAt('2026-01-20T08:00:00Z')).toEqual(['2026-01-27T08:00:00Z']);
  });

  test('that was skipped stays skipped after other changes', async () => {
    const { id } = await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
    bench.clock.set('2026-01-05T12:00:00Z');
    await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
    await bench.at('2026-01-05T12:00:00Z');
    bench.clock.set('2026-01-06T12:00:00Z');
    await patch(`/events/${id}`, { title: 'Review' });
    await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE, TEN_BEFORE] });
    const split = `/events/${id}/occurrences/2026-01-07T10:00:00Z?scope=following`;
    await patch(split, { title: 'Later ones' });
    expect(await startsAt('2026-01-06T12:00:00Z')).toEqual(['2026-01-13T10:00:00Z']);
    expect(await startsAt('2026-01-07T09:49:00Z')).toEqual([]);
  });

  test('that came due while no instance ran fires late, each of them', async () => {
    const { id } = await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
    await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
    await bench.at('2026-01-05T10:00:00Z');
    bench.clock.set('2026-01-08T12:00:00Z');
    await patch(`/events/${id}`, { title: 'Review' });
    expect(await startsAt('2026-01-08T12:00:00Z')).toEqual([
      '2026-01-13T10:00:00Z',
      '2026-01-14T10:00:00Z',
      '2026-01-15T10:00:00Z',
    ]);
  });
});

describe('of a week, a change that meets what has not fired yet', () => {
  test('fires the next occurrence alone', async () => {
    const { id } = await bench.event(bob, '2026-01-01T10:00:00Z', DAILY);
    bench.clock.set('2026-01-05T12:00:00Z');
    await patch(`/users/${bob}`, { default_reminders: [WEEK_BEFORE] });
    await patch(`/events/${id}`, { title: 'Review' });
    await patch(`/events/${id}`, { start_date: '2026-01-01T11:00:00Z' });
    expect(await startsAt('2026-01-05T12:00:00Z')).toEqual(['2026-01-06T11:00:00Z']);
  });
});

describe('an event without a length', () => {
  const AT_START = { minutes_before: 0, method: 'log' } as const;

  test('is reminded of at its start', async () => {
    const eve = await bench.user('eve', [AT_START]);
    await bench.event(eve, '2026-01-06T10:00:00Z', { duration: 0 });
    const [line] = await bench.at('2026-01-06T10:00:01Z');
    expect(line).toMatchObject({ start: '2026-01-06T10:00:00Z', end: '2026-01-06T10:00:00Z' });
  });

  test('is over five minutes after its start', async () => {
    const eve = await bench.user('eve', [AT_START]);
    const event = await bench.event(eve, '2026-01-06T10:00:00Z', { ...DAILY, duration: 0 });
    expect(await bench.at('2026-01-06T10:05:00Z')).toEqual([]);
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-07T10:00:00Z']);
  });
});
