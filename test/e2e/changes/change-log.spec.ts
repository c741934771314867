import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import { type ChangeBatch, ChangeLog } from '../../../src/changes/log/change-log.js';
import { SeriesClient } from '../../support/client/series-client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addPerson, addTenant } from '../../support/tenants/tenant.js';

const MEETING = { start_date: '2026-01-05T09:00:00Z', duration: 3_600 };

function told({ changes }: ChangeBatch): string[] {
  return changes.map(({ eventId, kind, version }) => `${eventId} ${kind} ${version}`);
}

describe('the log of changes', () => {
  let application: TestApplication;
  let log: ChangeLog;
  let series: SeriesClient;

  beforeAll(async () => {
    application = await startTestApplication();
    log = application.app.get(ChangeLog);
    series = await SeriesClient.of(application.url);
  });
  afterAll(async () => application.close());

  const present = async () => (await log.since(null, 1)).cursor;

  test('begins at the present, and gives each change once', async () => {
    await series.create(MEETING);
    const cursor = await present();
    const id = await series.create(MEETING);
    await series.change(id, { title: 'Other' });
    const first = await log.since(cursor, 10);
    expect(told(first)).toEqual([`${id} created 1`, `${id} updated 2`]);
    expect(first).toMatchObject({ more: false, missed: false });
    const second = await log.since(first.cursor, 10);
    expect(told(second)).toEqual([]);
    await series.client.delete(`/events/${id}`);
    expect(told(await log.since(second.cursor, 10))).toEqual([`${id} deleted 3`]);
  });

  test('gives the changes of all tenants', async () => {
    const other = await addTenant(application, 'other');
    const cursor = await present();
    const { id: organizer } = await addPerson(other.backend);
    const { body } = await other.backend.create('/events', {
      ...MEETING,
      title: 'Theirs',
      organizer_user_id: organizer,
    });
    const { changes } = await log.since(cursor, 10);
    expect(changes).toMatchObject([{ tenantId: other.id, eventId: body.id, userId: null }]);
    expect(changes[0].apiKeyId).not.toBeNull();
  });

  test('gives a long part in steps, before the changes that come later', async () => {
    const cursor = await present();
    const ids = [await series.create(MEETING), await series.create(MEETING), await series.create(MEETING)];
    const first = await log.since(cursor, 2);
    expect(first.more).toBe(true);
    await series.change(ids[0], { title: 'Later' });
    const second = await log.since(first.cursor, 2);
    const third = await log.since(second.cursor, 2);
    expect([first, second, third].flatMap(told)).toEqual([
      ...ids.map((id) => `${id} created 1`),
      `${ids[0]} updated 2`,
    ]);
  });

  test('gives a change that is committed after later ones', async () => {
    const [early, late] = [await series.create(MEETING), await series.create(MEETING)];
    const cursor = await present();
    const held = new Connection({ connectionString: application.database.url });
    await held.connect();
    try {
      await held.query('BEGIN');
      await held.query(`UPDATE events SET title = 'Held', version = version + 1 WHERE id = ${early}`);
      await series.change(late, { title: 'First' });
      const first = await log.since(cursor, 10);
      expect(told(first)).toEqual([`${late} updated 2`]);
      const none = await log.since(first.cursor, 10);
      expect(told(none)).toEqual([]);
      await held.query('COMMIT');
      const second = await log.since(none.cursor, 10);
      expect(told(second)).toEqual([`${early} updated 2`]);
      expect(told(await log.since(second.cursor, 10))).toEqual([]);
    } finally {
      await held.end();
    }
  });

  test('tells a consumer of another life of the database that it missed changes', async () => {
    const id = await series.create(MEETING);
    const cursor = await present();
    const { url } = application.database;
    await query(url, `UPDATE change_epochs SET fingerprint = 'another'`);
    // A number that the running server has not given yet.
    await query(url, `UPDATE event_changes SET xid = xid + 1000000 WHERE event_id = ${id}`);
    const lost = await log.since(cursor, 10);
    expect(lost).toMatchObject({ changes: [], missed: true });
    await series.change(id, { title: 'New life' });
    expect(told(await log.since(lost.cursor, 10))).toEqual([`${id} updated 2`]);
    expect(
      await query(
        url,
        `SELECT xid < 0 AS former FROM event_changes WHERE event_id = ${id} ORDER BY sequence`,
      ),
    ).toEqual([{ former: true }, { former: false }]);
  });

  test('tells a consumer that changes since its cursor were purged', async () => {
    const cursor = await present();
    await series.create(MEETING);
    await query(
      application.database.url,
      'INSERT INTO change_floors (tenant_id, xid) SELECT tenant_id, max(xid) FROM event_changes GROUP BY tenant_id',
    );
    expect(await log.since(cursor, 10)).toMatchObject({ changes: [], missed: true });
  });
});
