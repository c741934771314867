import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EndedHoldsCleanup } from '../../../src/holds/write/ended-holds-cleanup.js';
import { Client } from '../../support/client/client.js';
import { expire, hold, tryHold } from '../../support/client/holds.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const DAY_SECONDS = 86_400;

describe('holds that have ended', () => {
  let application: TestApplication;
  let client: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
  });
  afterAll(async () => application.close());

  const remove = async () => application.app.get(EndedHoldsCleanup, { strict: false }).remove();
  const rows = async (table: string, column: string) => {
    const found = await query<{ id: number }>(
      application.database.url,
      `SELECT ${column} AS id FROM ${table}`,
    );
    return found.map(({ id }) => id).toSorted((a, b) => a - b);
  };
  const heldUntil = async (id: number) => {
    const [row] = await query<{ at: Date | null }>(
      application.database.url,
      `SELECT held_until AS at FROM calendar_versions WHERE user_id = ${id}`,
    );
    return row?.at?.toISOString() ?? null;
  };

  test('are removed: their time at once, and the holds after some days', async () => {
    const [id] = await createUsers(client, 1);
    const ids: number[] = [];
    for (const time of ['09:00 - 10:00', '10:00 - 11:00', '11:00 - 12:00', '12:00 - 13:00'])
      ids.push((await hold(client, { time, user_ids: [id] })).id);
    const [open, expired, old, confirmed] = ids;
    await client.post(`/holds/${confirmed}:confirm`, { title: 'Talk', organizer_user_id: id });
    await expire(application.database.url, [expired]);
    await expire(application.database.url, [confirmed], 29 * DAY_SECONDS);
    await expire(application.database.url, [old], 31 * DAY_SECONDS);
    await remove();
    expect(await rows('hold_members', 'hold_id')).toEqual([open]);
    expect(await rows('holds', 'id')).toEqual([open, expired, confirmed]);
    expect(await client.post(`/holds/${expired}:extend`, {})).toMatchObject({ status: 410 });
    const again = { title: 'Talk', organizer_user_id: id };
    expect((await client.post(`/holds/${confirmed}:confirm`, again)).status).toBe(200);
    expect(await client.get(`/holds/${old}`)).toMatchObject({ status: 404 });
    await client.delete(`/holds/${open}`);
  });

  test('in thousands are removed in batches', async () => {
    const [id] = await createUsers(client, 1);
    const { id: first } = await hold(client, { time: '09:00 - 10:00', user_ids: [id] });
    await expire(application.database.url, [first], 31 * DAY_SECONDS);
    await query(
      application.database.url,
      `WITH copies AS (
         INSERT INTO holds (tenant_id, user_ids, room_ids, start_at, end_at, created_at, expires_at)
         SELECT tenant_id, user_ids, room_ids, start_at, end_at, created_at, expires_at
           FROM holds, generate_series(1, 2500) WHERE id = ${first} RETURNING *)
       INSERT INTO hold_members (tenant_id, user_id, hold_id, span, expires_at)
       SELECT tenant_id, user_ids[1], id, tstzrange(start_at, end_at), expires_at FROM copies`,
    );
    await remove();
    expect(await query(application.database.url, `SELECT FROM holds WHERE ${id} = ANY (user_ids)`)).toEqual(
      [],
    );
  });

  test('are extended, even if their time was removed at the last moment', async () => {
    const [id] = await createUsers(client, 1);
    const { id: holdId } = await hold(client, { time: '09:00 - 10:00', user_ids: [id] });
    await query(application.database.url, `DELETE FROM hold_members WHERE hold_id = ${holdId}`);
    expect((await client.post(`/holds/${holdId}:extend`, {})).status).toBe(200);
    expect((await tryHold(client, { time: '09:00 - 10:00', user_ids: [id] })).status).toBe(409);
  });

  test('let reads of their users look for holds no longer', async () => {
    const [id, other] = await createUsers(client, 2);
    const members = { user_ids: [id, other] };
    const first = await hold(client, { time: '09:00 - 10:00', ...members, expires_in: '10m' });
    const second = await hold(client, { time: '10:00 - 11:00', user_ids: [id], expires_in: '5m' });
    expect([await heldUntil(id), await heldUntil(other)]).toEqual([first.expires_at, first.expires_at]);
    await client.delete(`/holds/${first.id}`);
    expect([await heldUntil(id), await heldUntil(other)]).toEqual([second.expires_at, null]);
    const { body: longer } = await client.post(`/holds/${second.id}:extend`, { expires_in: '1h' });
    expect(await heldUntil(id)).toBe(longer.expires_at);
    await client.post(`/holds/${second.id}:confirm`, { title: 'Talk', organizer_user_id: id });
    expect(await heldUntil(id)).toBeNull();
  });
});
