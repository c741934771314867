import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { EventPatch, NewEvent, Repeat } from '../../../clients/typescript/src/schema.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

describe('exceptions of a changed series', () => {
  let application: TestApplication;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  /** One occurrence is renamed, one moved, one declined by the attendee and one cancelled, by original start. */
  async function createWithExceptions(
    event: Pick<NewEvent, 'start_date'> & Partial<NewEvent>,
    originalStarts: string[],
    moved: EventPatch,
  ): Promise<number> {
    const id = await series.create({ duration: 3600, invited_user_ids: [series.attendee], ...event });
    const inviteId = (await series.get(id)).attendees[1].invite_id;
    await series.changeOne(id, originalStarts[0], { title: 'Renamed' });
    await series.changeOne(id, originalStarts[1], moved);
    await series.client.post(`/event-invites/${inviteId}:decline`, { original_start: originalStarts[2] });
    await series.cancel(id, originalStarts[3]);
    return id;
  }

  async function exceptions(id: number): Promise<string[]> {
    return (await series.occurrences(id)).map(({ start, original_start, title, answers }) =>
      [
        start,
        ...(start === original_start ? [] : [`from ${original_start}`]),
        ...(title === 'Series' ? [] : [title]),
        ...answers.map(({ status }: { status: string }) => status),
      ].join(' '),
    );
  }

  test('stay at the same instants in a new zone', async () => {
    const id = await createWithExceptions(
      {
        time_zone: 'UTC',
        start_date: '2026-09-07T07:00:00Z',
        repeat: { frequency: 'weekly', count: 6, exdates: ['2026-09-28T07:00:00Z'] },
      },
      ['2026-09-07T07:00:00Z', '2026-09-21T07:00:00Z', '2026-10-05T07:00:00Z', '2026-09-14T07:00:00Z'],
      { start_date: '2026-09-21T15:00:00Z' },
    );
    const before = await exceptions(id);
    expect(before).toEqual([
      '2026-09-07T07:00:00Z Renamed',
      '2026-09-21T15:00:00Z from 2026-09-21T07:00:00Z',
      '2026-10-05T07:00:00Z declined',
      '2026-10-12T07:00:00Z',
    ]);
    await series.change(id, { time_zone: 'Europe/Berlin', start_date: '2026-09-07T07:00:00Z' });
    expect(await exceptions(id)).toEqual(before);
    await series.change(id, { time_zone: 'Asia/Tokyo', start_date: '2026-09-07T07:00:00Z' });
    expect(await exceptions(id)).toEqual(before);
  });

  test('stay at the same instants where the new zone has another date', async () => {
    const id = await createWithExceptions(
      {
        time_zone: 'America/New_York',
        start_date: '2026-09-07T20:00:00',
        repeat: { frequency: 'daily', until: '2026-09-11' },
      },
      ['2026-09-08T00:00:00Z', '2026-09-09T00:00:00Z', '2026-09-10T00:00:00Z', '2026-09-11T00:00:00Z'],
      { start_date: '2026-09-09T03:00:00Z' },
    );
    const before = await exceptions(id);
    const changed = await series.change(id, { time_zone: 'Asia/Tokyo', start_date: '2026-09-08T00:00:00Z' });
    expect(changed.repeat.until).toBe('2026-09-12');
    expect(await exceptions(id)).toEqual(before);
    expect(before).toEqual([
      '2026-09-08T00:00:00Z Renamed',
      '2026-09-09T03:00:00Z from 2026-09-09T00:00:00Z',
      '2026-09-10T00:00:00Z declined',
      '2026-09-12T00:00:00Z',
    ]);
  });

  test.each<[string, Repeat, string | undefined]>([
    ['daily', { frequency: 'daily', until: '2026-09-11' }, '2026-09-12'],
    ['daily, counted', { frequency: 'daily', count: 5 }, undefined],
    ['by a raw rule', { rrule: 'FREQ=DAILY;BYHOUR=23;COUNT=5' }, undefined],
  ])('move along across midnight: %s', async (_, repeat, until) => {
    const id = await createWithExceptions(
      { time_zone: 'UTC', start_date: '2026-09-07T23:30:00Z', repeat },
      ['2026-09-07T23:30:00Z', '2026-09-08T23:30:00Z', '2026-09-09T23:30:00Z', '2026-09-10T23:30:00Z'],
      { start_date: '2026-09-09T20:00:00Z' },
    );
    const later = await series.change(id, { start_date: '2026-09-08T00:30:00Z', keep_answers: true });
    expect(later.repeat.until).toBe(until);
    expect(await exceptions(id)).toEqual([
      '2026-09-08T00:30:00Z Renamed',
      '2026-09-09T20:00:00Z from 2026-09-09T00:30:00Z',
      '2026-09-10T00:30:00Z declined',
      '2026-09-12T00:30:00Z',
    ]);
    const back = await series.change(id, { start_date: '2026-09-07T23:30:00Z', keep_answers: true });
    expect(back.repeat.until).toBe(until && '2026-09-11');
    expect(await exceptions(id)).toEqual([
      '2026-09-07T23:30:00Z Renamed',
      '2026-09-09T20:00:00Z from 2026-09-08T23:30:00Z',
      '2026-09-09T23:30:00Z declined',
      '2026-09-11T23:30:00Z',
    ]);
  });

  test('move along with a weekly series across midnight, and with its weekday', async () => {
    const id = await createWithExceptions(
      {
        time_zone: 'Europe/Berlin',
        start_date: '2026-09-06T23:30:00',
        repeat: { frequency: 'weekly', days_of_week: [7], until: '2026-10-04' },
      },
      ['2026-09-06T21:30:00Z', '2026-09-13T21:30:00Z', '2026-09-20T21:30:00Z', '2026-09-27T21:30:00Z'],
      { start_date: '2026-09-13T18:00:00Z' },
    );
    const changed = await series.change(id, { start_date: '2026-09-07T00:30:00', keep_answers: true });
    expect(changed.repeat).toEqual({ frequency: 'weekly', days_of_week: [1], until: '2026-10-05' });
    expect(await exceptions(id)).toEqual([
      '2026-09-06T22:30:00Z Renamed',
      '2026-09-13T18:00:00Z from 2026-09-13T22:30:00Z',
      '2026-09-20T22:30:00Z declined',
      '2026-10-04T22:30:00Z',
    ]);
  });

  test('stay on their days when a series becomes all-day, and timed again', async () => {
    const id = await createWithExceptions(
      {
        time_zone: 'America/New_York',
        start_date: '2026-09-07T20:00:00',
        repeat: { frequency: 'daily', until: '2026-09-12', exdates: ['2026-09-11T20:00:00'] },
      },
      ['2026-09-08T00:00:00Z', '2026-09-09T00:00:00Z', '2026-09-10T00:00:00Z', '2026-09-11T00:00:00Z'],
      { start_date: '2026-09-14T12:00:00', duration: 600 },
    );
    await series.change(id, { all_day: true, start_date: '2026-09-07', duration: 1, keep_answers: true });
    expect(await exceptions(id)).toEqual([
      '2026-09-07 Renamed',
      '2026-09-09 declined',
      '2026-09-12',
      '2026-09-14 from 2026-09-08',
    ]);
    await series.change(id, {
      all_day: false,
      start_date: '2026-09-07T20:00:00',
      duration: 3600,
      keep_answers: true,
    });
    expect(await exceptions(id)).toEqual([
      '2026-09-08T00:00:00Z Renamed',
      '2026-09-10T00:00:00Z declined',
      '2026-09-13T00:00:00Z',
      '2026-09-15T00:00:00Z from 2026-09-09T00:00:00Z',
    ]);
  });

  test('of two occurrences that become one day are those of the earlier', async () => {
    const id = await createWithExceptions(
      {
        time_zone: 'UTC',
        start_date: '2026-09-07T09:00:00Z',
        repeat: { frequency: 'daily', count: 4, rdates: ['2026-09-08T14:00:00Z'] },
      },
      ['2026-09-08T09:00:00Z', '2026-09-08T14:00:00Z', '2026-09-10T09:00:00Z', '2026-09-09T09:00:00Z'],
      { title: 'Other' },
    );
    await series.change(id, { all_day: true, start_date: '2026-09-07', duration: 1, keep_answers: true });
    expect(await exceptions(id)).toEqual(['2026-09-07', '2026-09-08 Renamed', '2026-09-10 declined']);
  });

  test('stay by date when a daily series starts on a later day, and is an hour later', async () => {
    const id = await createWithExceptions(
      {
        time_zone: 'UTC',
        start_date: '2026-09-07T09:00:00Z',
        repeat: { frequency: 'daily', until: '2026-09-12' },
      },
      ['2026-09-08T09:00:00Z', '2026-09-10T09:00:00Z', '2026-09-11T09:00:00Z', '2026-09-09T09:00:00Z'],
      { start_date: '2026-09-10T15:00:00Z' },
    );
    const changed = await series.change(id, { start_date: '2026-09-08T10:00:00Z', keep_answers: true });
    expect(changed.repeat.until).toBe('2026-09-12');
    expect(await exceptions(id)).toEqual([
      '2026-09-08T10:00:00Z Renamed',
      '2026-09-10T15:00:00Z from 2026-09-10T10:00:00Z',
      '2026-09-11T10:00:00Z declined',
      '2026-09-12T10:00:00Z',
    ]);
  });

  describe('RDATEs', () => {
    const RDATES = {
      time_zone: 'Europe/Berlin',
      start_date: '2026-09-07T09:00:00',
      duration: 3600,
      repeat: { rdates: ['2026-09-09T09:00:00', '2026-09-17T09:00:00'] },
    };

    test('take a new time of day, with their exceptions', async () => {
      const id = await series.create(RDATES);
      await series.changeOne(id, '2026-09-09T07:00:00Z', { title: 'Renamed' });
      await series.changeOne(id, '2026-09-07T07:00:00Z', { title: 'First' });
      await series.change(id, { start_date: '2026-09-07T10:00:00' });
      expect(await exceptions(id)).toEqual([
        '2026-09-07T08:00:00Z First',
        '2026-09-09T08:00:00Z Renamed',
        '2026-09-17T08:00:00Z',
      ]);
    });

    test('take it beside a rule, across midnight, and from one occurrence on', async () => {
      const repeat = {
        frequency: 'weekly',
        count: 3,
        rdates: ['2026-09-09T14:00:00', '2026-09-17T09:00:00'],
      };
      const id = await series.create({ ...RDATES, repeat });
      await series.change(id, { start_date: '2026-09-07T10:00:00' });
      expect(await series.starts(id)).toEqual([
        '2026-09-07T08:00:00Z',
        '2026-09-09T13:00:00Z',
        '2026-09-14T08:00:00Z',
        '2026-09-17T08:00:00Z',
        '2026-09-21T08:00:00Z',
      ]);
      const later = await series.changeFrom(id, '2026-09-14T08:00:00Z', {
        start_date: '2026-09-14T11:00:00',
      });
      expect(await series.starts(id)).toEqual(['2026-09-07T08:00:00Z', '2026-09-09T13:00:00Z']);
      expect(await series.starts(later.event_id)).toEqual([
        '2026-09-14T09:00:00Z',
        '2026-09-17T09:00:00Z',
        '2026-09-21T09:00:00Z',
      ]);
    });

    test('keep their instants in a new zone at the same instants, and their civil time in a new zone alone', async () => {
      const repeat = { rdates: ['2026-09-09T14:00:00', '2026-12-17T23:30:00'] };
      const id = await series.create({ ...RDATES, repeat });
      const before = await series.starts(id);
      await series.change(id, { time_zone: 'UTC', start_date: '2026-09-07T07:00:00Z' });
      expect(await series.starts(id)).toEqual(before);
      await series.change(id, { time_zone: 'Europe/Berlin' });
      expect(await series.starts(id)).toEqual([
        '2026-09-07T05:00:00Z',
        '2026-09-09T10:00:00Z',
        '2026-12-17T21:30:00Z',
      ]);
    });

    test('become days of an all-day series', async () => {
      const id = await series.create(RDATES);
      await series.change(id, { all_day: true, start_date: '2026-09-07', duration: 1 });
      expect(await series.starts(id)).toEqual(['2026-09-07', '2026-09-09', '2026-09-17']);
    });
  });

  describe('an equal rule written differently keeps them', () => {
    test.each<[string, string, Repeat, Repeat]>([
      ['weekly', '2026-09-07', { frequency: 'weekly' }, { frequency: 'weekly', days_of_week: [1] }],
      [
        'weekly, the other way',
        '2026-09-07',
        { frequency: 'weekly', days_of_week: [1] },
        { frequency: 'weekly' },
      ],
      ['interval', '2026-09-07', { frequency: 'weekly', interval: 1 }, { rrule: 'FREQ=WEEKLY;INTERVAL=1' }],
      ['week start', '2026-09-07', { frequency: 'weekly' }, { rrule: 'FREQ=WEEKLY;WKST=SU;BYDAY=MO' }],
      [
        'daily',
        '2026-09-07',
        { frequency: 'daily' },
        { frequency: 'weekly', days_of_week: [1, 2, 3, 4, 5, 6, 7] },
      ],
      ['monthly', '2026-09-07', { frequency: 'monthly' }, { frequency: 'monthly', day_of_month: 7 }],
      [
        'yearly',
        '2026-09-07',
        { frequency: 'yearly' },
        { frequency: 'yearly', month_of_year: 9, day_of_month: 7 },
      ],
      [
        'yearly as months',
        '2026-09-07',
        { frequency: 'yearly' },
        { rrule: 'FREQ=MONTHLY;BYMONTH=9;BYMONTHDAY=7' },
      ],
    ])('%s', async (_, day, repeat, again) => {
      const id = await series.create({
        time_zone: 'UTC',
        start_date: `${day}T09:00:00Z`,
        duration: 3600,
        repeat: 'rrule' in repeat ? repeat : { ...repeat, count: 4 },
      });
      const window = ['2026-07-01', '2027-08-01'] as const;
      const second = (await series.occurrences(id, ...window))[1] ?? { start: '2027-09-07T09:00:00Z' };
      await series.cancel(id, second.start);
      const body = 'rrule' in again ? { rrule: `${again.rrule};COUNT=4` } : { ...again, count: 4 };
      await series.change(id, { start_date: `${day}T10:00:00Z`, repeat: body });
      const path = `/events/${id}/occurrences/${second.start.replace('T09', 'T10')}`;
      const cancelled = await series.client.patch(path, { title: 'Still cancelled' });
      expect(cancelled.body).toMatchObject({ status: 'cancelled', title: 'Still cancelled' });
    });

    test('EXDATEs and RDATEs among them, which only an empty list removes', async () => {
      const id = await series.create({
        time_zone: 'UTC',
        start_date: '2026-09-07T09:00:00Z',
        duration: 3600,
        repeat: {
          frequency: 'weekly',
          count: 4,
          exdates: ['2026-09-14T09:00:00Z'],
          rdates: ['2026-09-16T09:00:00Z'],
        },
      });
      const repeat: Repeat = { frequency: 'weekly', days_of_week: [1], count: 4 };
      const changed = await series.change(id, { start_date: '2026-09-07T10:00:00Z', repeat });
      expect(changed.repeat).toEqual({
        ...repeat,
        exdates: ['2026-09-14T10:00:00Z'],
        rdates: ['2026-09-16T10:00:00Z'],
      });
      const biweekly = await series.change(id, { repeat: { ...repeat, interval: 2 } });
      expect(biweekly.repeat).toEqual({ ...repeat, interval: 2 });
      const weekly = { ...repeat, exdates: ['2026-09-14T10:00:00Z'], rdates: ['2026-09-16T10:00:00Z'] };
      await series.change(id, { repeat: weekly });
      const cleared = await series.change(id, { repeat: { ...repeat, exdates: [], rdates: [] } });
      expect(cleared.repeat).toEqual(repeat);
    });

    test('but a different rule drops those that no longer occur', async () => {
      const id = await series.create({
        time_zone: 'UTC',
        start_date: '2026-09-07T09:00:00Z',
        duration: 3600,
        repeat: { frequency: 'daily', count: 5 },
      });
      await series.cancel(id, '2026-09-08T09:00:00Z');
      await series.cancel(id, '2026-09-09T09:00:00Z');
      const repeat: Repeat = { frequency: 'daily', interval: 2, count: 5 };
      await series.change(id, { repeat });
      await series.change(id, { repeat: { frequency: 'daily', count: 5 } });
      expect(await series.starts(id)).toEqual([
        '2026-09-07T09:00:00Z',
        '2026-09-08T09:00:00Z',
        '2026-09-10T09:00:00Z',
        '2026-09-11T09:00:00Z',
      ]);
    });
  });

  describe('the repeat of a GET can be sent back', () => {
    const REPEATS: [string, Repeat][] = [
      [
        'until, EXDATE and RDATE',
        {
          frequency: 'daily',
          until: '2026-09-20',
          exdates: ['2026-09-09T07:00:00Z', '2026-09-10T07:00:00Z'],
          rdates: ['2026-09-25T12:00:00Z'],
        },
      ],
      ['a count', { frequency: 'weekly', days_of_week: [1, 3], count: 7, exdates: ['2026-09-09T07:00:00Z'] }],
      ['dates alone', { rdates: ['2026-09-09T07:00:00Z', '2026-09-17T10:00:00Z'] }],
      [
        'a raw rule that ends within a day',
        {
          rrule: 'FREQ=DAILY;UNTIL=20260915T120000Z;BYHOUR=9,17',
          exdates: ['2026-09-10T15:00:00Z'],
        },
      ],
    ];
    const EVENT = { time_zone: 'Europe/Berlin', start_date: '2026-09-07T09:00:00', duration: 3600 };

    test.each(REPEATS)('%s, with a title', async (_, repeat) => {
      const id = await series.create({ ...EVENT, repeat });
      const before = await series.get(id);
      const starts = await series.starts(id);
      expect(before.repeat).toEqual(repeat);
      const after = await series.change(id, { title: 'Other', repeat: before.repeat });
      expect(after).toMatchObject({
        title: 'Other',
        repeat,
        rrule: before.rrule,
        start_date: before.start_date,
      });
      expect(await series.starts(id)).toEqual(starts);
    });

    test.each(REPEATS)('%s, with a new zone at its civil time', async (_, repeat) => {
      const [id, other] = [
        await series.create({ ...EVENT, repeat }),
        await series.create({ ...EVENT, repeat }),
      ];
      await series.change(id, { time_zone: 'America/New_York' });
      await series.change(other, { time_zone: 'America/New_York', repeat: (await series.get(other)).repeat });
      expect((await series.get(other)).recurrence).toEqual((await series.get(id)).recurrence);
      expect(await series.starts(other)).toEqual(await series.starts(id));
    });

    test('with another time of day, which moves EXDATEs and RDATEs', async () => {
      const id = await series.create({ ...EVENT, repeat: REPEATS[0][1] });
      const { repeat } = await series.get(id);
      const changed = await series.change(id, { start_date: '2026-09-07T10:00:00', repeat });
      expect(changed.repeat).toEqual({
        frequency: 'daily',
        until: '2026-09-20',
        exdates: ['2026-09-09T08:00:00Z', '2026-09-10T08:00:00Z'],
        rdates: ['2026-09-25T13:00:00Z'],
      });
      const starts = await series.starts(id);
      expect(starts).toHaveLength(13);
      expect(starts).not.toContain('2026-09-09T08:00:00Z');
    });

    test('from one occurrence on', async () => {
      const id = await series.create({ ...EVENT, repeat: REPEATS[0][1] });
      const { repeat } = await series.get(id);
      const later = await series.changeFrom(id, '2026-09-09T07:00:00Z'.replace('09T', '11T'), {
        start_date: '2026-09-11T10:00:00',
        repeat,
      });
      expect((await series.get(later.event_id)).repeat).toEqual({
        frequency: 'daily',
        until: '2026-09-20',
        rdates: ['2026-09-25T13:00:00Z'],
      });
      expect(await series.starts(id)).toEqual(['2026-09-07T07:00:00Z', '2026-09-08T07:00:00Z']);
    });

    test('as all-day dates', async () => {
      const repeat: Repeat = { frequency: 'daily', count: 4, exdates: ['2026-09-08'] };
      const id = await series.create({
        all_day: true,
        start_date: '2026-09-07',
        time_zone: 'Asia/Tokyo',
        repeat,
      });
      const before = await series.get(id);
      const after = await series.change(id, { title: 'Other', repeat: before.repeat });
      expect(after).toMatchObject({ repeat, recurrence: before.recurrence });
    });
  });

  describe('an EXDATE that names no occurrence', () => {
    const EVENT = { time_zone: 'UTC', start_date: '2026-09-07T09:00:00Z', duration: 3600 };

    test.each([
      ['between two', '2026-09-08T09:00:01Z'],
      ['after the end', '2026-09-30T09:00:00Z'],
      ['before the start', '2026-09-06T09:00:00Z'],
    ])('%s is refused', async (_, exdate) => {
      const repeat: Repeat = { frequency: 'daily', count: 4, exdates: ['2026-09-08T09:00:00Z', exdate] };
      const body = { title: 'Series', organizer_user_id: series.organizer, ...EVENT, repeat };
      const created = await series.client.post('/events', body);
      expect(created).toMatchObject({ status: 400, body: { errors: [{ field: 'repeat.exdates' }] } });
      expect(created.body.errors[0].message).toContain(exdate);
      const id = await series.create({ ...EVENT, repeat: { frequency: 'daily', count: 4 } });
      const { version } = await series.get(id);
      const changed = await series.client.patch(`/events/${id}`, { repeat });
      expect(changed).toMatchObject({ status: 400, body: { errors: [{ field: 'repeat.exdates' }] } });
      expect((await series.get(id)).version).toBe(version);
    });

    test('is dropped if the series had it and a different rule does not', async () => {
      const repeat: Repeat = {
        frequency: 'daily',
        exdates: ['2026-09-09T09:00:00Z', '2026-09-08T09:00:00Z'],
      };
      const id = await series.create({ ...EVENT, repeat });
      const changed = await series.change(id, { repeat: { ...repeat, interval: 2 } });
      expect(changed.repeat.exdates).toEqual(['2026-09-09T09:00:00Z']);
    });

    test('may name an RDATE or the start', async () => {
      const repeat = { rdates: ['2026-09-09T09:00:00Z'], exdates: ['2026-09-07T09:00:00Z'] };
      expect(await series.starts(await series.create({ ...EVENT, repeat }))).toEqual([
        '2026-09-09T09:00:00Z',
      ]);
    });
  });
});
