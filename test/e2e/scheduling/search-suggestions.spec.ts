import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Calendars, type Someone } from '../../support/client/calendars.js';
import { nextPage } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const SEARCH = '/events:nearest-empty-time-interval';
const MORNING = 'from=2026-01-05T08:00:00Z&to=2026-01-05T12:00:00Z';

describe('the suggestions of a search', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  describe('all starts', () => {
    test('are those on the grid, overlapping, a quarter of an hour by default', async () => {
      const people = await calendars.everyone([
        { busy: '08:00 - 09:05' },
        { busy: '10:40 - 2026-01-20 08:00' },
      ]);
      expect((await calendars.nearest(people, 'starts=all')).times).toEqual([
        '09:15 - 10:15',
        '09:30 - 10:30',
      ]);
      expect((await calendars.nearest(people, 'starts=all&step=5m')).times).toHaveLength(8);
      expect((await calendars.nearest(people, 'starts=all&step=5m&limit=3')).times).toEqual([
        '09:05 - 10:05',
        '09:10 - 10:10',
        '09:15 - 10:15',
      ]);
    });

    test('continue at the next page to the last', async () => {
      const [ann] = await calendars.everyone([{ busy: '09:00 - 10:00' }]);
      const starts: string[] = [];
      let pages = 0;
      const path = `${SEARCH}?duration=30m&user_ids=${ann}&starts=all&limit=2&${MORNING}` as const;
      for await (const { body } of calendars.client.pages(path)) {
        starts.push(...body.suggestions.map(({ start }) => start.slice(11, 16)));
        pages += 1;
      }
      expect(starts).toEqual([
        '08:00',
        '08:15',
        '08:30',
        '10:00',
        '10:15',
        '10:30',
        '10:45',
        '11:00',
        '11:15',
        '11:30',
      ]);
      expect(pages).toBe(5);
    });

    test('are at most a thousand in a response', async () => {
      const [ann] = await calendars.everyone([{}]);
      const path =
        `${SEARCH}?duration=1h&user_ids=${ann}&starts=all&step=5m&from=2026-01-05T08:00:00Z` as const;
      const response = await calendars.client.get(path);
      expect(response.body.suggestions).toHaveLength(1_000);
      const next = new URLSearchParams(nextPage(response)?.split('?')[1]);
      expect(next.get('from')).toBe('2026-01-08T19:20:00Z');
      expect(next.get('to')).toBe('2027-01-05T08:00:00Z');
    });

    test('across a change of summer time are those of the wall clock', async () => {
      const ann = await calendars.someone({ zone: 'Australia/Lord_Howe' });
      // On 5 April 2026, Lord Howe's clocks go back from 02:00 to 01:30.
      const query = 'starts=all&step=1h&from=2026-04-04T13:30:00Z&to=2026-04-04T18:30:00Z';
      const { times } = await calendars.nearest([ann], query);
      expect(times.map((time) => time.slice(11, 16))).toEqual(['14:00', '15:30', '16:30', '17:30']);
    });
  });

  describe('buffers', () => {
    test.each([
      ['buffer_before=15m', ['08:00 - 09:00', '09:15 - 10:15', '10:30 - 11:30']],
      ['buffer_after=15m', ['08:00 - 09:00', '09:15 - 10:15', '10:30 - 11:30']],
      ['buffer_before=15m&buffer_after=20m', ['08:00 - 09:00', '09:20 - 10:20', '10:40 - 11:40']],
      ['buffer_after=15m&step=30m', ['08:00 - 09:00', '09:30 - 10:30', '11:00 - 12:00']],
    ])('lie between suggestions: %s', async (query, expected) => {
      const [ann] = await calendars.everyone([{}]);
      expect((await calendars.nearest([ann], `limit=3&${query}`)).times).toEqual(expected);
    });

    test('leave suggestions that can all be booked', async () => {
      const [ann] = await calendars.everyone([{}]);
      const query = 'buffer_before=15m&buffer_after=20m';
      const { times } = await calendars.nearest([ann], `${query}&limit=3`);
      await calendars.event(times[1], { organizer_user_id: ann });
      const left = await calendars.nearest([ann], `${query}&starts=all&step=5m`);
      expect(left.times).toEqual(expect.arrayContaining([times[0], times[2]]));
      expect(left.times).not.toContain(times[1]);
    });
  });

  describe('preferences', () => {
    /** Busy from 10 to 11 on Monday, and in the following night; the week is 08:00 to 12:00 on Monday and Tuesday. */
    const PEOPLE: Someone[] = [
      { hours: '08:00 - 12:00', busy: '10:00 - 11:00, 2026-01-06 11:00 - 2026-01-06 12:00' },
    ];
    const TWO_DAYS = 'to=2026-01-07T08:00:00Z&step=1h&limit=9';

    test.each([
      ['earliest', ['08:00', '09:00', '11:00', '2026-01-06 08:00', '2026-01-06 09:00', '2026-01-06 10:00']],
      ['compact', ['09:00', '11:00', '2026-01-06 10:00', '08:00', '2026-01-06 09:00', '2026-01-06 08:00']],
      ['spread', ['2026-01-06 08:00', '08:00', '2026-01-06 09:00', '09:00', '11:00', '2026-01-06 10:00']],
    ])('%s', async (prefer, starts) => {
      const ids = await calendars.everyone(PEOPLE);
      const { times, time, body } = await calendars.nearest(ids, `${TWO_DAYS}&prefer=${prefer}`);
      expect(times.map((each) => each.split(' - ')[0])).toEqual(starts);
      expect(time).toBe(times[0]);
      expect(body.reasons).toEqual([]);
    });

    test('see meetings shortly before and after the window', async () => {
      const ids = await calendars.everyone([{ busy: '06:00 - 07:45, 13:00 - 14:00' }]);
      const { time } = await calendars.nearest(ids, `${MORNING}&prefer=compact`);
      expect(time).toBe('08:00 - 09:00');
      const spread = await calendars.nearest(ids, `${MORNING}&prefer=spread`);
      expect(spread.time).toBe('09:45 - 10:45');
    });

    test('leave out intervals that are too close to better ones', async () => {
      const ids = await calendars.everyone([{ busy: '10:00 - 11:00' }]);
      const query = `${MORNING}&prefer=compact&limit=3`;
      expect((await calendars.nearest(ids, query)).times).toEqual([
        '09:00 - 10:00',
        '11:00 - 12:00',
        '08:00 - 09:00',
      ]);
      expect((await calendars.nearest(ids, `${query}&starts=all`)).times).toEqual([
        '09:00 - 10:00',
        '11:00 - 12:00',
        '08:45 - 09:45',
      ]);
    });

    test('have the reasons before the earliest interval', async () => {
      const ids = await calendars.everyone([{ busy: '08:00 - 08:30, 11:00 - 12:00' }]);
      const { time, reasons, until } = await calendars.nearest(ids, `${MORNING}&prefer=spread`);
      expect([time, reasons, until]).toEqual(['09:15 - 10:15', ['1 busy'], ['08:30']]);
    });
  });

  test.each([
    ['starts=some', 'starts', 'must be one of separate, all'],
    ['prefer=latest', 'prefer', 'must be one of earliest, compact, spread'],
    ['explain=please', 'explain', 'must be true or false'],
    ['starts=all&limit=1001', 'limit', 'must be an integer from 1 to 1000'],
    ['limit=101', 'limit', 'must be an integer from 1 to 100, or to 1000 with starts=all'],
    ['prefer=compact&limit=101', 'limit', 'must be an integer from 1 to 100, or to 1000 with starts=all'],
  ])('refuse %s', async (query, field, message) => {
    expect(await calendars.client.get(`${SEARCH}?duration=1h&user_ids=1&${query}`)).toMatchObject({
      status: 400,
      body: { errors: [{ field, message }] },
    });
  });
});
