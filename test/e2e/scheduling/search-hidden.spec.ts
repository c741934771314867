import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** The start of the nearest interval, and its relaxations. */
const relaxationsOf = async (client: Client, { id }: Account, query = '') => {
  const path =
    `/events:nearest-empty-time-interval?duration=1h&user_ids=${id}&from=2026-01-05T08:00:00Z&to=2026-01-05T12:00:00Z&explain=true&${query}` as const;
  const { start, relaxations } = (await client.get(path)).body;
  return [start, relaxations?.map((each) => `${each.rule} ${each.start.slice(11, 16)}`)];
};

describe('the options of a search in hidden calendars', () => {
  let application: TestApplication;
  let anyone: Client;
  let ann: Account;
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
    ann = await signUp(anyone, `ann${count}`);
    eve = await signUp(anyone, `eve${count}`);
    primary = await primaryCalendarOf(ann);
    second = await addCalendar(ann, 'Second');
    for (const [start, calendar_id] of [
      ['2026-01-05T08:00:00Z', primary],
      ['2026-01-05T09:00:00Z', second],
    ] as const) {
      await ann.client.create('/events', {
        title: 'Busy',
        organizer_user_id: ann.id,
        start_date: start,
        duration: 3600,
        calendar_id,
      });
    }
  });

  test('relaxations name that rule alone', async () => {
    await share(ann.client, second, eve.id, 'none');
    expect(await relaxationsOf(eve.client, ann)).toEqual([
      '2026-01-05T10:00:00Z',
      ['calendar_not_shared 09:00'],
    ]);
    expect(await relaxationsOf(ann.client, ann)).toEqual(['2026-01-05T10:00:00Z', ['busy 08:00']]);
  });

  test('relaxations reveal nothing of a user who shares no calendar', async () => {
    for (const id of [primary, second]) await shareWithTenant(ann.client, id, 'none');
    await ann.client.patch(`/users/${ann.id}`, {
      working_hours: [{ days_of_week: [1], from: '10:00', to: '12:00' }],
    });
    expect(await relaxationsOf(eve.client, ann)).toEqual([null, ['calendar_not_shared 08:00']]);
  });

  test('a preference does not measure the distance to hidden time', async () => {
    await share(ann.client, second, eve.id, 'none');
    const first = async (client: Client) => (await relaxationsOf(client, ann, 'prefer=compact'))[0];
    expect(await first(ann.client)).toBe('2026-01-05T10:00:00Z');
    expect(await first(eve.client)).toBe('2026-01-05T10:00:00Z');
    await ann.client.create('/events', {
      title: 'Busy',
      organizer_user_id: ann.id,
      start_date: '2026-01-05T11:45:00Z',
      duration: 3600,
      calendar_id: primary,
    });
    // Ann's hidden meeting ends at 10:00, the visible one starts at 11:45.
    expect(await first(ann.client)).toBe('2026-01-05T10:00:00Z');
    expect(await first(eve.client)).toBe('2026-01-05T10:45:00Z');
  });
});
