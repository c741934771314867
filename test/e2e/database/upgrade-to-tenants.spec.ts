import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';
import { ReminderDispatcher } from '../../../src/reminders/dispatch/reminder-dispatcher.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import type { TestDatabase } from '../../support/database/database.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { LineList } from '../../support/service/reminders.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addKey } from '../../support/tenants/tenant.js';
import {
  createDatabaseOfVersionBefore,
  serveWithVersionBefore,
} from '../../support/upgrade/version-before.js';

const PASSWORD = 'correct horse battery';

/** Just after the version before has written the rows. */
const DUMPED_AT = '2026-11-26T22:37:00Z';

/** User 7, and what the version before gave that user. Only their hashes are in the rows. */
const SAM = {
  id: 7,
  accessToken:
    'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJnZW4iOjAsImF1dGhfdGltZSI6MTc5NTczMjU3NCwiaXNzIjoiY2FsZW5kYXItYmFja2VuZCIsImF1ZCI6ImNhbGVuZGFyLWFwaSIsInN1YiI6IjciLCJpYXQiOjE3OTU3MzI1NzQsImV4cCI6MTc5NTczMzQ3NH0.DIxO1eTQLGCbd2B5AK7Vp0xzrtxFTRct97a-SH-wGWE',
  refreshToken: 'YWQ-JiMsb7Z1Fe9QQBaF2mHBkG9HFiRwr1HHyKBaAFA',
  mailedToken: 'xxsxIkE9wmeuwu12O1d5-atLw0sU9hHo8SC2NF5zLEE',
};

/** The refresh token of a session that the version before begins after the upgrade. */
const LATE_REFRESH_TOKEN = 'Qeo-mZLR3WUqyN-52koKTh4AQ3SmJeUC--q7jOZk0QU';

const FAR = {
  title: 'Far',
  organizer_user_id: 1,
  invited_user_ids: [2],
  start_date: '2030-01-01T10:00:00Z',
  duration: 600,
};

const BY_VERSION_BEFORE = {
  title: 'By the version before',
  organizer_user_id: 1,
  invited_user_ids: [2, 8],
  start_date: '2027-03-01T10:00:00',
  duration: 3600,
  repeat: { frequency: 'weekly', until: '2027-06-01' },
} as const;

/** The service starts on the data of the version before tenants, and an instance of that version continues to serve. */
describe('after the upgrade to tenants', () => {
  const clock = new TestClock(DUMPED_AT);
  const output = new LineList();
  let database: TestDatabase;
  let service: TestApplication;
  let anyone: Client;
  let ann: Client;

  beforeAll(async () => {
    database = await createDatabaseOfVersionBefore('before-api-keys');
    service = await startTestApplication({ REMINDER_DISPATCH: 'off' }, clock, output, database);
    anyone = new Client(service.url);
    const { body } = await anyone.post('/auth/login', { email: 'ann@example.com', password: PASSWORD });
    ann = anyone.with(body.access_token);
  });

  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  /** The tenants of the rows of each table that has rows. */
  async function tenantsOf(): Promise<Record<string, number[]>> {
    const tables = await query<{ name: string }>(
      database.url,
      `SELECT table_name AS name FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name = 'tenant_id'
          AND table_name NOT IN (
              'api_keys', 'calendar_feeds', 'calendar_subscriptions', 'guests', 'guest_answers', 'holds', 'hold_members', 'outbox_messages', 'rooms', 'round_robin_assignments', 'user_deletions',
              'account_protections', 'calendar_versions', 'event_contents', 'change_floors', 'event_changes', 'event_previous_rows', 'grant_changes',
              'webhook_deliveries', 'webhook_subscriptions')
        ORDER BY 1`,
    );
    const tenants: Record<string, number[]> = {};
    for (const { name } of tables) {
      const rows = await query<{ id: number }>(database.url, `SELECT DISTINCT tenant_id AS id FROM ${name}`);
      tenants[name] = rows.map(({ id }) => id);
    }
    return tenants;
  }

  async function expectDefaultTenant(): Promise<void> {
    const tenants = await tenantsOf();
    expect(Object.keys(tenants)).toHaveLength(17);
    for (const [table, ids] of Object.entries(tenants))
      expect({ table, ids }).toEqual({ table, ids: [DEFAULT_TENANT_ID] });
  }

  test('every row is in the default tenant', expectDefaultTenant);

  test('the data are as they were', async () => {
    const { body: weekly } = await ann.get('/events/1');
    expect(weekly).toMatchObject({ title: 'Weekly', repeat: { until: '2026-12-28' } });
    const autumn = 'from=2026-09-07T00:00:00Z&to=2026-10-13T00:00:00Z';
    const { body: occurrences } = await ann.get(`/events/1/occurrences?${autumn}`);
    expect(occurrences.map(({ start }) => start)).toEqual([
      '2026-09-07T18:00:00Z',
      '2026-09-15T08:00:00Z',
      '2026-09-28T18:00:00Z',
      '2026-10-12T18:00:00Z',
    ]);
    const { body: listed } = await anyone.get(`/users/3/events?${autumn}&max_attendees=0`);
    expect(listed.map(({ title }) => title)).toEqual(['Weekly', 'Days']);
    expect((await anyone.get('/events/4')).body.title).toBeUndefined();
  });

  test('tokens, sessions and mailed tokens hold', async () => {
    const sam = anyone.with(SAM.accessToken);
    expect((await sam.get(`/users/${SAM.id}`)).status).toBe(200);
    const verified = await sam.post(`/users/${SAM.id}:verify-email`, { token: SAM.mailedToken });
    expect(verified.status).toBe(200);
    const verifiedAt = await query<{ at: Date | null }>(
      database.url,
      `SELECT email_verified_at AS at FROM users WHERE id = ${SAM.id}`,
    );
    expect(verifiedAt).toEqual([{ at: clock.now() }]);
    const renewed = await anyone.post('/auth/refresh', { refresh_token: SAM.refreshToken });
    expect(renewed.status).toBe(200);
    expect((await anyone.with(renewed.body.access_token).get(`/users/${SAM.id}`)).status).toBe(200);
  });

  test('a repeated request has the response of the first one', async () => {
    const again = await ann.send('POST', '/events', FAR, { 'idempotency-key': 'far-1' });
    expect([again.status, again.body.id]).toEqual([201, 8]);
  });

  describe('an instance of the version before', () => {
    test('serves a client as before', async () => {
      expect(await serveWithVersionBefore('before-api-keys', database.url)).toBeGreaterThan(500);
    });

    test('writes into the default tenant', expectDefaultTenant);

    test('writes what this version reads', async () => {
      const { body: event } = await ann.get('/events/11');
      expect(event).toMatchObject({ title: 'Renamed by the version before' });
      const spring = 'from=2027-03-01T00:00:00Z&to=2027-04-01T00:00:00Z';
      const { body: occurrences } = await ann.get(`/events/11/occurrences?${spring}`);
      expect(occurrences.map(({ start }) => start)).toEqual([
        '2027-03-01T10:00:00Z',
        '2027-03-09T10:00:00Z',
        '2027-03-22T10:00:00Z',
        '2027-03-29T09:00:00Z',
      ]);
      expect((await anyone.get('/events/5')).status).toBe(404);
      const { body: found } = await anyone.get('/users?email=bobby@example.com');
      expect(found).toMatchObject([{ id: 2, name: 'Bobby' }]);
      const { body: declined } = await ann.get('/events/13');
      const bobby = declined.attendees.find(({ user }) => user?.id === 2);
      expect(bobby?.status).toBe('declined');
    });

    test('begins sessions and keeps idempotency keys that this version knows', async () => {
      const renewed = await anyone.post('/auth/refresh', { refresh_token: LATE_REFRESH_TOKEN });
      expect(renewed.status).toBe(200);
      const again = await ann.send('POST', '/events', BY_VERSION_BEFORE, { 'idempotency-key': 'old-1' });
      expect([again.status, again.body.id]).toEqual([201, 11]);
    });

    test('fires and sends reminders, which do not fire again', async () => {
      const rows = await query<{ method: string; status: string }>(
        database.url,
        'SELECT method, status FROM reminder_deliveries WHERE event_id = 15 ORDER BY method',
      );
      expect(rows).toEqual([
        { method: 'email', status: 'fired' },
        { method: 'log', status: 'fired' },
        { method: 'log', status: 'fired' },
        { method: 'webhook', status: 'fired' },
      ]);
    });

    test('plans reminders, which this version fires', async () => {
      clock.set('2027-03-01T09:30:00Z');
      await service.app.get(ReminderDispatcher).runDue();
      expect(output.lines).toContainEqual(
        expect.objectContaining({ user_id: 1, event_id: 11, minutes_before: 30 }),
      );
      clock.set('2030-01-01T09:30:00Z');
      await service.app.get(ReminderDispatcher).runDue();
      expect(output.lines).toContainEqual(
        expect.objectContaining({ user_id: 1, event_id: 8, minutes_before: 30 }),
      );
      const ids = output.lines.map((line) => line.notification_id);
      expect(new Set(ids).size).toBe(ids.length);
    });

    test('writes what a key of the default tenant reads', async () => {
      const backend = await addKey(service, DEFAULT_TENANT_ID);
      expect((await backend.get('/events/11')).status).toBe(200);
      expect((await backend.get('/users/9')).status).toBe(200);
    });
  });
});
