import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Calendars, type Someone } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const OFFICE = '09:00 - 18:00';

/** A parameter repeated with ids, 2 and on. */
function many(name: string, count: number): string {
  return Array.from({ length: count }, (_, index) => `${name}=${index + 2}`).join('&');
}

describe('scheduling', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  describe('the nearest interval', () => {
    test.each<[string, Someone[], string, string | null]>([
      ['where nobody has anything, at once', [{}, {}], '', '08:00 - 09:00'],
      [
        'after one, before another',
        [{ busy: '08:00 - 09:30' }, { busy: '10:30 - 12:00' }],
        '',
        '09:30 - 10:30',
      ],
      [
        'in no gap that is too short',
        [{ busy: '08:00 - 09:30' }, { busy: '10:29 - 12:00' }],
        '',
        '12:00 - 13:00',
      ],
      ['across events that touch', [{ busy: '08:00 - 09:00, 09:00 - 10:00' }], '', '10:00 - 11:00'],
      ['around a nested event', [{ busy: '08:00 - 12:00, 09:00 - 10:00' }], '', '12:00 - 13:00'],
      ['at work', [{ hours: OFFICE }], '', '09:00 - 10:00'],
      ['at any time, if hours do not count', [{ hours: OFFICE }], 'working_hours=false', '08:00 - 09:00'],
      [
        'where the hours of Moscow and London meet',
        [
          { zone: 'Europe/Moscow', hours: OFFICE },
          { zone: 'Europe/London', hours: OFFICE },
        ],
        '',
        '09:00 - 10:00',
      ],
      [
        'in the evening of one and the morning of the other',
        [
          { zone: 'Europe/Berlin', hours: OFFICE },
          { zone: 'America/New_York', hours: OFFICE },
        ],
        'duration=3h',
        '14:00 - 17:00',
      ],
      [
        'in a shift past midnight',
        [{ hours: '22:00 - 06:00' }, { hours: '04:00 - 12:00' }],
        '',
        '2026-01-06 04:00 - 2026-01-06 05:00',
      ],
      [
        'in a shift that continues',
        [{ hours: '20:00 - 00:00, 00:00 - 04:00' }],
        'duration=8h',
        '20:00 - 2026-01-06 04:00',
      ],
      ['in no pause', [{ hours: '08:00 - 08:30, 09:00 - 12:00' }], '', '09:00 - 10:00'],
      ['on the grid', [{ busy: '08:00 - 09:05' }], 'step=15m', '09:15 - 10:15'],
      ['on the grid of the first one’s clock', [{ zone: 'Asia/Kathmandu' }], 'step=1h', '08:15 - 09:15'],
      [
        'as long before an event',
        [{ busy: '08:00 - 09:00, 10:15 - 11:00' }],
        'buffer_after=15m',
        '09:00 - 10:00',
      ],
      [
        'not too near before one',
        [{ busy: '08:00 - 09:00, 10:14 - 11:00' }],
        'buffer_after=15m',
        '11:00 - 12:00',
      ],
      ['not too near after one', [{ busy: '08:00 - 09:00' }], 'buffer_before=PT10M', '09:10 - 10:10'],
      [
        'not too near after one that ended before',
        [{ busy: '07:00 - 08:00' }],
        'buffer_before=600',
        '08:10 - 09:10',
      ],
      ['whole before `to`', [{ busy: '08:00 - 09:00' }], 'to=2026-01-05T10:00:00Z', '09:00 - 10:00'],
      ['none that ends after `to`', [{ busy: '08:00 - 09:00' }], 'to=2026-01-05T09:59:59Z', null],
      [
        'months on',
        [{ busy: '2026-01-05 08:00 - 2026-07-05 08:00' }],
        'to=2026-12-01T00:00:00Z',
        '2026-07-05 08:00 - 2026-07-05 09:00',
      ],
    ])('lies %s', async (_, people, query, expected) => {
      expect(await calendars.nearest(await calendars.everyone(people), query)).toMatchObject({
        time: expected,
      });
    });

    test.each([
      // On 29 March 2026 Berlin's clocks go from 02:00 to 03:00, on 25 October from 03:00 to 02:00.
      ['03:00 - 11:00', '2026-03-27T20:00:00Z', '2026-03-30 01:00 - 2026-03-30 02:00'],
      ['09:00 - 18:00', '2026-03-27T20:00:00Z', '2026-03-30 07:00 - 2026-03-30 08:00'],
      ['09:00 - 18:00', '2026-10-23T20:00:00Z', '2026-10-26 08:00 - 2026-10-26 09:00'],
    ])('keeps to %s of the wall clock across a change of summer time', async (hours, from, expected) => {
      const ann = await calendars.someone({ zone: 'Europe/Berlin', hours });
      const { time } = await calendars.nearest([ann], `from=${from}&to=2026-11-01T00:00:00Z`);
      expect(time).toBe(expected);
    });

    test('names the users and the rule if their working hours never meet', async () => {
      const people = await calendars.everyone([
        { zone: 'Europe/London', hours: '09:00 - 12:00' },
        { zone: 'Asia/Tokyo', hours: '09:00 - 18:00', busy: '08:00 - 08:30' },
      ]);
      const { body, reasons } = await calendars.nearest(people);
      expect(body).toMatchObject({ start: null, end: null, free_until: null, suggestions: [] });
      expect(reasons).toEqual(['1 outside_working_hours', '2 busy', '2 outside_working_hours']);
    });

    test('says who could never come, and no more than user and rule', async () => {
      const secret = 'Merger with Initech';
      const people = await calendars.everyone([{}, { hours: '09:00 - 09:30' }]);
      await calendars.event('08:00 - 2026-01-20 08:00', { organizer_user_id: people[0], title: secret });
      const { body, reasons } = await calendars.nearest(people);
      expect(reasons).toEqual(['1 busy, throughout', '2 outside_working_hours, throughout']);
      expect(JSON.stringify(body)).not.toContain(secret);
      for (const reason of body.reasons) {
        expect(Object.keys(reason)).toEqual([
          'user_id',
          'rule',
          'until',
          'optional',
          'unavailable_throughout',
        ]);
      }
    });

    test('says what blocked before it', async () => {
      const people = await calendars.everyone([{ busy: '08:00 - 08:30' }, { busy: '09:35 - 12:00' }, {}]);
      const { time, reasons } = await calendars.nearest(people, 'buffer_after=10m');
      expect(time).toBe('12:00 - 13:00');
      expect(reasons).toEqual(['1 busy', '2 busy', '2 buffer']);
    });

    test('says how long all stay free', async () => {
      const people = await calendars.everyone([{ busy: '12:00 - 13:00' }, { hours: '09:00 - 11:30' }]);
      expect(await calendars.nearest(people)).toMatchObject({ time: '09:00 - 10:00', freeUntil: '11:30' });
      expect(await calendars.nearest(people.slice(0, 1))).toMatchObject({ freeUntil: '12:00' });
      expect(await calendars.nearest([await calendars.someone()])).toMatchObject({ freeUntil: null });
    });

    test('is looked for past any number of short events', async () => {
      const hours = Array.from({ length: 24 }, (_, hour) => hour).join(',');
      const ann = await calendars.someone();
      await calendars.event('08:00 - 08:10', {
        organizer_user_id: ann,
        repeat: { rrule: `FREQ=DAILY;BYHOUR=${hours}` },
      });
      const { time, reasons } = await calendars.nearest([ann], 'to=2027-01-05T08:00:00Z');
      expect(time).toBeNull();
      expect(reasons).toEqual(['1 busy, throughout']);
    });

    test('has as many distinct suggestions as asked for, by time', async () => {
      const people = await calendars.everyone([{ busy: '09:00 - 09:45' }, { busy: '11:00 - 12:00' }]);
      const { times, body } = await calendars.nearest(people, 'limit=4&step=30m');
      expect(times).toEqual(['08:00 - 09:00', '10:00 - 11:00', '12:00 - 13:00', '13:00 - 14:00']);
      expect(body.suggestions[1]).toEqual({
        start: '2026-01-05T10:00:00Z',
        end: '2026-01-05T11:00:00Z',
        free_until: '2026-01-05T11:00:00Z',
        attending: people,
      });
      expect(body).toMatchObject({ start: '2026-01-05T08:00:00Z', end: '2026-01-05T09:00:00Z' });
    });

    test.each([
      [1, '08:00 - 09:00', [3]],
      [2, '09:00 - 10:00', [1, 3]],
      [3, '10:00 - 11:00', [1, 2, 3]],
    ])('needs %i of three', async (quorum, time, attending) => {
      const people = await calendars.everyone([{ busy: '08:00 - 09:00' }, { busy: '08:00 - 10:00' }, {}]);
      expect(await calendars.nearest(people, `min_attending=${quorum}`)).toMatchObject({
        time,
        attending: [attending],
      });
    });

    test('is not kept from anybody by those who are optional, and says which of them can come', async () => {
      const [ann, bob, eve] = await calendars.everyone([
        {},
        { busy: '08:00 - 08:30' },
        { busy: '09:00 - 10:00' },
      ]);
      const { times, attending, reasons } = await calendars.nearest(
        [ann],
        `limit=3&optional_user_ids=${bob}&optional_user_ids=${eve}&optional_user_ids=${ann}`,
      );
      expect(times).toEqual(['08:00 - 09:00', '09:00 - 10:00', '10:00 - 11:00']);
      expect(attending).toEqual([
        [1, `optional ${eve}`],
        [1, `optional ${bob}`],
        [1, `optional ${bob}`, `optional ${eve}`],
      ]);
      expect(reasons).toEqual([]);
    });
  });

  describe('bad input', () => {
    test.each([
      ['step=0', 'step', 'must be from 1 to 86400 seconds'],
      ['step=25h', 'step', 'must be from 1 to 86400 seconds'],
      ['step=often', 'step', 'must be a duration'],
      ['buffer_before=-1', 'buffer_before', 'must be a duration'],
      ['buffer_after=25h', 'buffer_after', 'must be from 0 to 86400 seconds'],
      ['limit=0', 'limit', 'must be an integer from 1 to 100'],
      ['limit=101', 'limit', 'must be an integer from 1 to 100'],
      ['min_attending=0', 'min_attending', 'must be an integer from 1 to 100'],
      ['min_attending=2', 'min_attending', 'must be at most 1'],
      [many('user_ids', 101), 'user_ids', 'must name at most 100'],
      [many('optional_user_ids', 101), 'optional_user_ids', 'must name at most 100'],
      [many('optional_user_ids', 100), 'optional_user_ids', 'must name at most 100 together with user_ids'],
      ['from=2026-01-05T08:00:00Z&to=2026-01-05T07:00:00Z', 'to', 'must not be before from'],
      ['from=2026-01-05T08:00:00Z&to=2027-02-10T08:00:00Z', 'to', 'must be at most 400 days after from'],
    ])('refuses a search with %s', async (query, field, message) => {
      const { status, body } = await calendars.client.get(
        `/events:nearest-empty-time-interval?duration=1h&user_ids=1&${query}`,
      );
      expect({ status, body }).toMatchObject({
        status: 400,
        body: { errors: [{ field, message: expect.stringContaining(message) }] },
      });
    });

    test.each([
      [
        '/events:nearest-empty-time-interval?duration=1h&user_ids=900001&user_ids=900002',
        'user_ids',
        '900001, 900002',
      ],
      [
        '/events:nearest-empty-time-interval?duration=1h&user_ids=1&optional_user_ids=900003',
        'optional_user_ids',
        '900003',
      ],
      [
        '/free-busy?from=2026-01-05T00:00:00Z&to=2026-01-06T00:00:00Z&user_ids=1&user_ids=900004',
        'user_ids',
        '900004',
      ],
    ])('names unknown users: GET %s', async (path, field, named) => {
      const { status, body } = await calendars.client.get(path);
      expect({ status, body }).toMatchObject({
        status: 404,
        body: { code: 'user_not_found', errors: [{ field, message: `no user ${named}` }] },
      });
    });
  });
});
