import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** A flight from Berlin to New York: 10:00 to 12:30, each in its own zone, which is eight and a half hours. */
const FLIGHT = {
  time_zone: 'Europe/Berlin',
  start_date: '2026-03-02T10:00:00',
  end_time_zone: 'America/New_York',
  end_date: '2026-03-02T12:30:00',
} satisfies Partial<NewEvent>;
const LENGTH = 8.5 * 3600;
const TIMES = {
  start_date: '2026-03-02T09:00:00Z',
  end_date: '2026-03-02T17:30:00Z',
  duration: LENGTH,
  time_zone: 'Europe/Berlin',
  end_time_zone: 'America/New_York',
};

describe('an end in another zone', () => {
  let application: TestApplication;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  async function refused(body: object, path: '/events' | `/events/${string}` = '/events') {
    const { status, body: problem } = await series.client.send(
      path === '/events' ? 'POST' : 'PATCH',
      path,
      body,
    );
    return [status, ...(problem as { errors: { field: string }[] }).errors.map(({ field }) => field)];
  }

  test('is read in its zone, and shown', async () => {
    const id = await series.create(FLIGHT);
    expect(await series.get(id)).toMatchObject(TIMES);
    const list = await series.client.get(
      `/users/${series.organizer}/events?from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z`,
    );
    expect(list.body).toMatchObject([TIMES]);
    await series.client.delete(`/events/${id}`);
  });

  test.each<[string, Partial<NewEvent>]>([
    ['an instant', { end_date: '2026-03-02T17:30:00Z' }],
    ['a duration', { end_date: undefined, duration: LENGTH }],
  ])('is the same as %s', async (_, end) => {
    const id = await series.create({ ...FLIGHT, ...end });
    expect(await series.get(id)).toMatchObject(TIMES);
  });

  test('is null without a zone of its own', async () => {
    const id = await series.create({ ...FLIGHT, end_time_zone: undefined });
    expect(await series.get(id)).toMatchObject({ end_date: '2026-03-02T11:30:00Z', end_time_zone: null });
  });

  test.each<[string, object, object]>([
    [
      'a civil end is read in the zone of the end',
      { end_date: '2026-03-02T13:30:00' },
      { duration: LENGTH + 3600 },
    ],
    [
      'a zone of the end alone moves no instant',
      { end_time_zone: 'America/Chicago' },
      { end_time_zone: 'America/Chicago' },
    ],
    ['null alone moves no instant', { end_time_zone: null }, { end_time_zone: null }],
    [
      'a civil end is read in the zone that comes with it',
      { end_time_zone: 'America/Chicago', end_date: '2026-03-02T11:30:00' },
      { end_time_zone: 'America/Chicago' },
    ],
    [
      'a civil end is read in the zone of the event if that of the end is removed',
      { end_time_zone: null, end_date: '2026-03-02T18:30:00' },
      { end_time_zone: null },
    ],
    [
      'a new zone of the start keeps the zone of the end and the length',
      { time_zone: 'Europe/London' },
      { time_zone: 'Europe/London', start_date: '2026-03-02T10:00:00Z', end_date: '2026-03-02T18:30:00Z' },
    ],
  ])('in a change: %s', async (_, change, expected) => {
    const id = await series.create(FLIGHT);
    const { end_date, ...others } = { ...TIMES, ...expected };
    const after = await series.change(id, change);
    expect(after).toMatchObject({ ...others, ...('start_date' in expected && { end_date }) });
    expect(await series.get(id)).toMatchObject(others);
  });

  test('of a series gives each occurrence the exact length of the first, also when the clocks change', async () => {
    const id = await series.create({ ...FLIGHT, repeat: { frequency: 'weekly', count: 5 } });
    const listed = await series.occurrences(id, '2026-03-01', '2026-04-15');
    // The clocks of New York change on 8 March, and those of Berlin on 29 March.
    expect(listed.map(({ start, end }) => [start, end])).toEqual([
      ['2026-03-02T09:00:00Z', '2026-03-02T17:30:00Z'],
      ['2026-03-09T09:00:00Z', '2026-03-09T17:30:00Z'],
      ['2026-03-16T09:00:00Z', '2026-03-16T17:30:00Z'],
      ['2026-03-23T09:00:00Z', '2026-03-23T17:30:00Z'],
      ['2026-03-30T08:00:00Z', '2026-03-30T16:30:00Z'],
    ]);
  });

  test('of one occurrence is read in the zone of the series, which the occurrence cannot change', async () => {
    const id = await series.create({ ...FLIGHT, repeat: { frequency: 'weekly', count: 3 } });
    const changed = await series.changeOne(id, '2026-03-09T09:00:00Z', { end_date: '2026-03-09T14:00:00' });
    expect(changed).toMatchObject({ start: '2026-03-09T09:00:00Z', end: '2026-03-09T18:00:00Z' });
    const path = `/events/${id}/occurrences/2026-03-16T09:00:00Z` as const;
    expect(await refused({ end_time_zone: 'America/Chicago' }, path)).toEqual([400, 'end_time_zone']);
  });

  test('stays with both parts of a split series, and changes with the later one', async () => {
    const id = await series.create({ ...FLIGHT, repeat: { frequency: 'weekly', count: 3 } });
    const { event_id: later } = await series.changeFrom(id, '2026-03-09T09:00:00Z', { title: 'Later' });
    expect(await series.get(later)).toMatchObject({ end_time_zone: 'America/New_York', duration: LENGTH });
    expect(await series.get(id)).toMatchObject({ end_time_zone: 'America/New_York', duration: LENGTH });
    const { event_id: last } = await series.changeFrom(later, '2026-03-16T09:00:00Z', {
      end_time_zone: 'America/Chicago',
      end_date: '2026-03-16T11:30:00',
    });
    expect(await series.get(last)).toMatchObject({
      end_time_zone: 'America/Chicago',
      end_date: '2026-03-16T16:30:00Z',
    });
    expect(await series.get(later)).toMatchObject({ end_time_zone: 'America/New_York' });
  });

  test('is part of a replacement', async () => {
    const path = '/events/by-external-id/flight' as const;
    const body = { ...FLIGHT, title: 'Flight', organizer_user_id: series.organizer };
    const created = await series.client.put(path, body);
    expect(created).toMatchObject({ status: 201, body: { ...TIMES, version: 1 } });
    expect(await series.client.put(path, body)).toMatchObject({
      status: 200,
      body: { ...TIMES, version: 1 },
    });
    const without = { ...body, end_time_zone: undefined, end_date: TIMES.end_date };
    expect(await series.client.put(path, without)).toMatchObject({
      status: 200,
      body: { ...TIMES, end_time_zone: null, version: 2 },
    });
  });

  test('is none of an all-day event', async () => {
    const day = {
      start_date: '2026-03-02',
      all_day: true,
      title: 'Day',
      organizer_user_id: series.organizer,
    };
    expect(await refused({ ...day, end_time_zone: 'America/New_York' })).toEqual([400, 'end_time_zone']);
    const id = await series.create({ ...day, end_time_zone: null });
    expect(await series.get(id)).toMatchObject({ end_time_zone: null });
    expect(await refused({ end_time_zone: 'America/New_York' }, `/events/${id}`)).toEqual([
      400,
      'end_time_zone',
    ]);
    const flight = await series.create(FLIGHT);
    const changed = await series.change(flight, { all_day: true, start_date: '2026-03-02', duration: 1 });
    expect(changed).toMatchObject({ all_day: true, end_time_zone: null });
  });

  test.each(['Nowhere', '', 1])('in the zone %j is refused', async (end_time_zone) => {
    const body = { ...FLIGHT, title: 'Flight', organizer_user_id: series.organizer, end_time_zone };
    expect(await refused(body)).toEqual([400, 'end_time_zone']);
  });

  test('before the start is refused, though its clock shows a later time', async () => {
    const body = {
      ...FLIGHT,
      title: 'Flight',
      organizer_user_id: series.organizer,
      end_time_zone: 'Asia/Tokyo',
    };
    expect(await refused(body)).toEqual([400, 'end_date']);
  });
});
