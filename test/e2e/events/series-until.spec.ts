import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { execute } from '../../support/database/test-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const DAILY = {
  start_date: '2026-09-07T20:00:00',
  time_zone: 'Europe/Berlin',
  duration: 3600,
  repeat: { frequency: 'daily', until: '2026-09-10' },
} satisfies Partial<NewEvent>;

describe('until', () => {
  let application: TestApplication;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  test('is a civil date, so a new zone keeps each day at its civil time', async () => {
    const id = await series.create(DAILY);
    const changed = await series.change(id, { time_zone: 'America/New_York' });
    expect(changed.repeat).toEqual({ frequency: 'daily', until: '2026-09-10' });
    expect(changed.recurrence).toEqual(['RRULE:FREQ=DAILY;UNTIL=20260911T035959Z']);
    expect(await series.starts(id)).toEqual([
      '2026-09-08T00:00:00Z',
      '2026-09-09T00:00:00Z',
      '2026-09-10T00:00:00Z',
      '2026-09-11T00:00:00Z',
    ]);
  });

  test('adds no day in a move from New York to Tokyo', async () => {
    const id = await series.create({
      ...DAILY,
      start_date: '2026-09-07T08:00:00',
      time_zone: 'America/New_York',
    });
    const changed = await series.change(id, { time_zone: 'Asia/Tokyo' });
    expect(changed.repeat.until).toBe('2026-09-10');
    expect(await series.starts(id)).toEqual([
      '2026-09-06T23:00:00Z',
      '2026-09-07T23:00:00Z',
      '2026-09-08T23:00:00Z',
      '2026-09-09T23:00:00Z',
    ]);
  });

  test.each(['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])(
    'stays when a series in %s becomes all-day, and timed again',
    async (timeZone) => {
      const id = await series.create({ ...DAILY, time_zone: timeZone });
      const allDay = await series.change(id, { all_day: true, start_date: '2026-09-07', duration: 1 });
      expect(allDay.repeat.until).toBe('2026-09-10');
      expect(allDay.recurrence).toEqual(['RRULE:FREQ=DAILY;UNTIL=20260910']);
      expect(await series.starts(id)).toEqual(['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10']);
      const timed = await series.change(id, {
        all_day: false,
        start_date: '2026-09-07T20:00:00',
        duration: 3600,
      });
      expect(timed.repeat.until).toBe('2026-09-10');
      expect(await series.starts(id)).toHaveLength(4);
    },
  );

  test.each([
    ['a date', '2026-09-10', '2026-09-10', 4],
    ['the last start as an instant', '2026-09-10T18:00:00Z', '2026-09-10', 4],
    ['a civil time before the start of its day', '2026-09-10T19:00:00', '2026-09-09', 3],
  ])('given as %s', async (_, until, shown, count) => {
    const id = await series.create({ ...DAILY, repeat: { frequency: 'daily', until } });
    const later = await series.change(id, { start_date: '2026-09-07T21:00:00' });
    expect(later.repeat.until).toBe(shown);
    expect(await series.starts(id)).toHaveLength(count);
  });

  test('within a day of several starts is an instant, and follows the zone', async () => {
    const rrule = 'FREQ=DAILY;BYHOUR=9,17;UNTIL=20260909T120000Z';
    const id = await series.create({ ...DAILY, start_date: '2026-09-07T09:00:00', repeat: { rrule } });
    expect((await series.get(id)).repeat).toEqual({ rrule: 'FREQ=DAILY;UNTIL=20260909T120000Z;BYHOUR=9,17' });
    const moved = await series.change(id, { time_zone: 'America/New_York' });
    expect(moved.repeat).toEqual({ rrule: 'FREQ=DAILY;UNTIL=20260909T180000Z;BYHOUR=9,17' });
    expect(await series.starts(id)).toHaveLength(5);
  });

  test('ends the earlier part of a split series by a date', async () => {
    const id = await series.create(DAILY);
    await series.changeFrom(id, '2026-09-09T18:00:00Z', { time_zone: 'America/New_York' });
    expect((await series.get(id)).repeat).toEqual({ frequency: 'daily', until: '2026-09-08' });
    await series.change(id, { time_zone: 'Asia/Tokyo' });
    expect(await series.starts(id)).toEqual(['2026-09-07T11:00:00Z', '2026-09-08T11:00:00Z']);
  });

  test('that an earlier version stored in UTC is read as its date', async () => {
    const id = await series.create(DAILY);
    // The service now stores the date of an `until`, so no request stores this rule.
    const stored = 'FREQ=DAILY;UNTIL=20260910T215959Z';
    await execute(application.database.url, `UPDATE events SET rrule = '${stored}' WHERE id = ${id}`);
    expect((await series.get(id)).repeat).toEqual({ frequency: 'daily', until: '2026-09-10' });
    const changed = await series.change(id, { time_zone: 'America/New_York' });
    expect(changed.repeat.until).toBe('2026-09-10');
    expect(await series.starts(id)).toHaveLength(4);
  });
});
