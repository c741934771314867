import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';

let application: TestApplication;
let statements: SentStatements;
let ann: FileUser;

beforeAll(async () => {
  application = await startTestApplication();
  statements = new SentStatements(application);
  ann = await FileUser.of(new Client(application.url));
});
afterAll(async () => application.close());

/** Imports new events. @returns the number of statements that made PostgreSQL look at the tables */
async function analysesOfImport(name: string, count: number): Promise<number> {
  const events = Array.from({ length: count }, (_, index) => {
    const start = new Date(Date.UTC(2126, 0, 1 + index)).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    return vevent(`UID:${name}-${index}`, `DTSTART:${start}`, 'DURATION:PT1H');
  });
  statements.take();
  await ann.import(calendarFile(...events));
  return statements.take().filter((statement) => statement.startsWith('ANALYZE')).length;
}

/** The plan by which PostgreSQL finds the event of a foreign key. */
async function planOfKey(): Promise<string> {
  const rows = await query(
    application.database.url,
    'EXPLAIN (GENERIC_PLAN, COSTS OFF) SELECT FROM events WHERE tenant_id = $1 AND id = $2 FOR KEY SHARE',
  );
  return JSON.stringify(rows);
}

test('the first large import in a new database makes PostgreSQL look at the tables once', async () => {
  expect(await analysesOfImport('few', 3)).toBe(0);
  expect(await planOfKey()).toContain('events_first_start_idx');
  expect(await analysesOfImport('first', 200)).toBe(1);
  expect(await planOfKey()).not.toContain('events_first_start_idx');
  expect(await analysesOfImport('second', 200)).toBe(0);
});
