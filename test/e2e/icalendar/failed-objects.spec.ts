import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { calendarFile, FileUser, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';

/** As many as one transaction has. */
const OBJECTS = 200;

let application: TestApplication;
let statements: SentStatements;
let ann: FileUser;

/** Makes the database refuse events with this title. */
async function refuseTitle(title: string): Promise<void> {
  await query(
    application.database.url,
    `CREATE FUNCTION refuse_title() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN RAISE EXCEPTION 'a secret of the database' USING ERRCODE = '22023'; END $$`,
  );
  await query(
    application.database.url,
    `CREATE TRIGGER refuse_title BEFORE INSERT OR UPDATE ON events FOR EACH ROW
     WHEN (NEW.title = '${title}') EXECUTE FUNCTION refuse_title()`,
  );
}

beforeAll(async () => {
  application = await startTestApplication();
  statements = new SentStatements(application);
  ann = await FileUser.of(new Client(application.url));
  await refuseTitle('Refused');
});
afterAll(async () => application.close());

function fileOf(refused: readonly number[]): string {
  return calendarFile(
    ...Array.from({ length: OBJECTS }, (_, index) =>
      vevent(`UID:${index}`, `SUMMARY:${refused.includes(index) ? 'Refused' : 'Fine'}`),
    ),
  );
}

test('an object that the database refuses is refused alone, in few transactions', async () => {
  statements.take();
  const results = await ann.import(fileOf([137]));
  const transactions = statements.take().filter((statement) => statement.includes('pg_advisory_xact_lock'));
  expect(results[137]).toEqual({
    uid: '137',
    status: 'refused',
    event_id: null,
    warnings: [],
    problem: {
      code: 'not_stored',
      detail: 'The service could not store the object.',
      line: expect.any(Number),
      part: null,
    },
  });
  expect(results.filter(({ status }) => status === 'created')).toHaveLength(OBJECTS - 1);
  // The whole batch, and then two halves of each of eight ever smaller parts.
  expect(transactions.length).toBeGreaterThan(1);
  expect(transactions.length).toBeLessThanOrEqual(17);
});

test('each of several such objects is refused, and the results have the order of the file', async () => {
  const results = await ann.import(fileOf([0, 1, 199]));
  expect(results.map(({ uid }) => uid)).toEqual(Array.from({ length: OBJECTS }, (_, index) => `${index}`));
  expect(results.flatMap(({ status }, index) => (status === 'refused' ? [index] : []))).toEqual([0, 1, 199]);
  expect(results[137].status).toBe('created');
});
