import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent, Repeat } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** 6 September 2022 is a Tuesday, the first of its month. */
const TUESDAY = '2022-09-06T09:00:00Z';

/** Fields that the document does not allow to be null; some generated clients send them. */
type Nulls = Record<string, string | number | null>;

describe('repeat', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    await client.create('/users', { name: 'ann', email: 'ann@example.com', time_zone: 'Europe/Moscow' });
  });
  afterAll(async () => application.close());

  async function create(repeat: Repeat | Nulls | null, more: Partial<NewEvent> = {}) {
    const event = {
      title: 'Event',
      start_date: TUESDAY,
      duration: 3600,
      organizer_user_id: 1,
      time_zone: 'UTC',
    };
    const { status, body } = await client.send('POST', '/events', { ...event, repeat, ...more });
    expect({ status, body }).toMatchObject({ status: 201 });
    return body;
  }

  async function firstDays(eventId: number, count: number): Promise<string[]> {
    const window = 'from=2022-09-01T00:00:00Z&to=2023-10-01T00:00:00Z';
    const { body } = await client.get(`/events/${eventId}/occurrences?${window}&limit=${count}`);
    return body.map(({ start }) => start.slice(0, 10));
  }

  test.each<[string, Repeat | Nulls | null, string | null, string[], Repeat | null | undefined]>([
    ['does not repeat', null, null, ['2022-09-06'], null],
    ['daily', { frequency: 'daily' }, 'FREQ=DAILY', ['2022-09-06', '2022-09-07', '2022-09-08'], undefined],
    ['weekly', { frequency: 'weekly' }, 'FREQ=WEEKLY', ['2022-09-06', '2022-09-13', '2022-09-20'], undefined],
    [
      'weekly on Tuesday',
      { frequency: 'weekly', days_of_week: [2] },
      'FREQ=WEEKLY;BYDAY=TU',
      ['2022-09-06', '2022-09-13'],
      undefined,
    ],
    [
      'monthly on the first Tuesday',
      { frequency: 'monthly', days_of_week: [2], week_of_month: 1 },
      'FREQ=MONTHLY;BYDAY=1TU',
      ['2022-09-06', '2022-10-04', '2022-11-01'],
      undefined,
    ],
    [
      'monthly on the last Tuesday: the start moves to it',
      { frequency: 'monthly', days_of_week: [2], week_of_month: -1 },
      'FREQ=MONTHLY;BYDAY=-1TU',
      ['2022-09-27', '2022-10-25', '2022-11-29'],
      undefined,
    ],
    ['monthly', { frequency: 'monthly' }, 'FREQ=MONTHLY', ['2022-09-06', '2022-10-06'], undefined],
    [
      'monthly on day 6',
      { frequency: 'monthly', day_of_month: 6 },
      'FREQ=MONTHLY;BYMONTHDAY=6',
      ['2022-09-06', '2022-10-06', '2022-11-06'],
      undefined,
    ],
    ['annually', { frequency: 'yearly' }, 'FREQ=YEARLY', ['2022-09-06', '2023-09-06'], undefined],
    [
      'annually on September 6',
      { frequency: 'yearly', month_of_year: 9, day_of_month: 6 },
      'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=6',
      ['2022-09-06', '2023-09-06'],
      undefined,
    ],
    [
      'every weekday',
      { frequency: 'weekdays' },
      'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
      ['2022-09-06', '2022-09-07', '2022-09-08', '2022-09-09', '2022-09-12'],
      { frequency: 'weekly', days_of_week: [1, 2, 3, 4, 5] },
    ],
    [
      'custom: every second week on two days, three times',
      { frequency: 'weekly', interval: 2, days_of_week: [4, 2], count: 3 },
      'FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=TU,TH',
      ['2022-09-06', '2022-09-08', '2022-09-20'],
      { frequency: 'weekly', interval: 2, days_of_week: [2, 4], count: 3 },
    ],
    [
      'custom: every third day until a date, inclusive',
      { frequency: 'daily', interval: 3, until: '2022-09-12' },
      'FREQ=DAILY;INTERVAL=3;UNTIL=20220912T235959Z',
      ['2022-09-06', '2022-09-09', '2022-09-12'],
      undefined,
    ],
    [
      'Sunday as 0',
      { frequency: 'weekly', days_of_week: [0] },
      'FREQ=WEEKLY;BYDAY=SU',
      ['2022-09-11', '2022-09-18'],
      { frequency: 'weekly', days_of_week: [7] },
    ],
    [
      'a raw rule: the last working day of the month',
      { rrule: 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1' },
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      ['2022-09-30', '2022-10-31', '2022-11-30'],
      undefined,
    ],
    [
      'a raw rule that the menu has words for, with dates added and left out',
      {
        rrule: 'RRULE:FREQ=DAILY;COUNT=3',
        rdates: ['2022-09-20T09:00:00Z'],
        exdates: ['2022-09-07T09:00:00'],
      },
      'FREQ=DAILY;COUNT=3',
      ['2022-09-06', '2022-09-08', '2022-09-20'],
      { frequency: 'daily', count: 3, rdates: ['2022-09-20T09:00:00Z'], exdates: ['2022-09-07T09:00:00Z'] },
    ],
    [
      'fields of other ways as null',
      {
        frequency: 'monthly',
        interval: null,
        day_of_month: 6,
        days_of_week: null,
        week_of_month: null,
        month_of_year: null,
        until: null,
        count: null,
        rrule: null,
      },
      'FREQ=MONTHLY;BYMONTHDAY=6',
      ['2022-09-06', '2022-10-06'],
      { frequency: 'monthly', day_of_month: 6 },
    ],
    [
      'a raw rule with null fields',
      { rrule: 'FREQ=DAILY;COUNT=3', frequency: null, days_of_week: null, count: null },
      'FREQ=DAILY;COUNT=3',
      ['2022-09-06', '2022-09-07', '2022-09-08'],
      { frequency: 'daily', count: 3 },
    ],
    [
      'dates alone',
      { rdates: ['2022-09-10T09:00:00Z'] },
      null,
      ['2022-09-06', '2022-09-10'],
      { rdates: ['2022-09-10T09:00:00Z'] },
    ],
  ])('%s', async (_, repeat, rule, days, repeatOut) => {
    const event = await create(repeat);
    const start = `${days[0].replaceAll('-', '')}T090000Z`;
    expect(event.rrule).toBe(rule === null ? null : `DTSTART:${start}\n${rule}`);
    expect(event.repeat).toEqual(repeatOut === undefined ? repeat : repeatOut);
    expect(await firstDays(event.id, days.length)).toEqual(days);
    const again = await create(event.repeat, { start_date: event.start_date });
    expect(again.rrule).toBe(event.rrule);
  });

  test('skips a date that a month or a year lacks', async () => {
    const monthly = await create({ frequency: 'monthly' }, { start_date: '2022-10-31T09:00:00Z' });
    expect(await firstDays(monthly.id, 4)).toEqual(['2022-10-31', '2022-12-31', '2023-01-31', '2023-03-31']);
  });

  test('speaks of the zone in rule and recurrence', async () => {
    const event = await create(
      { frequency: 'weekly', until: '2022-09-20', exdates: ['2022-09-13T12:00:00'] },
      { start_date: '2022-09-06T12:00:00', time_zone: 'europe/moscow' },
    );
    expect(event).toMatchObject({
      start_date: TUESDAY,
      end_date: '2022-09-06T10:00:00Z',
      time_zone: 'Europe/Moscow',
      rrule: 'DTSTART;TZID=Europe/Moscow:20220906T120000\nFREQ=WEEKLY;UNTIL=20220920T205959Z',
      recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20220920T205959Z', 'EXDATE;TZID=Europe/Moscow:20220913T120000'],
      repeat: { frequency: 'weekly', until: '2022-09-20', exdates: ['2022-09-13T09:00:00Z'] },
    });
  });

  test("takes the organizer's zone, an end instead of a duration, and whole days", async () => {
    const event = await create(null, {
      time_zone: undefined,
      duration: undefined,
      end_date: '2022-09-06T13:30:00+03:00',
    });
    expect(event).toMatchObject({ time_zone: 'Europe/Moscow', duration: 5400, show_as: 'busy' });
    const days = await create(
      { frequency: 'yearly' },
      { start_date: '2022-09-06', duration: undefined, end_date: '2022-09-08', all_day: true },
    );
    expect(days).toMatchObject({
      start_date: '2022-09-06',
      end_date: '2022-09-08',
      duration: 2,
      all_day: true,
      show_as: 'free',
      rrule: 'DTSTART;VALUE=DATE:20220906\nFREQ=YEARLY',
    });
  });

  test('keeps the instant of an event in the second hour of an overlap', async () => {
    const start_date = '2022-10-30T01:30:00Z';
    const event = await create(null, { start_date, time_zone: 'Europe/Berlin' });
    expect(event.start_date).toBe(start_date);
    const { body } = await client.get(`/events/${event.id}`);
    expect(body).toMatchObject({ start_date, end_date: '2022-10-30T02:30:00Z' });
  });
});
