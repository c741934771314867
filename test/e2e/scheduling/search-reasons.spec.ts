import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Calendars, type Someone } from '../../support/client/calendars.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

describe('what blocks a search', () => {
  let application: TestApplication;
  let calendars: Calendars;

  beforeAll(async () => {
    application = await startTestApplication();
    calendars = new Calendars(application.url);
  });
  afterAll(async () => application.close());

  describe('reasons', () => {
    test('state when each rule next stops blocking', async () => {
      const people = await calendars.everyone([
        { busy: '08:00 - 08:30, 08:30 - 09:00, 10:00 - 11:00' },
        { hours: '09:30 - 18:00', busy: '10:30 - 12:00' },
      ]);
      const { time, reasons, until } = await calendars.nearest(people, 'buffer_before=5m');
      expect(time).toBe('12:05 - 13:05');
      expect(reasons).toEqual(['1 busy', '1 buffer', '2 busy', '2 buffer', '2 outside_working_hours']);
      expect(until).toEqual(['09:00', '09:05', '12:00', '12:05', '09:30']);
    });

    test('state that a rule blocks up to the end of the search', async () => {
      const people = await calendars.everyone([
        { busy: '08:00 - 2026-02-05 08:00' },
        { busy: '08:00 - 09:00' },
      ]);
      expect(await calendars.nearest(people)).toMatchObject({
        time: null,
        reasons: ['1 busy, throughout', '2 busy'],
        until: [null, '09:00'],
      });
    });

    test('state the end of a rule that blocks for months after the answer', async () => {
      const people = await calendars.everyone([
        {},
        { busy: '08:00 - 2026-08-05 08:00' },
        { busy: '08:00 - 09:00' },
      ]);
      const query = 'min_attending=2&to=2026-12-05T08:00:00Z';
      expect(await calendars.nearest(people, query)).toMatchObject({
        time: '09:00 - 10:00',
        attending: [[1, 3]],
        reasons: ['2 busy, throughout', '3 busy'],
        until: ['2026-08-05 08:00', '09:00'],
      });
    });

    test('of optional users are marked, and only who can attend neither then nor before is unavailable', async () => {
      const [ann, bob, eve] = await calendars.everyone([
        { busy: '08:00 - 09:00' },
        { busy: '08:00 - 08:30' },
        { busy: '08:30 - 10:00' },
      ]);
      const { body } = await calendars.nearest([ann], `optional_user_ids=${bob}&optional_user_ids=${eve}`);
      expect(body.suggestions.map(({ attending }) => attending)).toEqual([[ann, bob]]);
      expect(body.reasons).toEqual([
        {
          user_id: ann,
          rule: 'busy',
          until: '2026-01-05T09:00:00Z',
          optional: false,
          unavailable_throughout: false,
        },
        {
          user_id: bob,
          rule: 'busy',
          until: '2026-01-05T08:30:00Z',
          optional: true,
          unavailable_throughout: false,
        },
        {
          user_id: eve,
          rule: 'busy',
          until: '2026-01-05T10:00:00Z',
          optional: true,
          unavailable_throughout: true,
        },
      ]);
    });
  });

  describe('relaxations', () => {
    test('are absent unless a client asks for them', async () => {
      const [ann] = await calendars.everyone([{ busy: '08:00 - 09:00' }]);
      expect((await calendars.nearest([ann])).body).not.toHaveProperty('relaxations');
      expect((await calendars.nearest([ann], 'explain=false')).relaxations).toBeNull();
    });

    test.each<[string, Someone[], string, string[]]>([
      ['none where the search starts with the meeting', [{}, {}], '', []],
      [
        'each rule of each user who alone prevents a meeting',
        [{ busy: '08:00 - 09:00' }, { busy: '09:30 - 11:00' }],
        '',
        ['1 busy 08:00 - 09:00', '2 busy 09:00 - 10:00'],
      ],
      ['none where two users are in the way', [{ busy: '08:00 - 12:00' }, { busy: '08:00 - 12:00' }], '', []],
      [
        'the hours of one user',
        [{ hours: '10:00 - 18:00' }, { hours: '09:00 - 17:00' }],
        '',
        ['1 outside_working_hours 09:00 - 10:00'],
      ],
      [
        'the buffers of one user',
        [{ busy: '09:10 - 10:00' }],
        'buffer_after=20m',
        ['1 busy 08:00 - 09:00', '1 buffer 08:00 - 09:00'],
      ],
      [
        'each busy person, if the meeting lacks one person',
        [{ busy: '08:00 - 09:00' }, { busy: '08:00 - 10:00' }, {}],
        'min_attending=2',
        ['1 busy 08:00 - 09:00', '2 busy 08:00 - 09:00'],
      ],
      [
        'a start on the grid',
        [{ busy: '08:00 - 10:00' }, { busy: '08:00 - 08:10' }],
        'step=30m',
        ['1 busy 08:30 - 09:30'],
      ],
      [
        'any start if there is no interval at all',
        [{ busy: '08:00 - 2026-01-20 08:00' }, { busy: '08:00 - 11:00' }],
        '',
        ['1 busy 11:00 - 12:00'],
      ],
      [
        'a day after a change of summer time',
        [{ zone: 'Europe/Berlin', hours: '09:00 - 17:00', busy: '2026-03-30 06:00 - 2026-03-30 10:00' }],
        'from=2026-03-28T12:00:00Z&to=2026-04-03T12:00:00Z',
        [
          '1 outside_working_hours 2026-03-28 12:00 - 2026-03-28 13:00',
          '1 busy 2026-03-30 07:00 - 2026-03-30 08:00',
        ],
      ],
    ])('name %s', async (_, people, query, expected) => {
      const ids = await calendars.everyone(people);
      expect((await calendars.nearest(ids, `explain=true&${query}`)).relaxations).toEqual(expected);
    });

    test('name pending time apart from other busy time', async () => {
      const [ann, bob] = await calendars.everyone([{ busy: '09:00 - 10:00' }, {}]);
      await calendars.event('08:00 - 09:00', {
        organizer_user_id: bob,
        invited_user_ids: [ann],
      });
      const { time, relaxations } = await calendars.nearest([ann], 'explain=true');
      expect([time, relaxations]).toEqual([
        '10:00 - 11:00',
        ['1 busy 08:00 - 09:00', '1 pending 08:00 - 09:00'],
      ]);
      const free = await calendars.nearest([ann], 'explain=true&pending=free');
      expect([free.time, free.relaxations]).toEqual(['08:00 - 09:00', []]);
    });

    test('do not drop pending time that a booking would still be refused', async () => {
      const [ann, bob] = await calendars.everyone([{ double_booking: 'reject' }, {}]);
      const event = await calendars.event('08:00 - 09:00', {
        organizer_user_id: bob,
        invited_user_ids: [ann],
      });
      const relaxed = async () => (await calendars.nearest([ann], 'explain=true')).relaxations;
      expect(await relaxed()).toEqual(['1 busy 08:00 - 09:00', '1 pending 08:00 - 09:00']);
      const invite = event.attendees.find(({ user }) => user?.id === ann)?.invite_id;
      await calendars.client.send('POST', `/event-invites/${invite}:tentative`);
      expect(await relaxed()).toEqual(['1 busy 08:00 - 09:00']);
    });
  });
});
