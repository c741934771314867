import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Calendars, timed } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

describe('busy time', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  test.each([
    ['organizer', '', ['09:00 - 10:00']],
    ['organizer', 'pending=free', ['09:00 - 10:00']],
    ['needs_action', '', ['09:00 - 10:00']],
    ['needs_action', 'pending=free', []],
    ['tentative', '', ['09:00 - 10:00']],
    ['tentative', 'pending=free', []],
    ['accept', 'pending=free', ['09:00 - 10:00']],
    ['decline', '', []],
  ])('of a user whose status is %s, with the query "%s"', async (answer, query, expected) => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { attendees } = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      invited_user_ids: [bob],
    });
    if (['accept', 'decline', 'tentative'].includes(answer))
      await calendars.client.post(`/event-invites/${attendees[1].invite_id}:${answer}`);
    const asked = answer === 'organizer' ? ann : bob;
    expect(await calendars.busy(asked, query)).toEqual(expected);
    const { time } = await calendars.nearest([asked], `from=2026-01-05T09:00:00Z&${query}`);
    expect(time).toBe(expected.length === 0 ? '09:00 - 10:00' : '10:00 - 11:00');
  });

  test.each<[string, string, Record<string, unknown>, string[]]>([
    ['an event shown as free', '09:00 - 10:00', { show_as: 'free' }, []],
    [
      'an all-day event, free by default',
      '',
      { all_day: true, start_date: '2026-01-06', end_date: '2026-01-07' },
      [],
    ],
    [
      'an all-day event shown as busy, in its zone',
      '',
      {
        all_day: true,
        start_date: '2026-01-06',
        end_date: '2026-01-08',
        time_zone: 'Europe/Moscow',
        show_as: 'busy',
      },
      ['21:00 - 2026-01-07 21:00'],
    ],
    ['an event that began before', '2026-01-04 23:00 - 01:00', {}, ['00:00 - 01:00']],
    ['an event that ends at the start', '2026-01-04 23:00 - 00:00', {}, []],
    [
      'a series begun years ago',
      '2021-01-04 09:00 - 2021-01-04 10:00',
      { repeat: { frequency: 'weekly', days_of_week: [1, 3] } },
      ['09:00 - 10:00', '2026-01-07 09:00 - 2026-01-07 10:00'],
    ],
    [
      'a series shown as free',
      '2021-01-04 09:00 - 2021-01-04 10:00',
      { repeat: { frequency: 'weekly', days_of_week: [1, 3] }, show_as: 'free' },
      [],
    ],
  ])('of %s', async (_, time, fields, expected) => {
    const ann = await calendars.someone();
    await calendars.event(time, { organizer_user_id: ann, ...fields });
    expect(await calendars.busy(ann)).toEqual(expected);
  });

  test('of a cancelled event is none', async () => {
    const ann = await calendars.someone({ busy: '09:00 - 10:00' });
    const event = await calendars.event('11:00 - 12:00', { organizer_user_id: ann });
    await calendars.client.patch(`/events/${event.id}`, { status: 'cancelled' });
    expect(await calendars.busy(ann)).toEqual(['09:00 - 10:00']);
  });

  test('of a series heeds each occurrence’s own time, cancellation, transparency and answer', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { id, attendees } = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      invited_user_ids: [bob],
      repeat: { frequency: 'daily', count: 5 },
    });
    const { client } = calendars;
    const at = (day: number) => `/events/${id}/occurrences/2026-01-0${day}T09:00:00Z` as const;
    const invite = `/event-invites/${attendees[1].invite_id}` as const;
    await client.delete(at(6));
    await client.patch(at(7), { start_date: '2026-01-07T15:00:00Z', duration: 7200 });
    await client.patch(at(8), { show_as: 'free' });
    await client.post(`${invite}:decline`, { original_start: '2026-01-05T09:00:00Z' });
    await client.post(`${invite}:accept`, { original_start: '2026-01-07T09:00:00Z' });
    const moved = '2026-01-07 15:00 - 2026-01-07 17:00';
    const last = '2026-01-09 09:00 - 2026-01-09 10:00';
    expect(await calendars.busy(ann)).toEqual(['09:00 - 10:00', moved, last]);
    expect(await calendars.busy(bob)).toEqual([moved, last]);
    expect(await calendars.busy(bob, 'pending=free')).toEqual([moved]);
    const { time } = await calendars.nearest([bob], 'from=2026-01-05T09:00:00Z');
    expect(time).toBe('09:00 - 10:00');
  });

  test('has nothing of the event but its time', async () => {
    const ann = await calendars.someone({ busy: '09:00 - 10:00, 09:30 - 11:00' });
    const window = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';
    const { body } = await calendars.client.get(`/free-busy?user_ids=${ann}&${window}`);
    expect(body).toEqual([
      {
        user_id: ann,
        busy: [{ start: '2026-01-05T09:00:00Z', end: '2026-01-05T11:00:00Z' }],
        intervals: [{ start: '2026-01-05T09:00:00Z', end: '2026-01-05T11:00:00Z', show_as: 'busy' }],
      },
    ]);
  });

  test('has the strongest kind of overlapping events', async () => {
    const ann = await calendars.someone();
    const own = { organizer_user_id: ann };
    await calendars.event('08:00 - 12:00', { ...own, show_as: 'tentative' });
    await calendars.event('09:00 - 11:00', {
      ...own,
      show_as: 'busy',
      repeat: { frequency: 'daily', count: 2 },
    });
    await calendars.event('10:00 - 10:30', { ...own, show_as: 'out_of_office' });
    await calendars.event('09:30 - 13:00', { ...own, show_as: 'free' });
    expect(await calendars.busy(ann)).toEqual(['08:00 - 12:00', '2026-01-06 09:00 - 2026-01-06 11:00']);
    expect(await calendars.kinds(ann)).toEqual([
      '08:00 - 09:00 tentative',
      '09:00 - 10:00 busy',
      '10:00 - 10:30 out_of_office',
      '10:30 - 11:00 busy',
      '11:00 - 12:00 tentative',
      '2026-01-06 09:00 - 2026-01-06 11:00 busy',
    ]);
    expect(await calendars.kinds(ann, 'pending=free')).toEqual([
      '09:00 - 10:00 busy',
      '10:00 - 10:30 out_of_office',
      '10:30 - 11:00 busy',
      '2026-01-06 09:00 - 2026-01-06 11:00 busy',
    ]);
  });

  test('of an event without a firm answer is tentative', async () => {
    const [ann, bob] = await calendars.everyone([{}, {}]);
    const { attendees } = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      invited_user_ids: [bob],
      show_as: 'out_of_office',
    });
    expect(await calendars.kinds(ann)).toEqual(['09:00 - 10:00 out_of_office']);
    expect(await calendars.kinds(bob)).toEqual(['09:00 - 10:00 tentative']);
    await calendars.client.post(`/event-invites/${attendees[1].invite_id}:accept`);
    expect(await calendars.kinds(bob)).toEqual(['09:00 - 10:00 out_of_office']);
  });

  test.each(['busy', 'tentative', 'out_of_office'] as const)(
    'of an event shown as %s blocks a booking and the search',
    async (show_as) => {
      const ann = await calendars.someone({ double_booking: 'reject' });
      const event = await calendars.event('09:00 - 10:00', { organizer_user_id: ann, show_as });
      const body = timed('09:30 - 10:30', { organizer_user_id: ann });
      expect(await calendars.client.post('/events', body)).toMatchObject({
        status: 409,
        body: { code: 'time_taken' },
      });
      const { time } = await calendars.nearest([ann], 'from=2026-01-05T09:00:00Z');
      expect(time).toBe('10:00 - 11:00');
      const search = 'from=2026-01-05T09:00:00Z&pending=free';
      expect((await calendars.nearest([ann], search)).time).toBe('10:00 - 11:00');
      await calendars.client.patch(`/users/${ann}`, { double_booking: 'allow' });
      expect((await calendars.nearest([ann], search)).time).toBe(
        show_as === 'tentative' ? '09:00 - 10:00' : '10:00 - 11:00',
      );
      await calendars.client.patch(`/users/${ann}`, { double_booking: 'reject' });
      await calendars.client.patch(`/events/${event.id}`, { show_as: 'free' });
      await calendars.client.create('/events', body);
    },
  );

  test('of a series is of the kind of each occurrence', async () => {
    const ann = await calendars.someone();
    const { id } = await calendars.event('09:00 - 10:00', {
      organizer_user_id: ann,
      repeat: { frequency: 'daily', count: 3 },
    });
    const { client } = calendars;
    for (const [day, show_as] of [
      [5, 'tentative'],
      [6, 'out_of_office'],
    ] as const) {
      const path = `/events/${id}/occurrences/2026-01-0${day}T09:00:00Z` as const;
      const { body } = await client.patch(path, { show_as });
      expect(body).toMatchObject({ show_as });
    }
    expect(await calendars.kinds(ann)).toEqual([
      '09:00 - 10:00 tentative',
      '2026-01-06 09:00 - 2026-01-06 10:00 out_of_office',
      '2026-01-07 09:00 - 2026-01-07 10:00 busy',
    ]);
    expect(await calendars.busy(ann, 'pending=free')).toEqual([
      '2026-01-06 09:00 - 2026-01-06 10:00',
      '2026-01-07 09:00 - 2026-01-07 10:00',
    ]);
  });

  test.each(['', null, 'away', 'BUSY', 1])('of an event shown as %j is refused', async (show_as) => {
    const ann = await calendars.someone();
    const body = timed('09:00 - 10:00', { organizer_user_id: ann });
    const answer = await calendars.client.post('/events', { ...body, show_as: show_as as 'busy' });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'show_as' }] } });
    expect(await calendars.busy(ann)).toEqual([]);
  });
});
