import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars } from '../../support/client/calendars.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const TEN = '2026-01-05T10:00:00Z';

describe('an event without a length', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  async function moment(organizer: number, fields: Partial<NewEvent> = {}) {
    return calendars.event('10:00 - 10:00', { organizer_user_id: organizer, ...fields });
  }

  /** The starts that the lists of a user, of a calendar and of the event have in a window. The search finds the same events. */
  async function startsIn(userId: number, eventId: number, from: string, to: string) {
    const window = `from=${from}&to=${to}`;
    const [{ id: calendarId }] = (await calendars.client.get(`/users/${userId}/calendars`)).body;
    const inCalendar = await calendars.client.get(`/calendars/${calendarId}/events?${window}`);
    const found = await calendars.client.get(`/events?organizer_user_id=${userId}&${window}`);
    const events = await calendars.client.get(`/users/${userId}/events?${window}`);
    const expanded = await calendars.client.get(`/users/${userId}/events?${window}&expand=true`);
    const occurrences = await calendars.client.get(`/events/${eventId}/occurrences?${window}`);
    const all = [
      events.body.flatMap((event) => event.occurrences.map(({ start }) => start)),
      expanded.body.flatMap((event) => event.occurrences.map(({ start }) => start)),
      occurrences.body.map(({ start }) => start),
    ];
    expect(all[1]).toEqual(all[0]);
    expect(all[2]).toEqual(all[0]);
    expect(inCalendar.body).toEqual(events.body);
    expect(found.body.map(({ id }) => id)).toEqual(all[0].length > 0 ? [eventId] : []);
    return all[0];
  }

  test.each<[string, Partial<NewEvent>]>([
    ['an end at its start', {}],
    ['a duration of zero', { end_date: undefined, duration: 0 }],
  ])('is created by %s', async (_, fields) => {
    const event = await moment(await calendars.someone(), fields);
    expect(event).toMatchObject({ start_date: TEN, end_date: TEN, duration: 0, conflicts: [] });
    const { body } = await calendars.client.get(`/events/${event.id}`);
    expect(body).toMatchObject({ start_date: TEN, end_date: TEN, duration: 0 });
  });

  test.each<[string, string, string, boolean]>([
    ['starts at it', TEN, '2026-01-05T11:00:00Z', true],
    ['ends at it', '2026-01-05T09:00:00Z', TEN, false],
    ['contains it', '2026-01-05T09:00:00Z', '2026-01-05T11:00:00Z', true],
    ['is its instant', TEN, TEN, true],
    ['is the second before', '2026-01-05T09:59:59Z', '2026-01-05T09:59:59Z', false],
    ['is the second after', '2026-01-05T10:00:01Z', '2026-01-05T10:00:01Z', false],
    ['follows it', '2026-01-05T10:00:01Z', '2026-01-05T11:00:00Z', false],
  ])('is in a window that %s, also as an occurrence of a series', async (_, from, to, expected) => {
    const ann = await calendars.someone();
    const { id } = await moment(ann);
    const found = expected ? [TEN] : [];
    expect(await startsIn(ann, id, from, to)).toEqual(found);
    await calendars.client.delete(`/events/${id}`);
    const series = await moment(ann, { repeat: { frequency: 'daily' } });
    expect(await startsIn(ann, series.id, from, to)).toEqual(found);
  });

  test.each<[string, string, boolean]>([
    ['to', '2026-01-05T10:00:00Z', false],
    ['to', '2026-01-05T10:00:01Z', true],
    ['from', '2026-01-05T10:00:00Z', true],
    ['from', '2026-01-05T10:00:01Z', false],
  ])('is found with `%s=%s` alone: %s', async (bound, instant, expected) => {
    const ann = await calendars.someone();
    for (const fields of [{}, { repeat: { frequency: 'daily' as const, count: 1 } }]) {
      const { id } = await moment(ann, fields);
      const { body } = await calendars.client.get(`/events?organizer_user_id=${ann}&${bound}=${instant}`);
      expect(body.map((found) => found.id)).toEqual(expected ? [id] : []);
      await calendars.client.delete(`/events/${id}`);
    }
  });

  test('and one of an hour are in no search of the time before the start', async () => {
    const ann = await calendars.someone({ busy: '10:00 - 11:00' });
    const found = async (from: string, to: string) =>
      (await calendars.client.get(`/events?organizer_user_id=${ann}&from=${from}&to=${to}`)).body.length;
    expect(await found('2026-01-05T09:00:00Z', TEN)).toBe(0);
    expect(await found('2026-01-05T09:00:00Z', '2026-01-05T10:00:01Z')).toBe(1);
    expect(await found('2026-01-05T11:00:00Z', '2026-01-05T12:00:00Z')).toBe(0);
    expect(await found('2026-01-05T10:30:00Z', '2026-01-05T10:30:00Z')).toBe(1);
  });

  test('takes no time in free/busy, the search and bookings', async () => {
    const ann = await calendars.someone({ double_booking: 'reject' });
    const own = { organizer_user_id: ann };
    await moment(ann);
    await moment(ann, { repeat: { frequency: 'daily' } });
    expect(await calendars.busy(ann)).toEqual([]);
    expect(await calendars.kinds(ann)).toEqual([]);
    expect((await calendars.nearest([ann], 'from=2026-01-05T09:30:00Z')).time).toBe('09:30 - 10:30');
    expect(await calendars.event('09:00 - 11:00', { ...own, conflict_policy: 'reject' })).toMatchObject({
      conflicts: [],
    });
    // Neither at the border of busy time nor within it.
    for (const time of ['09:00 - 09:00', '10:00 - 10:00', '11:00 - 11:00']) {
      const { conflicts } = await calendars.event(time, { ...own, conflict_policy: 'reject' });
      expect(conflicts).toEqual([]);
    }
    expect(await calendars.busy(ann)).toEqual(['09:00 - 11:00']);
  });

  test('explains no conflict', async () => {
    const ann = await calendars.someone({ busy: '09:00 - 11:00' });
    await moment(ann);
    await moment(ann, { repeat: { frequency: 'daily' } });
    const { conflicts } = await calendars.event('09:30 - 10:30', { organizer_user_id: ann });
    expect(conflicts.map(({ events }) => events.length)).toEqual([1]);
  });

  test('gets a length, and loses it, by a change', async () => {
    const ann = await calendars.someone();
    const { client } = calendars;
    const { id } = await moment(ann);
    const longer = await client.patch(`/events/${id}`, { duration: 3600 });
    expect(longer.body).toMatchObject({ end_date: '2026-01-05T11:00:00Z', duration: 3600 });
    expect(await calendars.busy(ann)).toEqual(['10:00 - 11:00']);
    const none = await client.patch(`/events/${id}`, { end_date: TEN });
    expect(none.body).toMatchObject({ start_date: TEN, end_date: TEN, duration: 0 });
    expect(await calendars.busy(ann)).toEqual([]);
    const days = await client.patch(`/events/${id}`, {
      all_day: true,
      start_date: '2026-01-05',
      duration: 0,
    });
    expect(days).toMatchObject({ status: 400, body: { errors: [{ field: 'duration' }] } });
    expect((await client.get(`/events/${id}`)).body).toMatchObject({ duration: 0, all_day: false });
  });

  test('is one occurrence of a series of hours, and an hour is one of a series without a length', async () => {
    const ann = await calendars.someone();
    const { client } = calendars;
    const hours = await calendars.event('10:00 - 11:00', {
      organizer_user_id: ann,
      repeat: { frequency: 'daily', count: 3 },
    });
    const shortened = await client.patch(at(hours.id, 6), { duration: 0 });
    expect(shortened.body).toMatchObject({ start: '2026-01-06T10:00:00Z', end: '2026-01-06T10:00:00Z' });
    const moved = await client.patch(at(hours.id, 7), {
      start_date: '2026-01-07T12:00:00Z',
      end_date: '2026-01-07T12:00:00Z',
    });
    expect(moved.body).toMatchObject({ start: '2026-01-07T12:00:00Z', end: '2026-01-07T12:00:00Z' });
    expect(await calendars.busy(ann)).toEqual(['10:00 - 11:00']);
    await client.patch(at(hours.id, 6), { duration: 3600 });
    expect(await calendars.busy(ann)).toEqual(['10:00 - 11:00', '2026-01-06 10:00 - 2026-01-06 11:00']);
    await client.delete(`/events/${hours.id}`);

    const moments = await moment(ann, { repeat: { frequency: 'daily', count: 3 } });
    await client.patch(at(moments.id, 6), { duration: 1800 });
    expect(await calendars.busy(ann)).toEqual(['2026-01-06 10:00 - 2026-01-06 10:30']);
    const following = await client.patch(`${at(moments.id, 7)}?scope=following`, { duration: 60 });
    expect(following.body).toMatchObject({ start: '2026-01-07T10:00:00Z', end: '2026-01-07T10:01:00Z' });
    expect(await calendars.busy(ann)).toEqual([
      '2026-01-06 10:00 - 2026-01-06 10:30',
      '2026-01-07 10:00 - 2026-01-07 10:01',
    ]);
  });

  test('is stored in a form that an instance of the version before expands', async () => {
    const ann = await calendars.someone();
    const { id } = await moment(ann, { repeat: { frequency: 'daily', count: 2 } });
    const columns = 'SELECT duration, zero_length FROM events WHERE id =';
    expect(await query(application.database.url, `${columns} ${id}`)).toEqual([
      { duration: 1, zero_length: true },
    ]);
    // That instance changes the length.
    await query(application.database.url, `UPDATE events SET duration = 1800 WHERE id = ${id}`);
    const { body } = await calendars.client.get(`/events/${id}`);
    expect(body).toMatchObject({ duration: 1800, end_date: '2026-01-05T10:30:00Z' });
  });
});

function at(id: number, day: number) {
  return `/events/${id}/occurrences/2026-01-0${day}T10:00:00Z` as const;
}
