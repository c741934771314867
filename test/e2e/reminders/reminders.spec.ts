import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Answer, Event } from '../../../clients/typescript/src/schema.js';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import type { RequestBody } from '../../support/client/documented-body.js';
import type { InviteVerb } from '../../support/client/documented-operation.js';
import { ReminderBench, type ReminderLine } from '../../support/service/reminders.js';

const TEN_BEFORE = { minutes_before: 10, method: 'log' } as const;
const UUID_5 = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** The columns of a delivery that the tests read. */
interface DeliveryRow {
  readonly status: string;
  readonly original_start: string;
  readonly notification_id: string;
}

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
  bob = await bench.user('bob', [TEN_BEFORE]);
});

function starts(lines: readonly ReminderLine[]): string[] {
  return lines.map(({ start }) => start);
}

async function patch<Path extends string>(path: Path, body: RequestBody<'PATCH', Path>) {
  const changed = await bench.client.patch(path, body);
  expect(changed).toMatchObject({ status: 200 });
  return changed.body;
}

async function answer(
  { attendees }: Pick<Event, 'attendees'>,
  verb: InviteVerb,
  body: Answer = {},
): Promise<void> {
  const { status } = await bench.client.post(`/event-invites/${attendees[1].invite_id}:${verb}`, body);
  expect(status).toBe(200);
}

async function deliveries() {
  return bench.query<DeliveryRow>('SELECT * FROM reminder_deliveries ORDER BY due_at, user_id');
}

describe('a reminder', () => {
  test('is one line at its time, and only then', async () => {
    const event = await bench.event(ann, '2026-01-05T12:00:00Z');
    expect(await bench.at('2026-01-05T11:49:59Z')).toEqual([]);
    const lines = await bench.at('2026-01-05T11:50:00Z');
    expect(lines).toEqual([
      {
        level: 'info',
        time: '2026-01-05T11:50:00.000Z',
        msg: 'reminder',
        notification_id: expect.stringMatching(UUID_5),
        user_id: ann,
        event_id: event.id,
        original_start: '2026-01-05T12:00:00Z',
        minutes_before: 10,
        start: '2026-01-05T12:00:00Z',
        end: '2026-01-05T13:00:00Z',
        due_at: '2026-01-05T11:50:00Z',
      },
    ]);
    expect(await bench.at('2026-01-05T11:50:00Z')).toEqual([]);
    expect(await bench.at('2026-01-06T11:50:00Z')).toEqual([]);
    expect(await bench.dueAt(event.id)).toEqual([]);
  });

  test('is for each attendee, each as wanted', async () => {
    const event = await bench.event(ann, '2026-01-05T12:00:00Z', { invited_user_ids: [bob] });
    const overrides = [{ minutes_before: 0 }, { minutes_before: 60 }];
    await bench.client.put(`/users/${bob}/events/${event.id}/reminders`, { use_default: false, overrides });
    const lines = [
      ...(await bench.at('2026-01-05T11:00:00Z')),
      ...(await bench.at('2026-01-05T11:50:00Z')),
      ...(await bench.at('2026-01-05T12:00:00Z')),
    ];
    expect(lines.map(({ user_id, minutes_before }) => [user_id, minutes_before])).toEqual([
      [bob, 60],
      [ann, 10],
      [bob, 0],
    ]);
    expect(new Set(lines.map(({ notification_id }) => notification_id)).size).toBe(3);
  });

  test('of an all-day event is before midnight in its zone', async () => {
    const event = await bench.event(ann, '2026-01-08', {
      all_day: true,
      time_zone: 'America/New_York',
      duration: 2,
    });
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-08T04:50:00Z']);
    const [line] = await bench.at('2026-01-08T04:50:00Z');
    expect(line).toMatchObject({ original_start: '2026-01-08', start: '2026-01-08', end: '2026-01-10' });
  });

  test('whose time has passed when the event is made fires at once, unless it has begun', async () => {
    await bench.event(ann, '2026-01-05T08:05:00Z');
    await bench.event(ann, '2026-01-05T07:59:00Z');
    expect(starts(await bench.at('2026-01-05T08:00:00Z'))).toEqual(['2026-01-05T08:05:00Z']);
  });
});

describe('the reminders of a series', () => {
  const daily = { repeat: { frequency: 'daily' }, time_zone: 'America/New_York' } as const;

  test('are one pending row for each attendee and reminder, and fire for each occurrence', async () => {
    const event = await bench.event(ann, '2026-03-06T09:00:00', { ...daily, invited_user_ids: [bob] });
    expect(await bench.dueAt(event.id)).toEqual(['2026-03-06T13:50:00Z', '2026-03-06T13:50:00Z']);
    const days = [
      '2026-03-06T13:50:00Z',
      '2026-03-07T13:50:00Z',
      '2026-03-08T12:50:00Z',
      '2026-03-09T12:50:00Z',
    ];
    for (const due of days) {
      expect(await bench.dueAt(event.id)).toEqual([due, due]);
      expect((await bench.at(due)).map(({ due_at }) => due_at)).toEqual([due, due]);
    }
    expect(await bench.dueAt(event.id)).toHaveLength(2);
  });

  test('end with it', async () => {
    const event = await bench.event(ann, '2026-01-06T09:00:00Z', {
      repeat: { frequency: 'daily', count: 2 },
    });
    expect(await bench.at('2026-01-06T08:50:00Z')).toHaveLength(1);
    expect(await bench.at('2026-01-07T08:50:00Z')).toHaveLength(1);
    expect(await bench.dueAt(event.id)).toEqual([]);
  });

  test('follow a moved occurrence, and are silent on a cancelled one', async () => {
    const event = await bench.event(ann, '2026-01-06T09:00:00Z', { repeat: { frequency: 'daily' } });
    const occurrence = (day: string) => `/events/${event.id}/occurrences/2026-01-${day}T09:00:00Z?scope=this`;
    await patch(occurrence('06'), { start_date: '2026-01-06T15:00:00Z' });
    await bench.client.delete(occurrence('07'));
    await patch(occurrence('09'), { start_date: '2026-01-08T08:00:00Z' });
    expect(await bench.at('2026-01-06T14:49:00Z')).toEqual([]);
    expect(await bench.at('2026-01-06T14:50:00Z')).toMatchObject([
      { original_start: '2026-01-06T09:00:00Z', start: '2026-01-06T15:00:00Z' },
    ]);
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-08T07:50:00Z']);
    const both = await bench.at('2026-01-08T08:55:00Z');
    expect(starts(both)).toEqual(['2026-01-08T08:00:00Z', '2026-01-08T09:00:00Z']);
    expect(await bench.dueAt(event.id)).toEqual(['2026-01-10T08:50:00Z']);
  });
});

describe('who has declined', () => {
  test('is not reminded, and is again after accepting', async () => {
    const event = await bench.event(ann, '2026-01-05T12:00:00Z', { invited_user_ids: [bob] });
    await answer(event, 'decline');
    expect(await bench.dueAt(event.id)).toHaveLength(1);
    await answer(event, 'accept');
    await answer(event, 'tentative');
    const lines = await bench.at('2026-01-05T11:50:00Z');
    expect(new Set(lines.map(({ user_id }) => user_id))).toEqual(new Set([ann, bob]));
  });

  test('one occurrence is reminded of the others, and who takes part in one of that one', async () => {
    const event = await bench.event(ann, '2026-01-06T09:00:00Z', {
      repeat: { frequency: 'daily' },
      invited_user_ids: [bob],
    });
    const ofBob = async (due: string) => (await bench.at(due)).filter(({ user_id }) => user_id === bob);
    await answer(event, 'decline', { original_start: '2026-01-06T09:00:00Z' });
    expect(await ofBob('2026-01-06T08:50:00Z')).toEqual([]);
    expect(await ofBob('2026-01-07T08:50:00Z')).toHaveLength(1);
    await answer(event, 'decline');
    await answer(event, 'accept', { original_start: '2026-01-09T09:00:00Z' });
    expect(await ofBob('2026-01-08T08:50:00Z')).toEqual([]);
    expect(await ofBob('2026-01-09T08:50:00Z')).toHaveLength(1);
    expect(await ofBob('2026-01-10T08:50:00Z')).toEqual([]);
  });
});

describe('a change', () => {
  test('of the event takes effect on what has not fired', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z');
    await patch(`/events/${id}`, { start_date: '2026-01-05T14:00:00Z' });
    expect(await bench.dueAt(id)).toEqual(['2026-01-05T13:50:00Z']);
    await patch(`/events/${id}`, { time_zone: 'Europe/Moscow' });
    expect(await bench.dueAt(id)).toEqual(['2026-01-05T10:50:00Z']);
    await patch(`/events/${id}`, { status: 'cancelled' });
    expect(await bench.dueAt(id)).toEqual([]);
    await patch(`/events/${id}`, { status: 'confirmed', start_date: '2026-01-05T08:05:00Z' });
    expect(await bench.at('2026-01-05T08:00:00Z')).toHaveLength(1);
  });

  test('of nothing that matters does not bring back what has fired', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z');
    await bench.at('2026-01-05T11:50:00Z');
    await patch(`/events/${id}`, { title: 'Review' });
    expect(await bench.dueAt(id)).toEqual([]);
    await patch(`/events/${id}`, { start_date: '2026-01-06T12:00:00Z' });
    expect(await bench.dueAt(id)).toEqual(['2026-01-06T11:50:00Z']);
  });

  test('of who is invited adds and removes', async () => {
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z');
    await patch(`/events/${id}`, { invited_user_ids: [bob] });
    expect(await bench.dueAt(id)).toHaveLength(2);
    await patch(`/events/${id}`, { invited_user_ids: [] });
    expect(await bench.dueAt(id)).toHaveLength(1);
    await bench.client.delete(`/events/${id}`);
    expect(await bench.dueAt(id)).toEqual([]);
  });

  test("of a user's defaults is one for every event that has nothing else", async () => {
    const first = await bench.event(ann, '2026-01-05T12:00:00Z');
    const second = await bench.event(bob, '2026-01-06T12:00:00Z', { invited_user_ids: [ann] });
    await bench.client.put(`/users/${ann}/events/${first.id}/reminders`, {
      use_default: false,
      overrides: [{ minutes_before: 30 }],
    });
    await patch(`/users/${ann}`, { default_reminders: [{ minutes_before: 60 }, { minutes_before: 5 }] });
    expect(await bench.dueAt(first.id)).toEqual(['2026-01-05T11:30:00Z']);
    expect(await bench.dueAt(second.id)).toEqual([
      '2026-01-06T11:00:00Z',
      '2026-01-06T11:50:00Z',
      '2026-01-06T11:55:00Z',
    ]);
    await patch(`/users/${ann}`, { default_reminders: [] });
    expect(await bench.dueAt(second.id)).toEqual(['2026-01-06T11:50:00Z']);
  });

  test('of a series from one occurrence on takes the settings along, and does not repeat what has fired', async () => {
    const event = await bench.event(ann, '2026-01-06T09:00:00Z', { repeat: { frequency: 'daily' } });
    const twoDays = 2 * 24 * 60;
    await bench.client.put(`/users/${ann}/events/${event.id}/reminders`, {
      use_default: false,
      overrides: [{ minutes_before: twoDays }],
    });
    expect(starts(await bench.at('2026-01-06T09:00:00Z'))).toEqual([
      '2026-01-06T09:00:00Z',
      '2026-01-07T09:00:00Z',
      '2026-01-08T09:00:00Z',
    ]);
    const changed = await patch(`/events/${event.id}/occurrences/2026-01-08T09:00:00Z?scope=following`, {
      title: 'Later ones',
    });
    const laterId = changed.event_id;
    expect(laterId).not.toBe(event.id);
    expect(await bench.dueAt(event.id)).toEqual([]);
    expect(await bench.dueAt(laterId)).toEqual(['2026-01-07T09:00:00Z']);
    expect(starts(await bench.at('2026-01-07T09:00:00Z'))).toEqual(['2026-01-09T09:00:00Z']);
  });
});

describe('what came due while no server ran', () => {
  test('fires late while the occurrence is not over, and is recorded as missed after', async () => {
    await bench.event(ann, '2026-01-06T09:00:00Z', { repeat: { frequency: 'daily' } });
    const lines = await bench.at('2026-01-08T09:30:00Z');
    expect(starts(lines)).toEqual(['2026-01-08T09:00:00Z']);
    expect((await deliveries()).map(({ status, original_start }) => [status, original_start])).toEqual([
      ['missed', '2026-01-06T09:00:00'],
      ['missed', '2026-01-07T09:00:00'],
      ['fired', '2026-01-08T09:00:00'],
    ]);
  });

  test('is missed to the second when it is over', async () => {
    await bench.event(ann, '2026-01-06T09:00:00Z');
    await bench.event(ann, '2026-01-06T09:00:01Z');
    expect(starts(await bench.at('2026-01-06T10:00:00Z'))).toEqual(['2026-01-06T09:00:01Z']);
  });

  test('is not lost when something changes before it is fired', async () => {
    const event = await bench.event(ann, '2026-01-06T09:00:00Z', { invited_user_ids: [bob] });
    bench.clock.set('2026-01-06T09:30:00Z');
    await answer(event, 'accept');
    await patch(`/events/${event.id}`, { title: 'Review' });
    expect(await bench.at('2026-01-06T09:30:00Z')).toHaveLength(2);
  });
});

describe('a failure', () => {
  test('to write loses nothing, and changes no identity', async () => {
    const event = await bench.event(ann, '2026-01-05T12:00:00Z');
    bench.output.fails = 'before';
    await expect(bench.at('2026-01-05T11:50:00Z')).rejects.toThrow('The reader is gone.');
    bench.output.fails = null;
    expect(await deliveries()).toEqual([]);
    const [line] = await bench.at('2026-01-05T11:51:00Z');
    const [delivery] = await deliveries();
    expect(line).toMatchObject({ event_id: event.id, notification_id: delivery.notification_id });
    expect(delivery.status).toBe('fired');
  });

  test('between writing and committing doubles the line, with its identity', async () => {
    await bench.event(ann, '2026-01-05T12:00:00Z');
    const before = bench.output.lines.length;
    bench.output.fails = 'after';
    await expect(bench.at('2026-01-05T11:50:00Z')).rejects.toThrow('The process is gone.');
    bench.output.fails = null;
    await bench.at('2026-01-05T11:50:05Z');
    const ids = bench.output.lines.slice(before).map(({ notification_id }) => notification_id);
    expect(ids).toEqual([expect.stringMatching(UUID_5), ids[0]]);
    expect(await bench.at('2026-01-05T11:51:00Z')).toEqual([]);
  });
});

describe('several instances', () => {
  test('share what is due, and fire each once', async () => {
    const invited = [bob];
    for (let index = 0; index < 30; index += 1) {
      invited.push(
        await bench.user(
          `guest-${index}`,
          [0, 5, 10, 15, 20].map((minutes_before) => ({ minutes_before })),
        ),
      );
    }
    for (let hour = 12; hour < 22; hour += 1) {
      await bench.event(ann, `2026-01-05T${hour}:00:00Z`, {
        // All are still under way when they fire.
        duration: (24 - hour) * 3600,
        invited_user_ids: invited,
      });
    }
    const [{ count }] = await bench.query<{ count: number }>(
      'SELECT count(*)::integer FROM pending_reminders',
    );
    expect(count).toBe(1_520);
    bench.clock.set('2026-01-05T22:00:00Z');
    const before = bench.output.lines.length;
    const dispatcher = bench.application.app.get(ReminderDispatcher);
    const shares = await Promise.all([1, 2, 3, 4].map(async () => dispatcher.runDue()));
    expect(shares.reduce((sum, share) => sum + share)).toBe(count);
    expect(shares.filter((share) => share > 0).length).toBeGreaterThan(1);
    const ids = bench.output.lines.slice(before).map(({ notification_id }) => notification_id);
    expect(ids).toHaveLength(count);
    expect(new Set(ids).size).toBe(count);
  });
});
