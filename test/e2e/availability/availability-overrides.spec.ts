import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewUser } from '../../../clients/typescript/src/schema.js';
import { Calendars, type Someone } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const OFFICE = '09:00 - 18:00';

function on(date: string, ...intervals: string[]): NonNullable<NewUser['availability_overrides']>[number] {
  return {
    date,
    intervals: intervals.map((interval) => {
      const [from, to] = interval.split('-');
      return { from, to };
    }),
  };
}

describe('the hours of dates', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  test.each<[string, Someone, string, string]>([
    [
      'replace those of the week',
      { hours: OFFICE, availability_overrides: [on('2026-01-05', '14:00-15:00')] },
      '',
      '14:00 - 15:00',
    ],
    [
      'may be none',
      { hours: OFFICE, availability_overrides: [on('2026-01-05')] },
      '',
      '2026-01-06 09:00 - 2026-01-06 10:00',
    ],
    [
      'may be on a day without others',
      { hours: OFFICE, availability_overrides: [on('2026-01-10', '10:00-16:00')] },
      'from=2026-01-09T17:30:00Z',
      '2026-01-10 10:00 - 2026-01-10 11:00',
    ],
    [
      'may end at midnight',
      { hours: OFFICE, availability_overrides: [on('2026-01-05', '22:00-24:00')] },
      'duration=2h',
      '22:00 - 2026-01-06 00:00',
    ],
    [
      'may go past midnight',
      { hours: OFFICE, availability_overrides: [on('2026-01-05', '22:00-02:00')] },
      'duration=4h',
      '22:00 - 2026-01-06 02:00',
    ],
    [
      'may touch',
      { hours: OFFICE, availability_overrides: [on('2026-01-05', '15:00-16:00', '14:00-15:00')] },
      'duration=2h',
      '14:00 - 16:00',
    ],
    [
      'replace no shift that has begun on the day before',
      { hours: '22:00 - 06:00', availability_overrides: [on('2026-01-06')] },
      'from=2026-01-06T00:00:00Z',
      '2026-01-06 00:00 - 2026-01-06 01:00',
    ],
    [
      'replace the shift that begins on the date, also where it ends on the next one',
      { hours: '22:00 - 06:00', availability_overrides: [on('2026-01-05')] },
      '',
      '2026-01-06 22:00 - 2026-01-06 23:00',
    ],
    [
      'hold for a user who is available at any time otherwise',
      { availability_overrides: [on('2026-01-05', '14:00-15:00')] },
      '',
      '14:00 - 15:00',
    ],
    [
      'do not count without working hours',
      { hours: OFFICE, availability_overrides: [on('2026-01-05')] },
      'working_hours=false',
      '08:00 - 09:00',
    ],
    [
      'are in the zone of the user',
      {
        zone: 'Pacific/Auckland',
        availability_overrides: [on('2026-01-05'), on('2026-01-06', '09:00-10:00')],
      },
      '',
      '20:00 - 21:00',
    ],
    [
      'come after time away',
      {
        availability_overrides: [on('2026-01-05', '09:00-12:00')],
        away: [{ from: '2026-01-05T09:00:00Z', to: '2026-01-05T10:30:00Z' }],
      },
      '',
      '10:30 - 11:30',
    ],
  ])('%s', async (_, someone, query, expected) => {
    const ann = await calendars.someone(someone);
    expect((await calendars.nearest([ann], query)).time).toBe(expected);
  });

  test('block by a rule of their own, on their date alone', async () => {
    const ann = await calendars.someone({
      hours: OFFICE,
      availability_overrides: [on('2026-01-05', '12:00-13:00')],
    });
    const rules = async (query: string) =>
      (await calendars.nearest([ann], query)).body.reasons.map(({ rule }) => rule);
    expect(await rules('')).toEqual(['date_override']);
    expect(await rules('duration=2h')).toEqual(['date_override', 'outside_working_hours']);
    expect(await rules('from=2026-01-06T08:00:00Z')).toEqual(['outside_working_hours']);
  });

  test('are no busy time, and no conflict', async () => {
    const ann = await calendars.someone({ hours: OFFICE, availability_overrides: [on('2026-01-05')] });
    expect(await calendars.busy(ann)).toEqual([]);
    const { conflicts } = await calendars.event('10:00 - 11:00', {
      organizer_user_id: ann,
      conflict_policy: 'reject',
    });
    expect(conflicts).toEqual([]);
  });

  test('stay civil dates when the user moves to another zone', async () => {
    const ann = await calendars.someone({
      zone: 'Pacific/Auckland',
      availability_overrides: [on('2026-11-02', '10:00-11:00')],
    });
    const nearest = async () =>
      (await calendars.nearest([ann], 'from=2026-11-01T12:00:00Z&to=2026-11-03T00:00:00Z&step=1h')).body
        .start;
    // Summer time in Auckland is 13 hours ahead.
    expect(await nearest()).toBe('2026-11-01T21:00:00Z');
    await calendars.client.patch(`/users/${ann}`, {
      time_zone: 'Europe/Berlin',
      working_hours: [{ days_of_week: [1], from: '10:00', to: '11:00' }],
    });
    expect(await nearest()).toBe('2026-11-02T09:00:00Z');
    expect((await calendars.client.get(`/users/${ann}`)).body.availability_overrides).toEqual([
      on('2026-11-02', '10:00-11:00'),
    ]);
  });

  test('are listed by date, and a change replaces the whole list', async () => {
    const ann = await calendars.someone({ availability_overrides: [on('2026-01-07', '10:00-11:00')] });
    const path = `/users/${ann}` as const;
    const availability_overrides = [on('2026-02-01', '10:00-24:00'), on('2026-01-09')];
    const { body } = await calendars.client.patch(path, { availability_overrides });
    const expected = availability_overrides.toReversed();
    expect([
      body.availability_overrides,
      (await calendars.client.get(path)).body.availability_overrides,
    ]).toEqual([expected, expected]);
  });

  test.each<[string, NewUser['availability_overrides'], string]>([
    ['a date twice', [on('2026-01-05'), on('2026-01-05', '10:00-11:00')], 'availability_overrides.1.date'],
    ['a day that does not exist', [on('2026-02-30')], 'availability_overrides.0.date'],
    ['an instant', [on('2026-02-03T00:00:00Z')], 'availability_overrides.0.date'],
    ['a year before all', [on('1899-12-31')], 'availability_overrides.0.date'],
    [
      'overlapping hours',
      [on('2026-01-05', '10:00-12:00', '11:59-13:00')],
      'availability_overrides.0.intervals.1.from',
    ],
    [
      'overlapping hours, one past midnight',
      [on('2026-01-05', '22:00-02:00', '23:00-23:30')],
      'availability_overrides.0.intervals.1.from',
    ],
    ['no length', [on('2026-01-05', '10:00-10:00')], 'availability_overrides.0.intervals.0.to'],
    ['a start at 24:00', [on('2026-01-05', '24:00-02:00')], 'availability_overrides.0.intervals.0.from'],
    ['an end after 24:00', [on('2026-01-05', '10:00-24:01')], 'availability_overrides.0.intervals.0.to'],
    [
      'eleven intervals',
      [on('2026-01-05', ...Array.from({ length: 11 }, (__, hour) => `${10 + hour}:00-${10 + hour}:30`))],
      'availability_overrides.0.intervals',
    ],
    [
      'four hundred dates and one',
      Array.from({ length: 401 }, (__, day) => on(new Date(day * 86_400_000).toISOString().slice(0, 10))),
      'availability_overrides',
    ],
  ])('with %s are refused, and nothing changes', async (_, availability_overrides, field) => {
    const ann = await calendars.someone();
    const path = `/users/${ann}` as const;
    const { status, body } = await calendars.client.patch(path, { name: 'Other', availability_overrides });
    expect([status, body.errors?.map((error) => error.field)]).toEqual([400, [field]]);
    const { body: user } = await calendars.client.get(path);
    expect([user.name === 'Other', user.availability_overrides]).toEqual([false, []]);
  });

  test('are allowed for four hundred dates of ten intervals', async () => {
    const tenth = Array.from({ length: 10 }, (_, hour) => `${10 + hour}:00-${10 + hour}:30`);
    const availability_overrides = Array.from({ length: 400 }, (_, day) =>
      on(new Date(Date.UTC(2026, 0, 5) + day * 86_400_000).toISOString().slice(0, 10), ...tenth),
    );
    const ann = await calendars.someone({ availability_overrides });
    expect((await calendars.nearest([ann], 'duration=30m')).time).toBe('10:00 - 10:30');
    expect((await calendars.client.get(`/users/${ann}`)).body.availability_overrides).toHaveLength(400);
  });
});
