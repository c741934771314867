import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, Repeat } from '../../../clients/typescript/src/schema.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

describe('a start that the rule does not yield', () => {
  let application: TestApplication;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  const EVENT = { time_zone: 'UTC', duration: 3600 };

  async function startsOf(id: number): Promise<string[]> {
    return (await series.occurrences(id, '2027-01-01', '2028-01-20')).map(({ start }) => start);
  }

  const MOVES: [string, string, Repeat, string, string[], string][] = [
    [
      'BYDAY',
      '2027-01-04T09:00:00Z',
      { frequency: 'weekly', days_of_week: [1], count: 3 },
      '2027-01-05T09:00:00Z',
      ['2027-01-05T09:00:00Z', '2027-01-12T09:00:00Z', '2027-01-19T09:00:00Z'],
      'FREQ=WEEKLY;COUNT=3;BYDAY=TU',
    ],
    [
      'BYDAY, to an earlier day',
      '2027-01-06T09:00:00Z',
      { frequency: 'weekly', days_of_week: [3], interval: 2, count: 2 },
      '2027-01-03T09:00:00Z',
      ['2027-01-03T09:00:00Z', '2027-01-17T09:00:00Z'],
      'FREQ=WEEKLY;INTERVAL=2;COUNT=2;BYDAY=SU',
    ],
    [
      'BYDAY with an ordinal',
      '2027-01-05T09:00:00Z',
      { frequency: 'monthly', days_of_week: [2], week_of_month: 1, count: 3 },
      '2027-01-13T09:00:00Z',
      ['2027-01-13T09:00:00Z', '2027-02-10T09:00:00Z', '2027-03-10T09:00:00Z'],
      'FREQ=MONTHLY;COUNT=3;BYDAY=2WE',
    ],
    [
      'BYDAY with an ordinal from the end',
      '2027-01-26T09:00:00Z',
      { frequency: 'monthly', days_of_week: [2], week_of_month: -1, count: 3 },
      '2027-01-29T09:00:00Z',
      ['2027-01-29T09:00:00Z', '2027-02-26T09:00:00Z', '2027-03-26T09:00:00Z'],
      'FREQ=MONTHLY;COUNT=3;BYDAY=-1FR',
    ],
    [
      'BYMONTHDAY',
      '2027-01-06T09:00:00Z',
      { frequency: 'monthly', day_of_month: 6, count: 3 },
      '2027-01-20T10:00:00Z',
      ['2027-01-20T10:00:00Z', '2027-02-20T10:00:00Z', '2027-03-20T10:00:00Z'],
      'FREQ=MONTHLY;COUNT=3;BYMONTHDAY=20',
    ],
    [
      'BYMONTH and BYMONTHDAY',
      '2027-01-06T09:00:00Z',
      { frequency: 'yearly', month_of_year: 1, day_of_month: 6, count: 2 },
      '2027-02-07T09:00:00Z',
      ['2027-02-07T09:00:00Z'],
      'FREQ=YEARLY;COUNT=2;BYMONTH=2;BYMONTHDAY=7',
    ],
    [
      'BYHOUR',
      '2027-01-04T09:00:00Z',
      { rrule: 'FREQ=DAILY;COUNT=2;BYHOUR=9' },
      '2027-01-04T11:00:00Z',
      ['2027-01-04T11:00:00Z', '2027-01-05T11:00:00Z'],
      'FREQ=DAILY;COUNT=2;BYHOUR=11',
    ],
    [
      'BYHOUR and BYMINUTE',
      '2027-01-04T09:15:00Z',
      { rrule: 'FREQ=WEEKLY;COUNT=2;BYHOUR=9;BYMINUTE=15' },
      '2027-01-05T11:30:00Z',
      ['2027-01-05T11:30:00Z', '2027-01-12T11:30:00Z'],
      'FREQ=WEEKLY;COUNT=2;BYHOUR=11;BYMINUTE=30',
    ],
    [
      'nothing, if the rule yields it',
      '2027-01-04T09:00:00Z',
      { frequency: 'weekly', days_of_week: [1, 3], count: 3 },
      '2027-01-06T09:00:00Z',
      ['2027-01-06T09:00:00Z', '2027-01-11T09:00:00Z', '2027-01-13T09:00:00Z'],
      'FREQ=WEEKLY;COUNT=3;BYDAY=MO,WE',
    ],
  ];

  test.each(MOVES)('moves %s', async (_, start_date, repeat, moved, starts, rule) => {
    const id = await series.create({ ...EVENT, start_date, repeat });
    const changed = await series.change(id, { start_date: moved });
    expect(changed).toMatchObject({ start_date: moved, recurrence: [`RRULE:${rule}`] });
    expect(await startsOf(id)).toEqual(starts);
  });

  test.each([
    ['the start alone', { start_date: '2027-01-05T10:00:00' }, '2027-01-14T10:00:00Z'],
    [
      'a zone at the same instants',
      { time_zone: 'Asia/Tokyo', start_date: '2027-01-04T20:00:00Z' },
      '2027-01-14T20:00:00Z',
    ],
  ])('takes RDATEs along with a rule that moves, with %s', async (_, change, rdate) => {
    const hour = change.start_date.endsWith('Z') ? '20' : '09';
    const repeat: Repeat = {
      frequency: 'weekly',
      days_of_week: [1],
      count: 2,
      rdates: [`2027-01-14T${hour}:00:00`],
    };
    const id = await series.create({ ...EVENT, start_date: `2027-01-04T${hour}:00:00`, repeat });
    const { start_date } = await series.change(id, change);
    expect(await startsOf(id)).toEqual([start_date, expect.stringMatching(/^2027-01-1[12]T/), rdate]);
  });

  test('moves the weekday of the named occurrence and all later ones', async () => {
    const repeat: Repeat = { frequency: 'weekly', days_of_week: [1], count: 4 };
    const id = await series.create({ ...EVENT, start_date: '2027-01-04T09:00:00Z', repeat });
    await series.cancel(id, '2027-01-18T09:00:00Z');
    const later = await series.changeFrom(id, '2027-01-11T09:00:00Z', { start_date: '2027-01-12T09:00:00Z' });
    expect(later).toMatchObject({ start: '2027-01-12T09:00:00Z', original_start: '2027-01-12T09:00:00Z' });
    expect(await startsOf(id)).toEqual(['2027-01-04T09:00:00Z']);
    expect(await startsOf(later.event_id)).toEqual(['2027-01-12T09:00:00Z', '2027-01-26T09:00:00Z']);
  });

  test.each<[string, string, Repeat, string]>([
    [
      'several BYDAY',
      '2027-01-04T09:00:00Z',
      { frequency: 'weekly', days_of_week: [1, 3] },
      '2027-01-05T09:00:00Z',
    ],
    [
      'BYSETPOS',
      '2027-01-29T09:00:00Z',
      { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
      '2027-01-28T09:00:00Z',
    ],
    [
      'several BYMONTHDAY',
      '2027-01-04T09:00:00Z',
      { rrule: 'FREQ=MONTHLY;BYMONTHDAY=4,14' },
      '2027-01-05T09:00:00Z',
    ],
    ['several BYMONTH', '2027-01-04T09:00:00Z', { rrule: 'FREQ=YEARLY;BYMONTH=1,6' }, '2027-02-04T09:00:00Z'],
    ['several BYHOUR', '2027-01-04T09:00:00Z', { rrule: 'FREQ=DAILY;BYHOUR=9,17' }, '2027-01-04T10:00:00Z'],
    [
      'several BYMINUTE',
      '2027-01-04T09:00:00Z',
      { rrule: 'FREQ=DAILY;BYMINUTE=0,30' },
      '2027-01-04T09:15:00Z',
    ],
    ['BYYEARDAY', '2027-01-04T09:00:00Z', { rrule: 'FREQ=YEARLY;BYYEARDAY=4' }, '2027-01-05T09:00:00Z'],
    [
      'BYWEEKNO',
      '2027-01-04T09:00:00Z',
      { rrule: 'FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO' },
      '2027-01-12T09:00:00Z',
    ],
  ])('is refused with %s', async (_, start_date, repeat, moved) => {
    const id = await series.create({ ...EVENT, start_date, repeat });
    const { version } = await series.get(id);
    const refusal = { status: 400, body: { code: 'start_off_rule', errors: [{ field: 'start_date' }] } };
    expect(await series.client.patch(`/events/${id}`, { start_date: moved })).toMatchObject(refusal);
    const path = `/events/${id}/occurrences/${start_date}?scope=following`;
    expect(await series.client.patch(path, { start_date: moved })).toMatchObject(refusal);
    expect((await series.get(id)).version).toBe(version);
  });

  test('moves to the first occurrence if the request names the rule', async () => {
    const repeat: Repeat = { frequency: 'weekly', days_of_week: [1], count: 3 };
    const id = await series.create({ ...EVENT, start_date: '2027-01-04T09:00:00Z', repeat });
    const changed = await series.change(id, { start_date: '2027-01-05T09:00:00Z', repeat });
    expect(changed.start_date).toBe('2027-01-11T09:00:00Z');
  });

  test('leaves a single BYHOUR behind when the series becomes all-day', async () => {
    const repeat = { rrule: 'FREQ=DAILY;COUNT=2;BYHOUR=9' };
    const id = await series.create({ ...EVENT, start_date: '2027-01-04T09:00:00Z', repeat });
    await series.change(id, { all_day: true, start_date: '2027-01-04', duration: 1 });
    expect(await startsOf(id)).toEqual(['2027-01-04', '2027-01-05']);
  });
});

describe('this and all later occurrences', () => {
  let application: TestApplication;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  const WEEKLY = {
    time_zone: 'UTC',
    start_date: '2026-09-07T09:00:00Z',
    duration: 3600,
    location: 'Room 1',
    repeat: { frequency: 'weekly', count: 5 },
  } satisfies Partial<NewEvent>;
  const THIRD = '2026-09-21T09:00:00Z';

  async function createWithMovedThird(): Promise<number> {
    const id = await series.create(WEEKLY);
    await series.changeOne(id, THIRD, {
      start_date: '2026-09-21T15:00:00Z',
      duration: 1800,
      title: 'Own',
      location: 'Own room',
    });
    await series.changeOne(id, '2026-09-28T09:00:00Z', { title: 'Fourth' });
    return id;
  }

  test('change with the named occurrence, whose other fields keep their override', async () => {
    const id = await createWithMovedThird();
    const changed = await series.changeFrom(id, THIRD, { start_date: '2026-09-21T10:00:00Z', title: 'New' });
    expect(changed).toMatchObject({
      start: '2026-09-21T10:00:00Z',
      end: '2026-09-21T10:30:00Z',
      title: 'New',
      location: 'Own room',
    });
    expect(changed.event_id).not.toBe(id);
    expect(await series.occurrences(changed.event_id)).toMatchObject([
      { start: '2026-09-21T10:00:00Z', title: 'New', location: 'Own room' },
      { start: '2026-09-28T10:00:00Z', title: 'Fourth', location: 'Room 1' },
      { start: '2026-10-05T10:00:00Z', title: 'New', location: 'Room 1' },
    ]);
  });

  test('keep the time of the named occurrence if the request names another field', async () => {
    const id = await createWithMovedThird();
    const changed = await series.changeFrom(id, THIRD, { location: 'Room 2', duration: 7200 });
    expect(changed).toMatchObject({
      start: '2026-09-21T15:00:00Z',
      end: '2026-09-21T17:00:00Z',
      original_start: THIRD,
      title: 'Own',
      location: 'Room 2',
    });
  });

  test('take an end that the client sees at the named occurrence', async () => {
    const id = await createWithMovedThird();
    const changed = await series.changeFrom(id, THIRD, { end_date: '2026-09-21T17:00:00Z' });
    expect(changed).toMatchObject({ start: '2026-09-21T15:00:00Z', end: '2026-09-21T17:00:00Z' });
    expect((await series.get(changed.event_id)).duration).toBe(7200);
  });

  test('from the first on', async () => {
    const id = await series.create(WEEKLY);
    const first = WEEKLY.start_date;
    await series.changeOne(id, first, { start_date: '2026-09-07T15:00:00Z', title: 'Own' });
    const changed = await series.changeFrom(id, first, { start_date: '2026-09-07T10:00:00Z', title: 'New' });
    expect(changed).toMatchObject({ event_id: id, start: '2026-09-07T10:00:00Z', title: 'New' });
  });

  test('bring back a cancelled occurrence only by its status', async () => {
    const id = await series.create(WEEKLY);
    await series.cancel(id, THIRD);
    const renamed = await series.changeFrom(id, THIRD, { title: 'New' });
    expect(renamed).toMatchObject({ status: 'cancelled', original_start: THIRD, title: 'New' });
    const restored = await series.changeFrom(renamed.event_id, THIRD, { status: 'confirmed' });
    expect(restored).toMatchObject({ status: 'confirmed', original_start: THIRD });
  });

  test('from an RDATE on, which moves them as far as it moves', async () => {
    const repeat: Repeat = { frequency: 'weekly', count: 4, rdates: ['2026-09-16T12:00:00Z'] };
    const id = await series.create({ ...WEEKLY, repeat });
    const changed = await series.changeFrom(id, '2026-09-16T12:00:00Z', {
      start_date: '2026-09-16T13:00:00Z',
    });
    expect(changed).toMatchObject({ start: '2026-09-16T13:00:00Z' });
    expect(await series.starts(changed.event_id)).toEqual([
      '2026-09-16T13:00:00Z',
      '2026-09-21T10:00:00Z',
      '2026-09-28T10:00:00Z',
    ]);
  });

  test('from an RDATE on, become all-day on its day', async () => {
    const repeat: Repeat = { frequency: 'weekly', count: 4, rdates: ['2026-10-25T01:30:00Z'] };
    const id = await series.create({
      ...WEEKLY,
      time_zone: 'Europe/Berlin',
      start_date: '2026-10-12T09:00:00',
      repeat,
    });
    const changed = await series.changeFrom(id, '2026-10-25T01:30:00Z', {
      all_day: true,
      start_date: '2026-10-25',
      duration: 1,
    });
    expect(changed).toMatchObject({ start: '2026-10-25', end: '2026-10-26' });
    expect(await series.starts(changed.event_id)).toEqual(['2026-10-25', '2026-10-26', '2026-11-02']);
  });

  test('leave the only date of the earlier part with its exceptions', async () => {
    const dates = ['2026-09-07T07:00:00Z', '2026-09-09T07:00:00Z', '2026-09-17T07:00:00Z'];
    const event = { duration: 3600, start_date: dates[0], repeat: { rdates: dates.slice(1) } };
    const moved = await series.create(event);
    await series.changeOne(moved, dates[0], { start_date: '2026-09-07T10:00:00Z', title: 'Later' });
    await series.changeFrom(moved, dates[1], { title: 'New' });
    expect(await series.occurrences(moved)).toMatchObject([
      { start: '2026-09-07T10:00:00Z', original_start: dates[0], title: 'Later' },
    ]);
    const cancelled = await series.create(event);
    await series.cancel(cancelled, dates[0]);
    await series.changeFrom(cancelled, dates[1], { title: 'New' });
    expect(await series.starts(cancelled)).toEqual([]);
  });

  test('leave the only date of the later part with its exceptions', async () => {
    const dates = ['2026-09-07T07:00:00Z', '2026-09-09T07:00:00Z', '2026-09-17T07:00:00Z'];
    const id = await series.create({
      duration: 3600,
      start_date: dates[0],
      repeat: { rdates: dates.slice(1) },
    });
    await series.changeOne(id, dates[2], { start_date: '2026-09-18T10:00:00Z', title: 'Moved' });
    const later = await series.changeFrom(id, dates[2], { location: 'Hall' });
    expect(await series.occurrences(later.event_id)).toMatchObject([
      { start: '2026-09-18T10:00:00Z', original_start: dates[2], title: 'Moved', location: 'Hall' },
    ]);
  });

  test('from an RDATE in the second of two equal hours on', async () => {
    const repeat: Repeat = { frequency: 'weekly', count: 4, rdates: ['2026-10-25T01:30:00Z'] };
    const id = await series.create({
      ...WEEKLY,
      time_zone: 'Europe/Berlin',
      start_date: '2026-10-12T09:00:00',
      repeat,
    });
    const changed = await series.changeFrom(id, '2026-10-25T01:30:00Z', {
      start_date: '2026-10-25T04:30:00',
    });
    expect(await series.starts(changed.event_id)).toEqual([
      '2026-10-25T03:30:00Z',
      '2026-10-26T10:00:00Z',
      '2026-11-02T10:00:00Z',
    ]);
  });

  test('keep their COUNT if the client sends back the repeat of the series', async () => {
    const id = await series.create(WEEKLY);
    const { repeat } = await series.get(id);
    const changed = await series.changeFrom(id, THIRD, { title: 'New', repeat });
    expect((await series.get(changed.event_id)).repeat).toEqual({ frequency: 'weekly', count: 3 });
    const daily: Repeat = { frequency: 'daily', count: 3 };
    const other = await series.changeFrom(changed.event_id, '2026-09-28T09:00:00Z', { repeat: daily });
    expect((await series.get(other.event_id)).repeat).toEqual(daily);
  });
});
