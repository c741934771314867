import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, share, shareWithTenant } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

describe('the calendars of a deleted user', () => {
  let application: TestApplication;
  let backend: Client;

  beforeAll(async () => {
    application = await startTestApplication();
    backend = await addKey(application, 1);
  });
  afterAll(async () => application.close());

  async function deleted(name: string) {
    const { body: user } = await backend.create('/users', { name, email: `${name}@example.com` });
    const { body: calendar } = await backend.create(`/users/${user.id}/calendars`, {
      name: `Secret of ${name}`,
      color: '#0b8043',
      time_zone: 'Asia/Tokyo',
      default_reminders: [{ minutes_before: 5 }],
      external_id: `calendar of ${name}`,
      metadata: { secret: name },
    });
    const { body: over } = await backend.create('/events', {
      title: 'Over',
      organizer_user_id: user.id,
      start_date: '2020-03-02T09:00:00Z',
      duration: 60,
      calendar_id: calendar.id,
    });
    expect((await backend.delete(`/users/${user.id}`)).status).toBe(204);
    return { user, calendar, over };
  }

  test('are found by nobody', async () => {
    const { user, calendar } = await deleted('ann');
    const window = 'from=2020-01-01T00:00:00Z&to=2021-01-01T00:00:00Z';
    const paths = [
      `/calendars/${calendar.id}`,
      `/calendars/${calendar.id}/events?${window}`,
      `/users/${user.id}/calendars`,
    ];
    const refused = await Promise.all(paths.map(async (path) => backend.send('GET', path)));
    expect(refused.map(({ status, body }) => [status, body.code])).toEqual([
      [404, 'calendar_not_found'],
      [404, 'calendar_not_found'],
      [404, 'user_not_found'],
    ]);
    expect((await backend.send('PATCH', `/calendars/${calendar.id}`, { name: 'x' })).status).toBe(404);
    expect((await backend.send('DELETE', `/calendars/${calendar.id}?events=move`)).status).toBe(404);
    expect((await backend.send('POST', `/users/${user.id}/calendars`, { name: 'x' })).status).toBe(404);
    const listed = (await backend.get('/calendars?limit=1000')).body.map(({ user_id }) => user_id);
    expect(listed).not.toContain(user.id);
  });

  test('keep nothing that the user or the product wrote, and free the external id', async () => {
    const { calendar } = await deleted('ben');
    const rows = await query<{ row: string }>(
      application.database.url,
      'SELECT c::text AS row FROM calendars c',
    );
    expect(
      rows.filter(({ row }) => row.includes('ben') || row.includes('Tokyo') || row.includes('0b8043')),
    ).toEqual([]);
    const { body: next } = await backend.create('/users', { name: 'next', email: 'next@example.com' });
    const again = await backend.post(`/users/${next.id}/calendars`, {
      name: 'Mine',
      external_id: calendar.external_id as string,
    });
    expect(again.status).toBe(201);
  });

  test.each(['a user', 'the tenant'])('are written by nobody, also if %s was an owner', async (grantee) => {
    const anyone = new Client(application.url);
    const [owner, bob] = [
      await signUp(anyone, `owner of ${grantee}`.replaceAll(' ', '-')),
      await signUp(anyone, `bob of ${grantee}`.replaceAll(' ', '-')),
    ];
    const calendar = await addCalendar(owner, 'Shared');
    if (grantee === 'a user') await share(owner.client, calendar, bob.id, 'owner');
    else await shareWithTenant(owner.client, calendar, 'owner');
    const fields = { title: 'Over', start_date: '2020-03-02T09:00:00Z', duration: 60, calendar_id: calendar };
    const { body: event } = await owner.client.create('/events', {
      ...fields,
      organizer_user_id: owner.id,
      invited_user_ids: [bob.id],
    });
    const path = `/events/${event.id}` as const;
    expect((await bob.client.patch(path, { title: 'By a writer' })).status).toBe(200);
    expect((await backend.delete(`/users/${owner.id}`)).status).toBe(204);
    const { body: before } = await bob.client.get(path);
    for (const [method, url, body] of [
      ['PATCH', path, { title: 'Taken', status: 'confirmed', start_date: '2036-03-02T09:00:00Z' }],
      ['DELETE', path, undefined],
      ['POST', `${path}/attendees`, { email: 'guest@example.net' }],
    ] as const)
      expect([method, (await bob.client.send(method, url, body)).status]).toEqual([method, 403]);
    expect((await bob.client.get(path)).body).toEqual(before);
    expect((await bob.client.get('/calendars')).body.map(({ user_id }) => user_id)).toEqual([bob.id]);
  });

  test('are gone with the events that are handed over', async () => {
    const { body: ann } = await backend.create('/users', { name: 'one', email: 'one@example.com' });
    const { body: bob } = await backend.create('/users', { name: 'two', email: 'two@example.com' });
    const { body: calendar } = await backend.create(`/users/${ann.id}/calendars`, { name: 'Work' });
    const { body: event } = await backend.create('/events', {
      title: 'Plan',
      organizer_user_id: ann.id,
      start_date: '2036-03-02T09:00:00Z',
      duration: 60,
      calendar_id: calendar.id,
    });
    await backend.delete(`/users/${ann.id}?events=transfer&transfer_to=${bob.id}`);
    const [primary] = (await backend.get(`/users/${bob.id}/calendars`)).body;
    expect((await backend.get(`/events/${event.id}`)).body.calendar_id).toBe(primary.id);
  });
});
