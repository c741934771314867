import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, Repeat } from '../../../clients/typescript/src/schema.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { execute } from '../../support/database/test-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The clocks of Berlin show 02:00 to 03:00 twice on 25 October 2026: from 00:00Z and from 01:00Z on. */
const FIRST = '2026-10-25T00:30:00Z';
const SECOND = '2026-10-25T01:30:00Z';

const DAILY = {
  time_zone: 'Europe/Berlin',
  start_date: '2026-10-24T09:00:00',
  duration: 1800,
  repeat: { frequency: 'daily', count: 3 },
} satisfies Partial<NewEvent>;

describe('the second of two equal hours', () => {
  let application: TestApplication;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  async function listed(id: number): Promise<string[]> {
    const window = 'from=2026-10-20T00:00:00Z&to=2026-11-05T00:00:00Z';
    const { body } = await series.client.get(`/users/${series.organizer}/events?${window}`);
    const event = body.find((candidate) => candidate.id === id);
    return (event?.occurrences ?? []).map(({ start }) => start);
  }

  async function busy(): Promise<string[]> {
    const window = 'from=2026-10-24T23:00:00Z&to=2026-10-25T06:00:00Z';
    const { body } = await series.client.get(`/free-busy?user_ids=${series.organizer}&${window}`);
    return JSON.stringify(body[0].busy).match(/2026-10-25T0[01]:30:00Z(?=","end)/g) ?? [];
  }

  async function removeAll(): Promise<void> {
    const window = 'from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z';
    const { body } = await series.client.get(`/users/${series.organizer}/events?${window}&limit=1000`);
    for (const { id } of body) expect((await series.client.delete(`/events/${id}`)).status).toBe(204);
  }

  test.each([
    ['Europe/Berlin', '2026-10-25T01:30:00Z', '2026-10-24T09:00:00', '2026-10-26T08:00:00Z'],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-10-31T09:00:00', '2026-11-02T14:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-04T15:15:00Z', '2026-04-04T09:00:00', '2026-04-05T22:30:00Z'],
  ])('is where an occurrence in %s is moved to', async (time_zone, second, start_date, original) => {
    await removeAll();
    const id = await series.create({ ...DAILY, time_zone, start_date });
    const moved = await series.changeOne(id, original, { start_date: second });
    expect(moved).toMatchObject({ start: second, original_start: original });
    const renamed = await series.changeOne(id, original, { title: 'Renamed' });
    expect(renamed).toMatchObject({ start: second, title: 'Renamed' });
    await series.change(id, { title: 'Other' });
    await series.change(id, { start_date: start_date.replace('09:00', '10:00') });
    const starts = (await series.occurrences(id, '2026-03-01', '2027-01-01')).map(({ start }) => start);
    expect(starts).toContain(second);
  });

  test('is where a moved occurrence is in lists and free/busy, and after a split', async () => {
    await removeAll();
    const id = await series.create(DAILY);
    await series.changeOne(id, '2026-10-26T08:00:00Z', { start_date: SECOND });
    expect(await listed(id)).toEqual(['2026-10-24T07:00:00Z', SECOND, '2026-10-25T08:00:00Z']);
    expect(await busy()).toEqual([SECOND]);
    const later = await series.changeFrom(id, '2026-10-25T08:00:00Z', { title: 'Later' });
    expect(await series.starts(later.event_id)).toEqual([SECOND, '2026-10-25T08:00:00Z']);
    await series.change(later.event_id, { time_zone: 'UTC', start_date: '2026-10-25T08:00:00Z' });
    expect(await series.starts(later.event_id)).toEqual([SECOND, '2026-10-25T08:00:00Z']);
    await series.change(later.event_id, { time_zone: 'Europe/Berlin', start_date: '2026-10-25T08:00:00Z' });
    expect(await series.starts(later.event_id)).toEqual([SECOND, '2026-10-25T08:00:00Z']);
    await series.changeOne(later.event_id, '2026-10-26T08:00:00Z', { start_date: FIRST });
    expect(await series.starts(later.event_id)).toEqual([FIRST, '2026-10-25T08:00:00Z']);
  });

  test.each([
    ['beside a rule', { frequency: 'daily', count: 2, rdates: [SECOND] }],
    ['without a rule', { rdates: [SECOND, '2026-10-25T08:00:00Z'] }],
    [
      'of a rule that starts in the first',
      { rrule: 'FREQ=DAILY;COUNT=2;BYHOUR=2,9;BYMINUTE=30', rdates: [SECOND] },
    ],
  ])('is an RDATE %s', async (_, repeat) => {
    await removeAll();
    const id = await series.create({ ...DAILY, start_date: '2026-10-24T09:30:00', repeat });
    expect((await series.get(id)).repeat.rdates).toContain(SECOND);
    const starts = await series.starts(id);
    expect(starts).toContain(SECOND);
    expect(await listed(id)).toEqual(starts);
    const { repeat: shown } = await series.get(id);
    const changed = await series.change(id, { title: 'Other', repeat: shown });
    expect(changed.repeat).toEqual(shown);
    expect(changed.recurrence.at(-1)).toBe('RDATE:20261025T013000Z');
    expect(await series.starts(id)).toEqual(starts);
  });

  test('is told apart from the first by an EXDATE and by an original start', async () => {
    await removeAll();
    const repeat: Repeat = { frequency: 'daily', count: 2, rdates: [FIRST, SECOND] };
    const event = { ...DAILY, repeat };
    const without = async (exdate: string) =>
      series.starts(await series.create({ ...event, repeat: { ...repeat, exdates: [exdate] } }));
    expect(await without(SECOND)).toEqual(['2026-10-24T07:00:00Z', FIRST, '2026-10-25T08:00:00Z']);
    expect(await without(FIRST)).toEqual(['2026-10-24T07:00:00Z', SECOND, '2026-10-25T08:00:00Z']);
    const id = await series.create({ ...event, repeat: { ...repeat, rdates: [SECOND] } });
    expect((await series.client.patch(`/events/${id}/occurrences/${FIRST}`, { title: 'No' })).status).toBe(
      404,
    );
    const renamed = await series.changeOne(id, SECOND, { title: 'Renamed' });
    expect(renamed).toMatchObject({ start: SECOND, original_start: SECOND, title: 'Renamed' });
    await series.change(id, { location: 'Room 1' });
    await series.cancel(id, SECOND);
    expect(await series.starts(id)).toEqual(['2026-10-24T07:00:00Z', '2026-10-25T08:00:00Z']);
    await series.changeOne(id, SECOND, { status: 'confirmed' });
    expect(await series.starts(id)).toEqual(['2026-10-24T07:00:00Z', SECOND, '2026-10-25T08:00:00Z']);
  });

  test.each<[string, Repeat]>([
    ['that counts', { frequency: 'daily', count: 3 }],
    ['that ends', { frequency: 'daily', until: '2026-10-27' }],
    ['without a rule', { rdates: ['2026-10-26T01:30:00Z', '2026-10-27T01:30:00Z'] }],
  ])('is the start of a series %s', async (_, repeat) => {
    await removeAll();
    const expected = [SECOND, '2026-10-26T01:30:00Z', '2026-10-27T01:30:00Z'];
    const id = await series.create({ ...DAILY, start_date: SECOND, repeat });
    expect(await series.get(id)).toMatchObject({ start_date: SECOND, end_date: '2026-10-25T02:00:00Z' });
    expect(await series.starts(id)).toEqual(expected);
    expect(await listed(id)).toEqual(expected);
    expect(await busy()).toEqual([SECOND]);
    await series.changeOne(id, SECOND, { title: 'First' });
    const { start_date, repeat: shown } = await series.get(id);
    await series.change(id, { title: 'Other', start_date, repeat: shown });
    expect(await series.occurrences(id)).toMatchObject([
      { start: SECOND, original_start: SECOND, title: 'First' },
      { start: expected[1], title: 'Other' },
      { start: expected[2], title: 'Other' },
    ]);
    const later = await series.changeFrom(id, expected[1], { title: 'Later' });
    expect(await series.starts(id)).toEqual([SECOND]);
    expect(await series.starts(later.event_id)).toEqual(expected.slice(1));
    const all = await series.changeFrom(id, SECOND, { title: 'All' });
    expect(all).toMatchObject({ event_id: id, start: SECOND, title: 'All' });
  });

  test('is kept by an event that repeats later, and moves to an ordinary hour with it', async () => {
    const id = await series.create({ ...DAILY, start_date: SECOND, repeat: null });
    const repeating = await series.change(id, { repeat: { frequency: 'daily', count: 2 } });
    expect(repeating.start_date).toBe(SECOND);
    await series.change(id, { start_date: '2026-10-25T09:00:00' });
    expect(await series.starts(id)).toEqual(['2026-10-25T08:00:00Z', '2026-10-26T08:00:00Z']);
  });

  test('has no exception of its own beside an occurrence at the same civil time', async () => {
    const rrule = 'FREQ=DAILY;COUNT=2;BYHOUR=2;BYMINUTE=30';
    const id = await series.create({
      ...DAILY,
      start_date: '2026-10-24T02:30:00',
      repeat: { rrule, rdates: [SECOND] },
    });
    const refused = await series.client.patch(`/events/${id}/occurrences/${SECOND}`, { title: 'No' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'original_start' }] } });
    await series.changeOne(id, FIRST, { title: 'First' });
    expect(await series.occurrences(id)).toMatchObject([
      { start: '2026-10-24T00:30:00Z', title: 'Series' },
      { start: FIRST, title: 'First' },
      { start: SECOND, title: 'Series' },
    ]);
  });

  test('is meant by a civil time only if nothing starts in the first', async () => {
    const id = await series.create({ ...DAILY, repeat: { frequency: 'daily', count: 1, rdates: [SECOND] } });
    expect(await series.changeOne(id, '2026-10-25T02:30:00', { title: 'Renamed' })).toMatchObject({
      start: SECOND,
    });
    const first = await series.create({ ...DAILY, start_date: '2026-10-25T02:30:00' });
    expect((await series.get(first)).start_date).toBe(FIRST);
  });

  test('of an earlier version, which knows no second hour, is read as the first', async () => {
    const id = await series.create({ ...DAILY, repeat: { frequency: 'daily', count: 1, rdates: [SECOND] } });
    // The service now always writes the column, so no request leaves it null.
    await execute(application.database.url, `UPDATE events SET second_passes = NULL WHERE id = ${id}`);
    expect(await series.starts(id)).toEqual(['2026-10-24T07:00:00Z', FIRST]);
  });
});
