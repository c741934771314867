import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { RANDOM_CHANGE, type RandomChange, RandomChanges } from '../../../support/changes/random-changes.js';
import { RANDOM_SETTING, RandomSettings } from '../../../support/changes/random-settings.js';
import { Client } from '../../../support/client/client.js';
import { createUsers } from '../../../support/client/users.js';
import { PROPERTY_RUNS, printedSeed } from '../../../support/core/seed.js';
import { query } from '../../../support/database/data-directory.js';
import type { TestApplication } from '../../../support/service/application.js';
import { type CachedInstances, startCachedInstances } from '../../../support/service/cached-instances.js';
import { addKey } from '../../../support/tenants/tenant.js';

/** A nightly run may make more. */
const CHANGES = Math.ceil(PROPERTY_RUNS / 12);

const WINDOWS = [
  'from=2126-01-07T00:00:00Z&to=2126-01-14T00:00:00Z',
  'from=2126-01-08T09:00:00Z&to=2126-01-09T10:30:00Z',
  'from=2126-01-01T00:00:00Z&to=2126-03-01T00:00:00Z',
];
const FORMS = ['', '&max_attendees=0', '&max_attendees=1', '&max_attendees=3', '&expand=true', '&limit=2'];

/** What a caller reads of a list, with the tag of its bytes. */
async function read(caller: Client, { url }: TestApplication, path: string) {
  const { status, headers, body } = await caller.at(url).send('GET', path);
  const [tag, link] = [headers.get('etag'), headers.get('link')?.replace(/^<http:\/\/[^/]+/, '<')];
  return { status, tag, link, body };
}

describe('lists in memory', () => {
  let instances: CachedInstances;
  let cached: readonly TestApplication[];
  let plain: TestApplication;
  let backend: Client;
  let users: number[];
  let calendars: number[];

  beforeAll(async () => {
    instances = await startCachedInstances();
    ({ cached, plain } = instances);
    backend = await addKey(plain, 1);
    users = await createUsers(backend, 6);
    calendars = await Promise.all(
      users.map(async (id) => (await backend.create(`/users/${id}/calendars`, { name: 'Other' })).body.id),
    );
  });
  afterAll(async () => instances.close());

  async function expectEqual(caller: Client, path: string, change: object): Promise<void> {
    const [expected, ...found] = await Promise.all(
      [plain, ...cached].map(async (application) => read(caller, application, path)),
    );
    for (const each of found) expect({ change, path, ...each }).toEqual({ change, path, ...expected });
  }

  function pathsOf(value: number): string[] {
    const more = `${WINDOWS[value % 3]}${FORMS[value % 6]}&show_cancelled=${value % 4 === 0}`;
    const [user, calendar] = [users[value % 6], calendars[(value >> 1) % 6]];
    const both = `user_ids=${user}&user_ids=${users[(value >> 2) % 6]}`;
    return [
      `/users/${user}/events?${more}`,
      `/calendars/${calendar}/events?${more}`,
      value % 2 === 0
        ? `/free-busy?${both}&${WINDOWS[value % 3]}`
        : `/events:nearest-empty-time-interval?${both}&duration=2h&from=2126-01-07T0${value % 10}:00:00Z`,
    ];
  }

  test('are those of the database after each change, for each caller', async () => {
    const anonymous = new Client(plain.url);
    const callers = [anonymous, backend, ...users.map((id) => backend.as(id))];
    const clients = cached.map(({ url }) => backend.at(url));
    const databaseUrl = plain.database.url;
    const worlds = clients.map((client) => new RandomChanges({ client, databaseUrl, users, calendars }));
    const settings = clients.map((client) => new RandomSettings({ client, databaseUrl, users, calendars }));
    const names = Object.keys(worlds[0].changes) as RandomChange['name'][];
    const seed = printedSeed('lists in memory');
    const changes = fc.sample(fc.tuple(RANDOM_CHANGE(names), RANDOM_SETTING), { seed, numRuns: CHANGES });
    let made = 0;
    for (const [index, [change, setting]] of changes.entries()) {
      const ids = await query<{ id: number }>(databaseUrl, 'SELECT id FROM events');
      const next = index % 3 === 0 ? setting : change;
      const make = async () =>
        index % 3 === 0
          ? settings[index % 2].make(setting)
          : worlds[index % 2].make(
              change,
              ids.map(({ id }) => id),
            );
      const caller = callers[change.value % callers.length];
      const paths = pathsOf(setting.value);
      // Reads while the change is made must leave nothing behind that is out of date.
      const [status] = await Promise.all([
        make(),
        ...paths.flatMap((path) => cached.map(async (application) => read(caller, application, path))),
      ]);
      if (status < 300) made += 1;
      for (const path of paths)
        for (const each of [caller, anonymous, backend]) await expectEqual(each, path, next);
    }
    expect(made).toBeGreaterThan(CHANGES / 2);
  }, 600_000);
});
