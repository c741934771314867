import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewReminder } from '../../../clients/typescript/src/schema.js';
import { ReminderBench } from '../../support/service/reminders.js';

const log = (minutes: number) => ({ minutes_before: minutes, method: 'log' as const });

describe('reminders', () => {
  let bench: ReminderBench;
  let users = 0;
  let day = 5;

  beforeAll(async () => {
    bench = await ReminderBench.start('2026-01-05T08:00:00Z');
  });
  afterAll(async () => bench.close());

  async function user(...reminders: NewReminder[]): Promise<number> {
    users += 1;
    return bench.user(`user${users}`, reminders);
  }

  async function calendar(userId: number, default_reminders?: NewReminder[] | null): Promise<number> {
    const { body } = await bench.client.create(`/users/${userId}/calendars`, {
      name: 'Own',
      default_reminders,
    });
    return body.id;
  }

  /** At noon of a day of its own. */
  async function event(organizer: number, fields: object = {}) {
    day += 1;
    return bench.event(organizer, `2026-02-${String(day).padStart(2, '0')}T12:00:00Z`, fields);
  }

  /** The minutes before the start at which the user's reminders of the event are due. */
  async function planned(eventId: number, userId: number): Promise<number[]> {
    const rows = await bench.query<{ minutes: number }>(
      `SELECT minutes_before AS minutes FROM pending_reminders
        WHERE event_id = ${eventId} AND user_id = ${userId} ORDER BY 1`,
    );
    const { body } = await bench.client.get(`/users/${userId}/events/${eventId}/reminders`);
    const shown = body.reminders.map(({ minutes_before }) => minutes_before).toSorted((a, b) => a - b);
    const minutes = rows.map((row) => row.minutes);
    expect(shown).toEqual(minutes);
    return minutes;
  }

  test.each<[string, NewReminder[] | null | undefined, number[]]>([
    ['of a calendar with its own', [log(5)], [5]],
    ['of a calendar with none', [], []],
    ['of a calendar that inherits', null, [10]],
    ['of a calendar that names none', undefined, [10]],
  ])('%s', async (_, reminders, expected) => {
    const ann = await user(log(10));
    const { id } = await event(ann, { calendar_id: await calendar(ann, reminders) });
    expect(await planned(id, ann)).toEqual(expected);
  });

  test('of the event come before those of the calendar', async () => {
    const ann = await user(log(10));
    const { id } = await event(ann, { calendar_id: await calendar(ann, [log(5)]) });
    const path = `/users/${ann}/events/${id}/reminders` as const;
    await bench.client.put(path, { use_default: false, overrides: [log(1)] });
    expect(await planned(id, ann)).toEqual([1]);
    await bench.client.put(path, { use_default: false, overrides: [] });
    expect(await planned(id, ann)).toEqual([]);
    await bench.client.put(path, { use_default: true });
    expect(await planned(id, ann)).toEqual([5]);
  });

  test('are those of the calendar of each attendee', async () => {
    const [ann, bob] = [await user(log(10)), await user()];
    const primary = (await bench.client.get(`/users/${bob}/calendars`)).body[0].id;
    await bench.client.patch(`/calendars/${primary}`, { default_reminders: [log(7)] });
    const { id, attendees } = await event(ann, {
      calendar_id: await calendar(ann, []),
      invited_user_ids: [bob],
    });
    expect([await planned(id, ann), await planned(id, bob)]).toEqual([[], [7]]);
    await bench.client.post(`/event-invites/${attendees[1].invite_id}:decline`);
    expect(await bench.dueAt(id)).toEqual([]);
    await bench.client.post(`/event-invites/${attendees[1].invite_id}:accept`);
    expect(await planned(id, bob)).toEqual([7]);
  });

  test('are planned again when the reminders of the calendar change', async () => {
    const ann = await user(log(10));
    const calendar_id = await calendar(ann);
    const ids = [(await event(ann, { calendar_id })).id, (await event(ann)).id];
    const both = async () => [await planned(ids[0], ann), await planned(ids[1], ann)];
    const change = async (default_reminders: NewReminder[] | null) =>
      bench.client.patch(`/calendars/${calendar_id}`, { default_reminders });
    expect(await both()).toEqual([[10], [10]]);
    await change([log(3), log(4)]);
    expect(await both()).toEqual([[3, 4], [10]]);
    await change([]);
    expect(await both()).toEqual([[], [10]]);
    await change(null);
    expect(await both()).toEqual([[10], [10]]);
  });

  test('are planned again when the reminders of the user change, unless the calendar has its own', async () => {
    const ann = await user(log(10));
    const ids = [
      (await event(ann, { calendar_id: await calendar(ann, [log(5)]) })).id,
      (await event(ann)).id,
    ];
    await bench.client.patch(`/users/${ann}`, { default_reminders: [log(20)] });
    expect([await planned(ids[0], ann), await planned(ids[1], ann)]).toEqual([[5], [20]]);
  });

  test('are planned again when the event moves to another calendar', async () => {
    const [ann, bob] = [await user(log(10)), await user(log(11))];
    const [annOwn, bobOwn] = [await calendar(ann, [log(5)]), await calendar(bob, [])];
    const { id } = await event(ann, { invited_user_ids: [bob] });
    await bench.client.patch(`/users/${bob}/events/${id}`, { calendar_id: bobOwn });
    expect([await planned(id, ann), await planned(id, bob)]).toEqual([[10], []]);
    await bench.client.patch(`/events/${id}`, { calendar_id: annOwn });
    expect([await planned(id, ann), await planned(id, bob)]).toEqual([[5], []]);
  });

  test('are planned again when the calendar is deleted', async () => {
    const ann = await user(log(10));
    const calendar_id = await calendar(ann, [log(5)]);
    const { id } = await event(ann, { calendar_id });
    await bench.client.delete(`/calendars/${calendar_id}?events=move`);
    expect(await planned(id, ann)).toEqual([10]);
  });

  test('fire as those of the calendar', async () => {
    const ann = await user(log(10));
    const { id } = await bench.event(ann, '2026-01-05T12:00:00Z', {
      calendar_id: await calendar(ann, [log(5)]),
    });
    expect((await bench.at('2026-01-05T11:50:00Z')).filter((line) => line.event_id === id)).toEqual([]);
    const fired = (await bench.at('2026-01-05T11:55:00Z')).filter((line) => line.event_id === id);
    expect(fired).toMatchObject([{ user_id: ann, minutes_before: 5 }]);
  });

  test('of a calendar that is changed beside events are those of the last change', async () => {
    const ann = await user();
    const calendar_id = await calendar(ann);
    const created = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        if (index % 3 === 1)
          await bench.client.patch(`/calendars/${calendar_id}`, { default_reminders: [log(index)] });
        return bench.event(ann, `2026-03-${String(index + 10)}T12:00:00Z`, { calendar_id });
      }),
    );
    const [last] = (await bench.client.get(`/calendars/${calendar_id}`)).body.default_reminders ?? [];
    for (const { id } of created) expect(await planned(id, ann)).toEqual([last.minutes_before]);
  });
});
