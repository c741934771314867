import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { copyDatabase } from '../../../scripts/copy/database-copy.js';
import { ChangePurge } from '../../../src/changes/purge/change-purge.js';
import { settledTransactions } from '../../support/changes/settled-transactions.js';
import { Client } from '../../support/client/client.js';
import { syncedList, synchronize, told } from '../../support/client/incremental-list.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { query } from '../../support/database/data-directory.js';
import { createTestDatabase } from '../../support/database/database.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const MEETING = { start_date: '2126-01-05T09:00:00Z', duration: 3_600 };
const EXPIRED = { status: 410, code: 'sync_token_expired' };
const DAY = 86_400;

let application: TestApplication;
let clock: TestClock;
let series: SeriesClient;
let client: Client;
let list: string;

beforeAll(async () => {
  clock = new TestClock(new Date().toISOString());
  application = await startTestApplication({}, clock);
  series = await SeriesClient.of(application.url);
  client = series.client;
  list = `/users/${series.organizer}/events`;
});
afterAll(async () => application.close());

const rows = async (statement: string): Promise<object[]> => query(application.database.url, statement);
const since = async (token: string) => told(await syncedList(client, list, token));

describe('commits that overlap', () => {
  let held: Connection;

  beforeAll(async () => {
    held = new Connection({ connectionString: application.database.url });
    await held.connect();
  });
  afterAll(async () => held.end());

  test('a change that is committed after a token is in the next list, and changes before it are not again', async () => {
    const [early, late] = [await series.create(MEETING), await series.create(MEETING)];
    const { token } = await syncedList(client, list);
    await held.query('BEGIN');
    await held.query(`UPDATE events SET title = 'Held', version = version + 1 WHERE id = ${early}`);
    await series.change(late, { title: 'Late' });
    const during = await syncedList(client, list, token);
    expect(told(during)).toEqual(['Late 2']);
    const again = await syncedList(client, list, during.token);
    expect(told(again)).toEqual([]);
    await held.query('COMMIT');
    const after = await syncedList(client, list, again.token);
    expect(told(after)).toEqual(['Held 2']);
    expect(await since(after.token)).toEqual([]);
  });

  test('a change that is committed between two pages is in the next list', async () => {
    const [first, second] = [await series.create(MEETING), await series.create(MEETING)];
    const { token } = await syncedList(client, list);
    await series.change(first, { location: 'A' });
    await series.change(second, { location: 'B' });
    await held.query('BEGIN');
    await held.query(`UPDATE events SET title = 'Between', version = version + 1 WHERE id = ${first}`);
    const page = await client.send('GET', `${list}?sync_token=${token}&limit=1`);
    await held.query('COMMIT');
    const last = await client.send('GET', /<(.*)>/.exec(page.headers.get('link') ?? '')?.[1] ?? '');
    expect(await since(last.headers.get('sync-token') as string)).toEqual(['Between 3']);
  });

  test('a grant that changes in a long transaction ends a token once', async () => {
    await held.query('BEGIN');
    await held.query('SELECT pg_current_xact_id()');
    const { token } = await syncedList(client, list);
    expect(await synchronize(client, list, token)).toMatchObject({ status: 200 });
    const [{ id }] = (await rows(`SELECT id FROM calendars WHERE user_id = ${series.organizer}`)) as {
      id: number;
    }[];
    await rows(`UPDATE calendar_grants SET role = 'reader' WHERE calendar_id = ${id} AND user_id IS NULL`);
    const { token: next } = await syncedList(client, list);
    expect(await synchronize(client, list, next)).toMatchObject({ status: 200 });
    await held.query('COMMIT');
    expect(await synchronize(client, list, next)).toMatchObject({ status: 200 });
  });
});

test('the statements of an instance of the version before reach the list', async () => {
  const id = await series.create(MEETING);
  const gone = await series.create(MEETING);
  const { token } = await syncedList(client, list);
  await rows(`UPDATE events SET title = 'By the version before', version = version + 1 WHERE id = ${id}`);
  await rows(`DELETE FROM events WHERE id = ${gone}`);
  expect(await since(token)).toEqual(['By the version before 2', `${gone} removed`]);
});

describe('a token is expired', () => {
  test('after 30 days, and not before', async () => {
    const { token } = await syncedList(client, list);
    const now = clock.now().toISOString();
    try {
      clock.advance(30 * DAY - 1);
      expect(await synchronize(client, list, token)).toMatchObject({ status: 200 });
      clock.advance(1);
      expect(await synchronize(client, list, token)).toMatchObject(EXPIRED);
    } finally {
      clock.set(now);
    }
  });

  test('if it is from the future of a restored machine', async () => {
    const now = clock.now().toISOString();
    clock.advance(3_600);
    const { token } = await syncedList(client, list);
    clock.set(now);
    expect(await synchronize(client, list, token)).toMatchObject(EXPIRED);
  });

  test('in a copy of the database, whose own tokens hold', async () => {
    const { token, items } = await syncedList(client, list);
    const target = await createTestDatabase();
    await copyDatabase(application.database.url, target.url, 'public');
    const copy = await startTestApplication({}, clock, undefined, target);
    const ofCopy = client.at(copy.url);
    try {
      expect(await synchronize(ofCopy, list, token)).toMatchObject(EXPIRED);
      const full = await syncedList(ofCopy, list);
      expect(full.items).toEqual(items);
      expect(await synchronize(client, list, full.token)).toMatchObject(EXPIRED);
      const { body } = await ofCopy.create('/events', {
        title: 'Copied',
        organizer_user_id: series.organizer,
        ...MEETING,
      });
      const changes = await syncedList(ofCopy, list, full.token);
      expect(changes.items.map(({ id }) => id)).toEqual([body.id]);
    } finally {
      await copy.close();
      await target.drop();
    }
  });

  test('after a dump was put back in place, if it is from after the dump', async () => {
    const id = await series.create(MEETING);
    const before = await syncedList(client, list);
    const tables = [
      'events',
      'attendees',
      'event_texts',
      'event_changes',
      'event_previous_rows',
      'grant_changes',
    ];
    for (const table of tables) await rows(`CREATE TABLE dump_${table} AS SELECT * FROM ${table}`);
    await series.change(id, { title: 'After the dump' });
    const after = await syncedList(client, list);
    // As `pg_restore` does: without triggers, and in the order of the foreign keys.
    const all = tables.join(', ');
    await rows(`TRUNCATE ${all} CASCADE`);
    for (const table of tables) {
      const identity = table.endsWith('changes') ? 'OVERRIDING SYSTEM VALUE' : '';
      await rows(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      await rows(`INSERT INTO ${table} ${identity} SELECT * FROM dump_${table}`);
      await rows(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
      await rows(`DROP TABLE dump_${table}`);
    }
    expect(await synchronize(client, list, after.token)).toMatchObject(EXPIRED);
    expect(await since(before.token)).toEqual([]);
    await series.change(id, { title: 'Another' });
    expect(await synchronize(client, list, after.token)).toMatchObject(EXPIRED);
    expect(await since(before.token)).toEqual(['Another 2']);
  });

  test('if the log has lost changes since, and no earlier', async () => {
    const id = await series.create(MEETING);
    const before = await syncedList(client, list);
    await series.change(id, { title: 'Old' });
    await series.change(id, { title: 'Seen' });
    await settledTransactions(application.database.url);
    const after = await syncedList(client, list);
    await series.change(id, { title: 'New' });
    await rows(
      `UPDATE event_changes SET at = at - interval '401 days'
        WHERE sequence < (SELECT max(sequence) - 1 FROM event_changes)`,
    );
    await application.app.get(ChangePurge).purge();
    expect(await synchronize(client, list, before.token)).toMatchObject(EXPIRED);
    expect(await since(after.token)).toEqual(['New 4']);
    expect(await rows('SELECT version FROM event_changes ORDER BY sequence')).toEqual([
      { version: 3 },
      { version: 4 },
    ]);
    expect(await rows('SELECT DISTINCT event_id AS id FROM event_previous_rows')).toEqual([{ id }]);
  });

  test('of a deleted event, whose previous rows the log keeps for 30 days', async () => {
    const id = await series.create(MEETING);
    const count = async () => (await rows(`SELECT FROM event_previous_rows WHERE event_id = ${id}`)).length;
    await client.delete(`/events/${id}`);
    await application.app.get(ChangePurge).purge();
    expect(await count()).toBeGreaterThan(0);
    await rows(`UPDATE event_changes SET at = at - interval '31 days' WHERE event_id = ${id}`);
    await application.app.get(ChangePurge).purge();
    expect(await count()).toBe(0);
    expect(await rows(`SELECT kind FROM event_changes WHERE event_id = ${id} ORDER BY sequence`)).toEqual([
      { kind: 'created' },
      { kind: 'deleted' },
    ]);
  });
});
