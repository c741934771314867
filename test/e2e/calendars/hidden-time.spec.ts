import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const DAY = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z';
const time = (hour: number) => `2026-03-02T${String(hour).padStart(2, '0')}:00:00Z`;

describe('the time of a user', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let eve: Account;
  let ann: Account;
  let primary: number;
  let second: number;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  /** Ann is busy from 9 to 10 in her primary calendar, and from 10 to 11 in a second one: by an event and a series. */
  beforeEach(async () => {
    count += 1;
    ann = await signUp(anyone, `ann${count}`);
    eve = await signUp(anyone, `eve${count}`);
    primary = await primaryCalendarOf(ann);
    second = await addCalendar(ann, 'Second');
    await busy(9, { calendar_id: primary });
    await busy(10, { calendar_id: second, repeat: { frequency: 'daily', count: 2 } });
  });

  async function busy(hour: number, fields: object): Promise<void> {
    const event = {
      title: 'Busy',
      start_date: time(hour),
      duration: 3600,
      organizer_user_id: ann.id,
      ...fields,
    };
    await ann.client.create('/events', event);
  }

  const freeBusy = async (client: Client) => {
    const [{ busy: intervals, code }] = (await client.get(`/free-busy?user_ids=${ann.id}&${DAY}`)).body;
    return [intervals?.map(({ start, end }) => `${start.slice(11, 13)}-${end.slice(11, 13)}`) ?? null, code];
  };

  const nearest = async (client: Client, query = '') => {
    const asked = `duration=1h&user_ids=${ann.id}&from=${time(9)}&to=${time(13)}&${query}`;
    const { start, reasons } = (await client.get(`/events:nearest-empty-time-interval?${asked}`)).body;
    return [
      start,
      reasons.map(({ rule, unavailable_throughout: throughout }) => (throughout ? `${rule}!` : rule)),
    ];
  };

  /** The statuses and conflicts of bookings of Ann at an hour. */
  const book = async (client: Client, hour: number, fields: object = {}) => {
    const event = { title: 'Booked', start_date: time(hour), duration: 3600, invited_user_ids: [ann.id] };
    return client.send('POST', '/events', { ...event, organizer_user_id: eve.id, ...fields });
  };

  test.each([
    ['everybody', false],
    ['everybody with a role on all calendars', true],
  ])('is shown to %s', async (_, granted) => {
    if (granted) await share(ann.client, second, eve.id, 'free_busy_reader');
    expect(await freeBusy(eve.client)).toEqual([['09-11'], undefined]);
    expect(await nearest(eve.client)).toEqual([time(11), ['busy']]);
  });

  describe('in a calendar of the role none', () => {
    beforeEach(async () => {
      await share(ann.client, second, eve.id, 'none');
    });

    test('is not in free/busy, which says so', async () => {
      expect(await freeBusy(eve.client)).toEqual([['09-10'], 'calendar_partly_shared']);
      for (const client of [anyone, backend, ann.client])
        expect(await freeBusy(client)).toEqual([['09-11'], undefined]);
    });

    test('is not offered by the search, under a rule of its own', async () => {
      expect(await nearest(eve.client)).toEqual([time(11), ['busy', 'calendar_not_shared']]);
      expect(await nearest(eve.client, 'buffer_before=30m')).toEqual([
        '2026-03-02T11:30:00Z',
        ['busy', 'buffer', 'calendar_not_shared'],
      ]);
      expect(await nearest(backend)).toEqual([time(11), ['busy']]);
    });

    test('is in no conflict, and what is shared is', async () => {
      expect(await book(eve.client, 10)).toMatchObject({ status: 201, body: { conflicts: [] } });
      const { body } = await book(eve.client, 9, { duration: 3600 });
      expect(body.conflicts).toMatchObject([{ user_id: ann.id, start: time(9), end: time(10) }]);
    });

    test.each(['reject', 'allow'])('refuses a booking without a conflict: %s', async (conflict_policy) => {
      await ann.client.patch(`/users/${ann.id}`, { double_booking: 'reject' });
      const refused = await book(eve.client, 10, { conflict_policy });
      expect(refused).toMatchObject({ status: 409, body: { code: 'time_taken' } });
      expect(refused.body).not.toHaveProperty('conflicts');
      expect(JSON.stringify(refused.body)).not.toMatch(/2026-03-02/);
      const partly = await book(eve.client, 9, { conflict_policy, duration: 7200 });
      expect(partly).toMatchObject({ status: 409, body: { code: 'time_taken' } });
      expect(partly.body.conflicts).toEqual([{ user_id: ann.id, start: time(9), end: time(10) }]);
      expect(JSON.stringify(partly.body)).not.toContain(time(11));
    });

    test('leaves only time that a booking then gets', async () => {
      const [start] = await nearest(eve.client);
      const body = { start_date: start, conflict_policy: 'reject' };
      expect((await book(eve.client, 0, body)).status).toBe(201);
    });
  });

  describe('of which no calendar is shared', () => {
    beforeEach(async () => {
      for (const id of [primary, second]) await shareWithTenant(ann.client, id, 'none');
    });

    test('is null in free/busy, and shown to its user and to keys', async () => {
      for (const client of [eve.client, anyone])
        expect(await freeBusy(client)).toEqual([null, 'calendar_not_shared']);
      for (const client of [ann.client, backend])
        expect(await freeBusy(client)).toEqual([['09-11'], undefined]);
    });

    test('is never available to the search, under that rule alone', async () => {
      await ann.client.patch(`/users/${ann.id}`, {
        working_hours: [{ days_of_week: [1], from: '10:00', to: '12:00' }],
      });
      expect(await nearest(eve.client)).toEqual([null, ['calendar_not_shared!']]);
      const optional = `optional_user_ids=${ann.id}&user_ids=${eve.id}&duration=1h&from=2026-06-02T09:00:00Z&to=2026-06-02T13:00:00Z`;
      const { body } = await eve.client.get(`/events:nearest-empty-time-interval?${optional}`);
      expect(body.suggestions[0].attending).toEqual([eve.id]);
    });

    test('is in no conflict', async () => {
      expect(await book(eve.client, 9)).toMatchObject({ status: 201, body: { conflicts: [] } });
      const refused = await book(eve.client, 10, { conflict_policy: 'reject' });
      expect(refused).toMatchObject({ status: 409, body: { code: 'time_taken' } });
      expect(JSON.stringify(refused.body)).not.toContain(`user ${ann.id}`);
    });

    test('is shown again as far as an own grant goes', async () => {
      await share(ann.client, second, eve.id, 'free_busy_reader');
      expect(await freeBusy(eve.client)).toEqual([['10-11'], 'calendar_partly_shared']);
    });

    test('does not concern a calendar that does not count as busy', async () => {
      const third = await addCalendar(ann, 'Third');
      await ann.client.patch(`/calendars/${third}`, { counts_as_busy: false });
      expect(await freeBusy(eve.client)).toEqual([null, 'calendar_not_shared']);
    });
  });

  test('is named by the event behind a conflict only if the caller sees the event', async () => {
    await share(ann.client, primary, eve.id, 'free_busy_reader');
    const { body } = await book(eve.client, 9, { duration: 7200 });
    expect(body.conflicts).toMatchObject([{ start: time(9), end: time(11), events: [{ title: 'Busy' }] }]);
  });
});
