import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import {
  addCalendar,
  type GrantedAccess,
  primaryCalendarOf,
  share,
  shareWithTenant,
} from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const DAY = {
  title: 'Day',
  start_date: '2031-09-09',
  all_day: true,
  show_as: 'busy',
} satisfies Partial<NewEvent>;
/** The day of New York. */
const OF_NEW_YORK = { start: '2031-09-09T04:00:00Z', end: '2031-09-10T04:00:00Z' };
const WEEK = 'from=2031-09-06T00:00:00Z&to=2031-09-13T00:00:00Z';
/** The window, and whether the day of New York is in it. */
const WINDOWS = [
  ['from=2031-09-09T03:00:00Z&to=2031-09-09T04:00:00Z', false],
  ['from=2031-09-09T03:00:00Z&to=2031-09-09T04:00:01Z', true],
  ['from=2031-09-10T03:59:59Z&to=2031-09-10T05:00:00Z', true],
  ['from=2031-09-10T04:00:00Z&to=2031-09-10T05:00:00Z', false],
] as const;
const FORMS = [
  ['a day', {}],
  ['a day that repeats', { repeat: { frequency: 'yearly', count: 2 } }],
] as const;

async function listed(path: string, window: string, { client }: Account) {
  const read = async (query: string) =>
    (await client.send('GET', `${path}/events?${window}${query}`)).body as unknown as { floating: boolean }[];
  const whole = await read('');
  expect(await read('&expand=true')).toHaveLength(whole.length);
  return whole;
}

describe('in a calendar of a New Yorker', () => {
  let application: TestApplication;
  let anyone: Client;
  let ann: Account;
  /** In Tokyo. */
  let eve: Account;
  let primary: number;
  let second: number;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
  });
  afterAll(async () => application.close());

  beforeEach(async () => {
    count += 1;
    ann = await personIn('ann', 'America/New_York');
    eve = await personIn('eve', 'Asia/Tokyo');
    primary = await primaryCalendarOf(ann);
    second = await addCalendar(ann, 'Second');
  });

  async function personIn(name: string, time_zone: string): Promise<Account> {
    const account = await signUp(anyone, `${name}${count}`);
    await account.client.patch(`/users/${account.id}`, { time_zone });
    return account;
  }

  const create = async (fields: Partial<NewEvent> = {}) =>
    (await ann.client.create('/events', { ...DAY, organizer_user_id: ann.id, ...fields })).body;
  const freeBusy = async (as: Account, query = '') =>
    (await as.client.get(`/free-busy?user_ids=${ann.id}&${WEEK}${query}`)).body[0];
  const nearest = async (as: Account) => {
    const query = `duration=1h&user_ids=${ann.id}&from=2031-09-09T04:00:00Z&to=2031-09-13T00:00:00Z`;
    return (await as.client.get(`/events:nearest-empty-time-interval?${query}`)).body;
  };

  describe.each(FORMS)('%s', (_, fields) => {
    test.each(WINDOWS)('is in the lists of the calendar and the user from %s: %s', async (window, isIn) => {
      await create({ ...fields, calendar_id: second });
      for (const reader of [ann, eve]) {
        for (const path of [`/calendars/${second}`, `/users/${ann.id}`]) {
          const list = await listed(path, window, reader);
          expect(list.map(({ floating }) => floating)).toEqual(isIn ? [true] : []);
        }
        expect(await listed(`/calendars/${primary}`, window, reader)).toEqual([]);
      }
    });

    test.each(WINDOWS)('is shown to a reader of its times from %s: %s', async (window, isIn) => {
      const { id } = await create({ ...fields, calendar_id: second });
      await share(ann.client, second, eve.id, 'free_busy_reader');
      const times = { redacted: true, visibility: 'private', all_day: true, floating: true };
      const dates = { start_date: '2031-09-09', end_date: '2031-09-10' };
      expect((await eve.client.get(`/events/${id}`)).body).toEqual({ ...times, ...dates, id });
      const occurrences = [{ start: '2031-09-09', end: '2031-09-10' }];
      const expected = { ...times, ...dates, occurrences, occurrences_truncated: false };
      for (const path of [`/calendars/${second}`, `/users/${ann.id}`])
        expect(await listed(path, window, eve)).toEqual(isIn ? [expected] : []);
    });

    test('makes its user busy, unless the calendar does not count', async () => {
      await create({ ...fields, calendar_id: second });
      const book = async () => {
        const meeting = { title: 'Meeting', start_date: OF_NEW_YORK.start, duration: 3600 };
        const event = { ...meeting, organizer_user_id: eve.id, invited_user_ids: [ann.id] };
        const { status, body } = await eve.client.post('/events', { ...event, conflict_policy: 'reject' });
        if (status === 201) await eve.client.delete(`/events/${body.id}`);
        return status;
      };
      await ann.client.patch(`/users/${ann.id}`, { double_booking: 'reject' });
      expect(await freeBusy(eve)).toEqual({
        user_id: ann.id,
        busy: [OF_NEW_YORK],
        intervals: [{ ...OF_NEW_YORK, show_as: 'busy' }],
      });
      expect((await nearest(eve)).start).toBe(OF_NEW_YORK.end);
      expect(await book()).toBe(409);
      await ann.client.patch(`/calendars/${second}`, { counts_as_busy: false });
      expect(await freeBusy(eve)).toEqual({ user_id: ann.id, busy: [], intervals: [] });
      expect((await nearest(eve)).start).toBe(OF_NEW_YORK.start);
      expect(await book()).toBe(201);
      expect(await listed(`/calendars/${second}`, WEEK, ann)).toHaveLength(1);
    });

    test.each<[GrantedAccess, object]>([
      [
        'free_busy_reader',
        { busy: [OF_NEW_YORK], intervals: [{ ...OF_NEW_YORK, show_as: 'out_of_office' }] },
      ],
      ['none', { busy: [], intervals: [], code: 'calendar_partly_shared' }],
    ])('has its kind in free/busy for the role %s as far as the role shows it', async (role, expected) => {
      await create({ ...fields, calendar_id: second, show_as: 'out_of_office' });
      await share(ann.client, second, eve.id, role);
      expect(await freeBusy(eve)).toEqual({ user_id: ann.id, ...expected });
    });

    test('is not in free/busy for a caller to whom no calendar is shared', async () => {
      await create({ ...fields, calendar_id: second, show_as: 'out_of_office' });
      for (const calendar of [primary, second]) await shareWithTenant(ann.client, calendar, 'none');
      expect(await freeBusy(eve)).toEqual({
        user_id: ann.id,
        busy: null,
        intervals: null,
        code: 'calendar_not_shared',
      });
      expect((await freeBusy(ann)).intervals).toEqual([{ ...OF_NEW_YORK, show_as: 'out_of_office' }]);
    });
  });

  test('a stronger kind in a hidden calendar leaves the kind of the shown time', async () => {
    await create({ calendar_id: second, show_as: 'out_of_office' });
    await create({ calendar_id: primary, show_as: 'tentative' });
    expect((await freeBusy(eve)).intervals).toEqual([{ ...OF_NEW_YORK, show_as: 'out_of_office' }]);
    await share(ann.client, second, eve.id, 'none');
    expect(await freeBusy(eve)).toEqual({
      user_id: ann.id,
      busy: [OF_NEW_YORK],
      intervals: [{ ...OF_NEW_YORK, show_as: 'tentative' }],
      code: 'calendar_partly_shared',
    });
    expect((await freeBusy(eve, '&pending=free')).intervals).toEqual([]);
  });
});
