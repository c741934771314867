import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { Admission } from '../../../src/http/load/admission.js';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** So large that each object is a batch of its own. */
const LARGE = Array.from({ length: 8 }, (_, index) =>
  vevent(`UID:${index}`, ...Array.from({ length: 12_000 }, () => `X-FILL:${'x'.repeat(60)}`)),
);

/** Milliseconds in which the service learns that a client has closed its connection. */
const NOTICE_MS = 300;

let application: TestApplication;
let client: Client;
let other: Connection;

beforeAll(async () => {
  application = await startTestApplication();
  client = new Client(application.url);
  other = new Connection({ connectionString: application.database.url });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await application.close();
});

async function waitingImports(): Promise<number> {
  const [{ count }] = await query<{ count: number }>(
    application.database.url,
    `SELECT count(*)::integer AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
  );
  return count;
}

async function storedEvents({ id }: FileUser): Promise<number> {
  const owned = `SELECT id FROM events WHERE organizer_id = ${id}`;
  return (await query(application.database.url, owned)).length;
}

/** Sends a file, closes the connection while the import waits for its first objects, and waits until the work has ended. */
async function abandon(user: FileUser, headers: Readonly<Record<string, string>>): Promise<void> {
  await other.query('BEGIN');
  await other.query(`SELECT pg_advisory_xact_lock(1764250, ${user.id})`);
  const gone = new AbortController();
  const request = fetch(`${application.url}/users/${user.id}/events:import`, {
    method: 'POST',
    headers: { 'content-type': 'text/calendar', ...headers },
    body: calendarFile(...LARGE),
    signal: gone.signal,
  }).catch(() => null);
  await eventually(async () => (await waitingImports()) === 1);
  gone.abort();
  await request;
  await sleep(NOTICE_MS);
  await other.query('COMMIT');
  // A request leaves the service when the work for it has ended.
  await eventually(async () => application.app.get(Admission).count === 0);
}

test('an import whose client has gone away stops after the objects under way, and a repeat goes on', async () => {
  const ann = await FileUser.of(client);
  await abandon(ann, {});
  expect(await storedEvents(ann)).toBe(1);
  const again = await ann.import(calendarFile(...LARGE));
  expect(again.map(({ status }) => status)).toEqual([
    'unchanged',
    ...Array.from({ length: LARGE.length - 1 }, () => 'created'),
  ]);
});

test('such an import with an Idempotency-Key stores nothing', async () => {
  const ann = await FileUser.of(client);
  await abandon(ann, { 'idempotency-key': 'abandoned' });
  expect(await storedEvents(ann)).toBe(0);
});
