import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { BookedEvent, NewEvent } from '../../../clients/typescript/src/schema.js';
import { Calendars, toldInterval } from '../../support/client/calendars.js';
import type { ServiceResponse } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

type Event = Partial<NewEvent> & Pick<NewEvent, 'start_date'>;

/** An endless series on Fridays from 2034 on. */
const FRIDAYS: Event = {
  start_date: '2034-01-06T09:00:00Z',
  duration: 3_600,
  repeat: { frequency: 'weekly' },
};
const MONDAYS: Event = {
  start_date: '2037-01-05T09:00:00Z',
  duration: 3_600,
  repeat: { frequency: 'weekly' },
};
/** 2044-02-29 is the first leap day on a Monday. */
const LEAP_DAYS: Event = {
  start_date: '2028-02-29T09:30:00Z',
  duration: 3_600,
  repeat: { frequency: 'yearly', day_of_month: 29, month_of_year: 2 },
};

const daysLater = (days: number, hour = 9) =>
  new Date(Date.UTC(2030, 0, 7, hour) + days * 86_400_000).toISOString().replace('.000', '');

/** A pair of events that meet, with the first time at which both take place. */
const PAIRS: readonly [string, Event, Event, string][] = [
  [
    'an endless series on Fridays from 2034 on, and one event in 2040',
    FRIDAYS,
    { start_date: '2040-06-15T09:30:00Z', duration: 3_600 },
    '2040-06-15 09:30 - 2040-06-15 10:00',
  ],
  ['a series on Mondays, and a leap day', MONDAYS, LEAP_DAYS, '2044-02-29 09:30 - 2044-02-29 10:00'],
  [
    'a daily series, and an event 189 days ahead',
    { start_date: daysLater(0), duration: 3_600, repeat: { frequency: 'daily' } },
    { start_date: daysLater(189), duration: 3_600 },
    '2030-07-15 09:00 - 2030-07-15 10:00',
  ],
  [
    'a weekly series, and an event 5,000 days ahead',
    { start_date: daysLater(0), duration: 3_600, repeat: { frequency: 'daily', interval: 5 } },
    { start_date: daysLater(5_000), duration: 3_600 },
    '2043-09-16 09:00 - 2043-09-16 10:00',
  ],
  [
    'two endless series whose zones change their clocks on different days',
    {
      start_date: '2031-01-06T09:00:00-05:00',
      time_zone: 'America/New_York',
      duration: 1_800,
      repeat: { frequency: 'weekly' },
    },
    {
      // 14:00 in Berlin is 9 o'clock in New York between their changes of clocks alone.
      start_date: '2031-01-06T14:00:00+01:00',
      time_zone: 'Europe/Berlin',
      duration: 1_800,
      repeat: { frequency: 'weekly' },
    },
    '2031-03-10 13:00 - 2031-03-10 13:30',
  ],
];

const inRoom = (room: number, fields: Event) => ({ ...fields, invited_room_ids: [room] });

/** Whether a booking is accepted, after a comparison of all occurrences, or the first conflict of its refusal. */
async function result(response: Promise<ServiceResponse<BookedEvent>>): Promise<string> {
  const { status, body } = await response;
  if (status >= 400) return `${status} ${toldInterval(body.conflicts[0])}`;
  return body.conflicts_checked_until === null ? 'accepted' : `until ${body.conflicts_checked_until}`;
}

describe('a booking that a conflict refuses', () => {
  let application: TestApplication;
  let calendars: Calendars;
  let rooms: Rooms;
  const clock = new TestClock();
  let ann: number;
  let bob: number;

  beforeAll(async () => {
    application = await startTestApplication({}, clock);
    calendars = new Calendars(application.url);
    rooms = new Rooms(calendars.client);
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    clock.set('2026-03-02T09:00:00Z');
    [ann, bob] = await calendars.everyone([{}, {}]);
  });

  async function create(fields: Event, organizer = ann): Promise<ServiceResponse<BookedEvent>> {
    return calendars.client.post('/events', { title: 'Planning', organizer_user_id: organizer, ...fields });
  }
  describe.each(PAIRS)('by %s', (_, first, second, meeting) => {
    test('is one in a room, whichever comes first', async () => {
      for (const [a, b] of [
        [first, second],
        [second, first],
      ]) {
        const room = await rooms.room();
        expect(await result(create(inRoom(room, a)))).toBe('accepted');
        expect(await result(create(inRoom(room, b), bob))).toBe(`409 ${meeting}`);
      }
    });

    test('is one with the policy `reject`, and one of a person without double booking', async () => {
      await create(first);
      expect(await result(create({ ...second, conflict_policy: 'reject' }))).toBe(`409 ${meeting}`);
      const eve = await calendars.someone({ double_booking: 'reject' });
      expect(await result(create(first, eve))).toBe('accepted');
      expect(await result(create(second, eve))).toBe(`409 ${meeting}`);
    });
  });
});
