import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { calendarFile, FileUser, linesOf, vevent } from '../../support/client/calendar-files.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addKey } from '../../support/tenants/tenant.js';
import { createDatabaseOfVersionBefore } from '../../support/upgrade/version-before.js';

/** Just after the version before has written its rows. */
const DUMPED_AT = '2026-11-27T03:19:05Z';

/** The key of the version before, of which the rows have the hash. */
const KEY = 'cal_the-first-key-of-the-tests-00000000000000000000';

describe('what files have', () => {
  let application: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  /** The number of rows of the tables that hold a text. */
  async function rowsWith(text: string): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const table of [
      'events',
      'event_contents',
      'occurrence_overrides',
      'guests',
      'event_previous_rows',
    ]) {
      const [row] = await query<{ count: string }>(
        application.database.url,
        `SELECT count(*) FROM ${table} t WHERE t::text LIKE '%${text}%'`,
      );
      counts[table] = Number(row?.count);
    }
    return counts;
  }

  async function ownerOf(id: number): Promise<number> {
    const { body } = await backend.get(`/events/${id}`);
    return body.owner_user_id;
  }

  test('is erased with its owner, also from the log of changes', async () => {
    const [ann, bob] = [await FileUser.of(backend), await FileUser.of(backend)];
    const { event_id: id } = await ann.importOne(
      calendarFile(
        vevent(
          'UID:the-secret-uid',
          'X-A:the-secret',
          'RRULE:FREQ=DAILY;COUNT=3',
          'ORGANIZER:mailto:the-secret@example.net',
        ),
        vevent(
          'UID:the-secret-uid',
          'X-A:the-secret',
          'RECURRENCE-ID:21260305T090000Z',
          'DTSTART:21260305T110000Z',
          'DTEND:21260305T120000Z',
        ),
      ),
    );
    // Another attendee keeps the event, and changes leave the former state in the log.
    await backend.patch(`/events/${id ?? 0}`, { invited_user_ids: [bob.id] });
    await backend.patch(`/events/${id ?? 0}/occurrences/2126-03-05T09:00:00Z`, { title: 'Changed' });
    await backend.patch(`/events/${id ?? 0}`, { repeat: { frequency: 'weekly' } });
    expect(Object.values(await rowsWith('the-secret')).some((count) => count > 0)).toBe(true);
    await backend.delete(`/users/${ann.id}`);
    await eventually(async () => Object.values(await rowsWith('the-secret')).every((count) => count === 0));
  });

  test('stays with an event that is handed over with the account', async () => {
    const [ann, bob] = [await FileUser.of(backend), await FileUser.of(backend)];
    const { event_id: id } = await ann.importOne(
      calendarFile(vevent('UID:handed-over', 'X-A:b', 'ORGANIZER:mailto:zoe@example.net')),
    );
    await backend.delete(`/users/${ann.id}?events=transfer&transfer_to=${bob.id}` as '/users/1');
    await eventually(async () => (await ownerOf(id ?? 0)) === bob.id);
    expect((await backend.get(`/events/${id ?? 0}`)).body).toMatchObject({ organizer_user_id: bob.id });
    expect(linesOf(await bob.export())).toEqual(expect.arrayContaining(['UID:handed-over', 'X-A:b']));
  });
});

test('the events of the version before have UIDs, and their export imports as unchanged', async () => {
  const database = await createDatabaseOfVersionBefore('before-calendars');
  const service = await startTestApplication(
    { REMINDER_DISPATCH: 'off' },
    new TestClock(DUMPED_AT),
    undefined,
    database,
  );
  try {
    const backend = new Client(service.url).with(KEY);
    const users = await query<{ id: number }>(
      database.url,
      'SELECT id FROM users WHERE tenant_id = 1 AND deleted_at IS NULL ORDER BY 1',
    );
    const uids = new Set<string>();
    for (const { id } of users) {
      const { status, body } = await backend.send('GET', `/users/${id}/events.ics`);
      expect([id, status, status === 200 ? null : body]).toEqual([id, 200, null]);
      const file = body as unknown as string;
      for (const line of linesOf(file)) if (line.startsWith('UID:')) uids.add(line);
      const imported = await backend.sendBytes('POST', `/users/${id}/events:import`, file, {
        'content-type': 'text/calendar',
      });
      const { results } = imported.body as unknown as { results: { status: string }[] };
      expect(results.filter((result) => result.status !== 'unchanged')).toEqual([]);
    }
    const [count] = await query<{ count: string }>(database.url, 'SELECT count(*) FROM events');
    expect(uids.size).toBeGreaterThan(0);
    expect(uids.size).toBeLessThanOrEqual(Number(count?.count));
  } finally {
    await service.close();
    await database.drop();
  }
});
