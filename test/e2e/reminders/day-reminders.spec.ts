import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent, NewReminder } from '../../../clients/typescript/src/schema.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { ReminderBench } from '../../support/service/reminders.js';

const MORNING: NewReminder = { days_before: 0, at: '09:00', method: 'log' };
const EVENING: NewReminder = { days_before: 1, at: '18:30', method: 'log' };
const HOUR_BEFORE: NewReminder = { minutes_before: 60, method: 'log' };

const smtp = new SmtpServer();
let bench: ReminderBench;

beforeAll(async () => {
  bench = await ReminderBench.start('2026-01-05T08:00:00Z', {
    SMTP_URL: await smtp.start(),
    SMTP_FROM: 'calendar@example.com',
  });
});
afterAll(async () => {
  await bench.close();
  await smtp.stop();
});

beforeEach(async () => {
  await bench.query('TRUNCATE users, events, reminder_deliveries, outbox_messages CASCADE');
  bench.clock.set('2026-01-05T08:00:00Z');
  smtp.received.length = 0;
});

/** A user in a zone, with default reminders. */
async function inZone(zone: string, ...reminders: NewReminder[]): Promise<number> {
  const id = await bench.user(zone.slice(-4), reminders);
  await bench.client.patch(`/users/${id}`, { time_zone: zone });
  return id;
}

async function days(user: number, date: string, fields: Partial<NewEvent> = {}): Promise<number> {
  return (await bench.event(user, date, { all_day: true, duration: 1, ...fields })).id;
}

describe('a reminder at a time of a day', () => {
  test.each<[string, Partial<NewEvent>]>([
    ['a floating day', {}],
    ['a series of floating days', { repeat: { frequency: 'monthly' } }],
  ])('of %s fires at this time in the zone of its user', async (_, fields) => {
    const ann = await inZone('America/New_York', MORNING, EVENING);
    const bob = await inZone('Pacific/Auckland', MORNING);
    const id = await days(ann, '2026-01-08', { invited_user_ids: [bob], ...fields });
    expect(await bench.dueAt(id)).toEqual([
      '2026-01-07T20:00:00Z',
      '2026-01-07T23:30:00Z',
      '2026-01-08T14:00:00Z',
    ]);
    expect(await bench.at('2026-01-07T20:00:00Z')).toMatchObject([
      { user_id: bob, start: '2026-01-08', minutes_before: -540 },
    ]);
    expect(await bench.at('2026-01-07T23:30:00Z')).toMatchObject([
      { user_id: ann, start: '2026-01-08', minutes_before: 330 },
    ]);
    expect(await bench.at('2026-01-08T14:00:00Z')).toMatchObject([{ user_id: ann }]);
  });

  test('of a daily series fires each day once, with restarts and changes between', async () => {
    const ann = await inZone('Europe/Berlin', MORNING);
    const id = await days(ann, '2026-03-27', { repeat: { frequency: 'daily', count: 4 } });
    const fired = [];
    for (let hour = 0; hour < 120; hour += 1) {
      const now = new Date(Date.UTC(2026, 2, 27, hour - 1)).toISOString().replace('.000Z', 'Z');
      fired.push(...(await bench.at(now)).map(({ start, due_at }) => [start, due_at]));
      if (hour % 7 === 0) await bench.client.patch(`/events/${id}`, { title: `Change ${hour}` });
    }
    expect(fired).toEqual([
      ['2026-03-27', '2026-03-27T08:00:00Z'],
      ['2026-03-28', '2026-03-28T08:00:00Z'],
      ['2026-03-29', '2026-03-29T07:00:00Z'],
      ['2026-03-30', '2026-03-30T07:00:00Z'],
    ]);
  });

  test('is planned for the present day until its time', async () => {
    const ann = await inZone('UTC', MORNING);
    expect(await bench.dueAt(await days(ann, '2026-01-05'))).toEqual(['2026-01-05T09:00:00Z']);
    bench.clock.set('2026-01-05T09:00:01Z');
    expect(await bench.dueAt(await days(ann, '2026-01-05'))).toEqual([]);
  });

  test('is planned again if its user moves to another zone', async () => {
    const ann = await inZone('UTC', EVENING);
    const id = await days(ann, '2026-01-08', { floating: false });
    expect(await bench.dueAt(id)).toEqual(['2026-01-07T18:30:00Z']);
    await bench.client.patch(`/users/${ann}`, { time_zone: 'Asia/Tokyo' });
    expect(await bench.dueAt(id)).toEqual(['2026-01-07T09:30:00Z']);
  });

  test('is of all-day events only, which then have no others of the list', async () => {
    const ann = await inZone('UTC', MORNING, HOUR_BEFORE);
    const allDay = await days(ann, '2026-01-08');
    const timed = await bench.event(ann, '2026-01-08T12:00:00Z');
    expect(await bench.dueAt(allDay)).toEqual(['2026-01-08T09:00:00Z']);
    expect(await bench.dueAt(timed.id)).toEqual(['2026-01-08T11:00:00Z']);
    await bench.client.patch(`/events/${allDay}`, {
      all_day: false,
      start_date: '2026-01-08T12:00:00Z',
      duration: 3_600,
    });
    expect(await bench.dueAt(allDay)).toEqual(['2026-01-08T11:00:00Z']);
  });

  test('is mailed', async () => {
    const ann = await inZone('Europe/Berlin', { ...EVENING, method: 'email' });
    await days(ann, '2026-03-30');
    await bench.sendAt('2026-03-29T16:29:59Z');
    expect(smtp.received).toEqual([]);
    await bench.sendAt('2026-03-29T16:30:00Z');
    expect(smtp.received.map(({ text }) => text)).toEqual(['Planning\nMonday, 30 March 2026, all day\n']);
  });

  test('can be set for one event, and is shown as it was set', async () => {
    const ann = await inZone('UTC', HOUR_BEFORE);
    const id = await days(ann, '2026-01-08');
    const path = `/users/${ann}/events/${id}/reminders`;
    const { status, body } = await bench.client.put(path, { use_default: false, overrides: [MORNING] });
    expect(status).toBe(200);
    expect(body).toEqual({ use_default: false, overrides: [MORNING], reminders: [MORNING] });
    expect(await bench.dueAt(id)).toEqual(['2026-01-08T09:00:00Z']);
    expect((await bench.client.get(`/users/${ann}`)).body).toMatchObject({
      default_reminders: [HOUR_BEFORE],
    });
  });
});

describe('a reminder is refused', () => {
  test.each<[string, object, string]>([
    ['without a time', {}, 'default_reminders.0.minutes_before'],
    ['without the time of the day', { days_before: 1 }, 'default_reminders.0.at'],
    ['without the day', { at: '09:00' }, 'default_reminders.0.minutes_before'],
    ['with two times', { ...MORNING, minutes_before: 5 }, 'default_reminders.0.days_before'],
    ['with a time of a day beside minutes', { at: '09:00', minutes_before: 5 }, 'default_reminders.0.at'],
    ['29 days before', { days_before: 29, at: '09:00' }, 'default_reminders.0.days_before'],
    ['a day after', { days_before: -1, at: '09:00' }, 'default_reminders.0.days_before'],
    ['at the end of the day', { days_before: 0, at: '24:00' }, 'default_reminders.0.at'],
    ['at no time of a day', { days_before: 0, at: '9:00' }, 'default_reminders.0.at'],
  ])('%s', async (_, reminder, field) => {
    const { status, body } = await bench.client.send('POST', '/users', {
      name: 'Ann',
      email: 'ann@example.com',
      default_reminders: [reminder],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field }] });
  });

  test('for an event that is not all-day', async () => {
    const ann = await bench.user('ann');
    const { id } = await bench.event(ann, '2026-01-08T12:00:00Z');
    const { status, body } = await bench.client.send('PUT', `/users/${ann}/events/${id}/reminders`, {
      use_default: false,
      overrides: [HOUR_BEFORE, MORNING],
    });
    expect(status).toBe(400);
    expect(body).toMatchObject({ errors: [{ field: 'overrides.1.days_before' }] });
  });
});
