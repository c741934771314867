import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RANDOM_CHANGE, type RandomChange, RandomChanges } from '../../support/changes/random-changes.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { PROPERTY_RUNS, printedSeed } from '../../support/core/seed.js';
import { query } from '../../support/database/data-directory.js';
import type { TestApplication } from '../../support/service/application.js';
import { type CachedInstances, startCachedInstances } from '../../support/service/cached-instances.js';
import { addKey } from '../../support/tenants/tenant.js';

/** A nightly run may make more. */
const CHANGES = PROPERTY_RUNS / 8;

const CHANGES_OF_TEXT = new Set<RandomChange['name']>(['rename', 'annotate', 'replaceGuests']);

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York'];

const OPTIONS = ['limit=3', 'prefer=compact&limit=3', 'prefer=spread&starts=all&limit=20'];

/** A change of a user, of calendars or of a grant on them. */
type SettingChange = (value: number) => Promise<unknown>;

describe('calendars in memory', () => {
  let instances: CachedInstances;
  let cached: readonly TestApplication[];
  let plain: TestApplication;
  let clients: Client[];
  let reader: Client;
  let users: number[];
  let calendars: number[];

  beforeAll(async () => {
    instances = await startCachedInstances();
    ({ cached, plain } = instances);
    const key = await addKey(plain, 1);
    clients = cached.map(({ url }) => key.at(url));
    reader = key.at(plain.url);
    users = await createUsers(key, 6);
    calendars = await Promise.all(
      users.map(async (id) => (await key.create(`/users/${id}/calendars`, { name: 'Other' })).body.id),
    );
  });
  afterAll(async () => instances.close());

  async function present(): Promise<number[]> {
    const rows = await query<{ id: number }>(plain.database.url, 'SELECT id FROM events');
    return rows.map(({ id }) => id);
  }

  const settings: readonly SettingChange[] = [
    async (value) =>
      clients[value % 2].send('PATCH', `/users/${users[value % 6]}`, { time_zone: ZONES[value % 3] }),
    async (value) =>
      clients[value % 2].send('PATCH', `/users/${users[value % 6]}`, {
        double_booking: value % 4 < 2 ? 'reject' : 'allow',
      }),
    async (value) =>
      clients[value % 2].send('PATCH', `/users/${users[value % 6]}`, {
        invitations: value % 5 === 0 ? 'known' : 'all',
      }),
    async (value) =>
      clients[value % 2].send('PATCH', `/users/${users[value % 6]}`, {
        away: value % 3 === 0 ? [] : [{ from: `2126-01-0${1 + (value % 9)}`, to: `2126-01-1${value % 10}` }],
      }),
    async (value) =>
      clients[value % 2].send('PATCH', `/users/${users[value % 6]}`, {
        availability_overrides:
          value % 3 === 0
            ? []
            : [{ date: `2126-01-0${1 + (value % 9)}`, intervals: [{ from: '09:00', to: '12:00' }] }],
      }),
    async (value) =>
      clients[value % 2].send('PATCH', `/calendars/${calendars[value % 6]}`, {
        counts_as_busy: value % 4 < 2,
      }),
  ];

  function questions(value: number): string[] {
    const asked = users.filter((_, index) => (value >> index) % 2 === 1);
    const ids = (asked.length === 0 ? users : asked).map((id) => `user_ids=${id}`).join('&');
    const pending = ['busy', 'free'][value % 2];
    return [
      `/free-busy?${ids}&from=2126-01-0${1 + (value % 6)}T00:00:00Z&to=2126-02-0${1 + (value % 9)}T00:00:00Z&pending=${pending}`,
      `/events:nearest-empty-time-interval?${ids}&duration=${1 + (value % 3)}h&from=2126-01-07T0${value % 10}:00:00Z&pending=${pending}`,
      `/events:nearest-empty-time-interval?${ids}&duration=2h&from=2126-01-07T0${value % 10}:00:00Z&to=2126-02-07T00:00:00Z&pending=${pending}&explain=true&${OPTIONS[value % 3]}`,
    ];
  }

  test('give the responses of the database after each change', async () => {
    const worlds = clients.map(
      (client) => new RandomChanges({ client, databaseUrl: plain.database.url, users, calendars }),
    );
    const names = (Object.keys(worlds[0].changes) as RandomChange['name'][]).filter(
      (name) => !CHANGES_OF_TEXT.has(name),
    );
    const seed = printedSeed('calendars in memory');
    const changes = fc.sample(RANDOM_CHANGE(names), { seed, numRuns: CHANGES });
    for (const [index, change] of changes.entries()) {
      await worlds[index % 2].make(change, await present());
      if (index % 7 === 0) await settings[change.value % settings.length](change.value);
      for (const path of questions(change.value)) {
        const [expected, ...found] = await Promise.all(
          [reader, ...clients].map(async (client) => client.get(path)),
        );
        expect(expected.status).toBe(200);
        for (const { status, body } of found)
          expect({ change, path, status, body }).toEqual({ change, path, status: 200, body: expected.body });
      }
    }
  }, 300_000);

  test('have a change that follows hundreds of changes of another event', async () => {
    const [organizer, other] = await createUsers(reader, 2);
    const times = { start_date: '2126-03-01T09:00:00Z', duration: 3_600 };
    const { body } = await reader.create('/events', { title: 'Often', organizer_user_id: other, ...times });
    // The calendar has a version from now on.
    const later = { start_date: '2126-03-05T09:00:00Z', duration: 3_600 };
    await reader.create('/events', { title: 'Before', organizer_user_id: organizer, ...later });
    const path =
      `/free-busy?user_ids=${organizer}&from=2126-03-01T00:00:00Z&to=2126-03-02T00:00:00Z` as const;
    expect((await clients[0].get(path)).body[0].busy).toEqual([]);
    await query(
      plain.database.url,
      `DO $$ BEGIN FOR change IN 1..250 LOOP
         UPDATE events SET title = 'Title ' || change, version = version + 1 WHERE id = ${body.id};
         COMMIT;
       END LOOP; END $$`,
    );
    await clients[1].create('/events', { title: 'Once', organizer_user_id: organizer, ...times });
    expect((await clients[0].get(path)).body[0].busy).toHaveLength(1);
  });
});
