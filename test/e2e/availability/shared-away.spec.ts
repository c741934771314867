import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const AWAY = { from: '2026-03-02T09:00:00Z', to: '2026-03-02T10:00:00Z' };
const REASON = { ...AWAY, reason: 'Dentist' };
const MORNING = 'from=2026-03-02T09:00:00Z&to=2026-03-02T12:00:00Z';

describe('time away of a user', () => {
  let application: TestApplication;
  let anyone: Client;
  let backend: Client;
  let ann: Account;
  let eve: Account;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  beforeEach(async () => {
    count += 1;
    ann = await signUp(anyone, `ann${count}`);
    eve = await signUp(anyone, `eve${count}`);
    await ann.client.patch(`/users/${ann.id}`, { away: [REASON] });
  });

  const seenBy = async (client: Client) => (await client.get(`/users/${ann.id}`)).body.away;

  const freeBusy = async (client: Client) => {
    const [{ busy, code }] = (await client.get(`/free-busy?user_ids=${ann.id}&${MORNING}`)).body;
    return [busy?.length ?? null, code];
  };

  const rules = async (client: Client) => {
    const path = `/events:nearest-empty-time-interval?duration=3h&user_ids=${ann.id}&${MORNING}` as const;
    return (await client.get(path)).body.reasons.map(({ rule }) => rule);
  };

  const book = async (client: Client, fields: object) =>
    client.send('POST', '/events', {
      title: 'Planning',
      organizer_user_id: eve.id,
      invited_user_ids: [ann.id],
      start_date: AWAY.from,
      duration: 3600,
      ...fields,
    });

  test('is seen by all, and its reason by the user and keys alone', async () => {
    expect(await seenBy(ann.client)).toEqual([REASON]);
    expect(await seenBy(backend)).toEqual([REASON]);
    expect(await seenBy(eve.client)).toEqual([AWAY]);
    expect(await seenBy(anyone)).toEqual([AWAY]);
    const { body } = await eve.client.get(`/users?email=${ann.email}`);
    expect(body[0].away).toEqual([AWAY]);
    expect((await backend.get(`/users?email=${ann.email}`)).body[0].away).toEqual([REASON]);
    expect(await seenBy(backend.as(eve.id))).toEqual([AWAY]);
  });

  test('is in the export of the data of the user', async () => {
    const { body } = await ann.client.get(`/users/${ann.id}:export`);
    expect(body.user.away).toEqual([REASON]);
  });

  test('stays visible while only some calendars are hidden', async () => {
    await share(ann.client, await addCalendar(ann, 'Second'), eve.id, 'none');
    expect(await seenBy(eve.client)).toEqual([AWAY]);
    expect(await freeBusy(eve.client)).toEqual([1, 'calendar_partly_shared']);
    expect(await rules(eve.client)).toEqual(['away']);
    const { body } = await book(eve.client, {});
    expect(body.conflicts).toMatchObject([{ user_id: ann.id, start: AWAY.from, end: AWAY.to, events: [] }]);
  });

  describe('whose calendars are all hidden', () => {
    beforeEach(async () => {
      await shareWithTenant(ann.client, await primaryCalendarOf(ann), 'none');
    });

    test('is seen by the user and keys alone', async () => {
      for (const client of [eve.client, anyone]) {
        expect(await seenBy(client)).toBeUndefined();
        expect(await freeBusy(client)).toEqual([null, 'calendar_not_shared']);
        expect(await rules(client)).toEqual(['calendar_not_shared']);
      }
      for (const client of [ann.client, backend]) {
        expect(await seenBy(client)).toEqual([REASON]);
        expect(await freeBusy(client)).toEqual([1, undefined]);
        expect(await rules(client)).toEqual(['away']);
      }
    });

    test.each<[string, object]>([
      ['a plain event', {}],
      [
        'an event that the service creates by the database',
        { external_id: null, invited: [{ email: 'guest@example.com' }] },
      ],
    ])('is in no conflict of %s', async (_, fields) => {
      expect(await book(eve.client, fields)).toMatchObject({ status: 201, body: { conflicts: [] } });
    });

    test('refuses a booking without a conflict', async () => {
      const refused = await book(eve.client, { conflict_policy: 'reject' });
      expect([refused.status, refused.body.code]).toEqual([409, 'time_taken']);
      expect(JSON.stringify(refused.body)).not.toMatch(/conflicts|2026-03-02/);
    });
  });

  test('ends with the user', async () => {
    await ann.client.patch(`/users/${ann.id}`, {
      availability_overrides: [{ date: '2026-03-02', intervals: [] }],
    });
    await backend.delete(`/users/${ann.id}`);
    const rows = await query<{ row: string }>(
      application.database.url,
      `SELECT away::text || availability_overrides::text AS row FROM users WHERE id = ${ann.id}`,
    );
    expect(rows).toEqual([{ row: '[][]' }]);
  });
});
