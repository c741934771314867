import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');

/** Seconds from a deletion to its last step. */
const GRACE = 60;

const START = '2026-04-06T10:00:00Z';

describe('the events of a deleted user', () => {
  const clock = new TestClock();
  let application: TestApplication;
  let backend: Client;
  let old: number;
  let heir: number;
  let guest: number;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT, REMINDER_DISPATCH: 'off' }, clock);
    backend = new Client(application.url).with(ROOT);
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    [old, heir, guest] = (await createUsers(backend, 3)) as [number, number, number];
  });

  async function create(fields: Record<string, unknown> = {}) {
    const { body } = await backend.send('POST', '/events', {
      title: 'Plan',
      description: 'All of it',
      organizer_user_id: old,
      start_date: START,
      duration: 3600,
      ...fields,
    });
    expect(body).toMatchObject({ organizer_user_id: expect.any(Number) });
    return body;
  }

  const read = async (id: number) => (await backend.send('GET', `/events/${id}`)).body;
  const remove = async (search: string, id = old, caller = backend) =>
    caller.send('DELETE', `/users/${id}${search}`);

  test('go to another user with their texts', async () => {
    const event = await create({ invited_user_ids: [guest] });
    const before = await read(event.id);
    expect((await remove(`?events=transfer&transfer_to=${heir}`)).status).toBe(204);
    const after = await read(event.id);
    expect(after).toMatchObject({
      title: 'Plan',
      description: 'All of it',
      status: 'confirmed',
      organizer_user_id: heir,
      start_date: before.start_date,
      version: before.version + 1,
    });
    const attendees = after.attendees.map(
      ({ user, status, invite_id }: { user: { id: number }; status: string; invite_id: number | null }) => [
        user.id,
        status,
        invite_id,
      ],
    );
    expect(attendees).toEqual([
      [heir, 'organizer', null],
      [guest, 'needs_action', before.attendees[1].invite_id],
    ]);
    expect((await backend.send('PATCH', `/events/${event.id}`, { title: 'Mine' })).status).toBe(200);
  });

  test('go to a user who attends them, with the reminders of this user and without the invite', async () => {
    const event = await create({ invited_user_ids: [heir, guest], repeat: { frequency: 'weekly' } });
    const invite = event.attendees[1].invite_id;
    const answer = { original_start: '2026-04-13T10:00:00Z', comment: 'Away' };
    expect((await backend.send('POST', `/event-invites/${invite}:decline`, answer)).status).toBe(200);
    await backend.send('PUT', `/users/${heir}/events/${event.id}/reminders`, {
      use_default: false,
      overrides: [{ minutes_before: 7, method: 'log' }],
    });
    expect((await remove(`?events=transfer&transfer_to=${heir}`)).status).toBe(204);
    const after = await read(event.id);
    expect(after.attendees).toMatchObject([
      { user: { id: heir }, status: 'organizer', invite_id: null, comment: null },
      { user: { id: guest } },
    ]);
    const { body: reminders } = await backend.send('GET', `/users/${heir}/events/${event.id}/reminders`);
    expect(reminders).toMatchObject({ reminders: [{ minutes_before: 7 }] });
    const pending = await query<{ userId: number }>(
      application.database.url,
      `SELECT user_id AS "userId" FROM pending_reminders WHERE event_id = ${event.id}`,
    );
    expect(pending).toEqual([{ userId: heir }]);
    expect((await backend.send('GET', `/event-invites/${invite}`)).status).toBe(404);
  });

  test('go to a user who is busy at the time and allows no double booking', async () => {
    await backend.send('PATCH', `/users/${heir}`, { double_booking: 'reject' });
    await create({ organizer_user_id: heir });
    const event = await create();
    expect((await remove(`?events=transfer&transfer_to=${heir}`)).status).toBe(204);
    expect(await read(event.id)).toMatchObject({ organizer_user_id: heir, status: 'confirmed' });
  });

  test('are cancelled if the other user is deleted before the work is done', async () => {
    const event = await create();
    // As a process left it that was killed after the commit of the deletion.
    await remove(`?events=transfer&transfer_to=${heir}`, old);
    const late = await create({ organizer_user_id: guest });
    await query(application.database.url, `UPDATE events SET organizer_id = ${old} WHERE id = ${late.id}`);
    await remove('', heir);
    clock.advance(GRACE);
    await eventually(async () => (await read(late.id)).status === 'cancelled');
    const cancelled = { title: 'Cancelled event', description: null, status: 'cancelled' };
    for (const { id } of [event, late]) expect(await read(id)).toMatchObject(cancelled);
  });

  test.each([
    ['without the other user', '?events=transfer', 'is required'],
    ['without `events=transfer`', '?transfer_to=7', 'goes with events=transfer only'],
    ['to the same user', `?events=transfer&transfer_to=self`, 'another user'],
    ['to no user', '?events=transfer&transfer_to=0', 'integer'],
  ])('are not handed over %s', async (_, search, message) => {
    const { status, body } = await remove(search.replace('self', String(old)));
    expect([status, body.errors[0].field]).toEqual([400, 'transfer_to']);
    expect(body.errors[0].message).toContain(message);
    expect((await backend.send('GET', `/users/${old}`)).status).toBe(200);
  });

  test('are not handed over to an unknown or a deleted user', async () => {
    await remove('', heir);
    const { body: tenant } = await backend.send('POST', '/tenants', { name: 'Acme' });
    const stranger = await new Client(application.url)
      .with(tenant.api_key.key)
      .send('POST', '/users', { name: 'Stranger', email: 'stranger@example.com' });
    for (const id of [999_999, heir, stranger.body.id]) {
      const { status, body } = await remove(`?events=transfer&transfer_to=${id}`);
      expect([status, body.code, body.errors[0].field]).toEqual([404, 'user_not_found', 'transfer_to']);
    }
    expect((await backend.send('GET', `/users/${old}`)).status).toBe(200);
  });

  test('have one of two fates', async () => {
    const { status, body } = await remove('?events=keep');
    expect([status, body.errors[0].field]).toEqual([400, 'events']);
  });

  test('are handed over by keys alone', async () => {
    const { status, body } = await remove(
      `?events=transfer&transfer_to=${heir}`,
      old,
      new Client(application.url),
    );
    expect([status, body.code]).toEqual([403, 'key_required']);
    expect((await backend.send('GET', `/users/${old}`)).status).toBe(200);
  });
});
