import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SHARED_START, SHARED_WRITES, type Shared } from '../../support/calendars/shared-writes.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { headersOf } from '../../support/client/file-type.js';
import { addCalendar, grantOfTenant, share } from '../../support/client/sharing.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** Writes that change no event of the calendar, or concern what the user alone decides. */
const ALLOWED = new Set([
  'DELETE /calendars/{calendar_id}/feeds/{feed_id}',
  'DELETE /calendars/{calendar_id}/grants/{grant_id}',
  'PATCH /calendars/{calendar_id}',
  'PATCH /calendars/{calendar_id}/grants/{grant_id}',
  'POST /calendars/{calendar_id}/feeds',
  'POST /calendars/{calendar_id}/grants',
  'POST /users/{user_id}/calendar-subscriptions',
  'POST /users/{user_id}/calendars',
  'POST /webhook-subscriptions',
  'PUT /users/{user_id}/events/{event_id}/reminders',
]);

/** Answers to the invite of another organizer, whose event nobody can put into a read-only calendar. */
const ANSWERS = new Set(
  ['accept', 'tentative', 'decline'].map((verb) => `POST /event-invites/{invite_id}:${verb}`),
);

const WRITES = Object.keys(SHARED_WRITES).filter((name) => SHARED_WRITES[name] !== null);

describe('a read-only calendar', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  let shared: Shared;
  let count = 0;

  beforeAll(async () => {
    application = await startTestApplication({
      CALENDAR_FETCH: 'off',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      WEBHOOK_DISPATCH: 'off',
    });
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    [ann, bob, eve] = [await signUp(anyone, 'ann'), await signUp(anyone, 'bob'), await signUp(anyone, 'eve')];
  });
  afterAll(async () => application.close());

  beforeEach(async () => {
    count += 1;
    const externalId = `read-only-${count}`;
    const calendarId = await addCalendar(ann, externalId);
    const { body: event } = await backend.create('/events', {
      title: 'Party',
      start_date: SHARED_START,
      duration: 60,
      organizer_user_id: ann.id,
      repeat: { frequency: 'daily', count: 2 },
      calendar_id: calendarId,
      external_id: externalId,
      invited_user_ids: [bob.id],
      invited: [{ email: 'guest@example.com' }],
    });
    await share(ann.client, calendarId, eve.id, 'owner');
    shared = {
      annId: ann.id,
      bobId: bob.id,
      calendarId,
      grantId: await grantOfTenant(ann.client, calendarId),
      feedId: (await ann.client.create(`/calendars/${calendarId}/feeds`, { detail: 'busy' })).body.id,
      eventId: event.id,
      externalId,
      attendeeId: bob.id,
      attendeesInviteId: event.attendees[1].invite_id as number,
      visibility: 'public',
      inviteId: event.attendees.find(({ guest }) => guest)?.invite_id as number,
    };
    await makeReadOnly(true);
  });
  afterEach(async () => {
    await makeReadOnly(false);
    await backend.delete(`/calendars/${shared.calendarId}?events=delete`);
  });

  async function makeReadOnly(value: boolean): Promise<void> {
    const { calendarId } = shared;
    await query(
      application.database.url,
      `UPDATE calendars SET read_only = ${value} WHERE id = ${calendarId}`,
    );
  }

  async function state(): Promise<string> {
    const { eventId, calendarId } = shared;
    const { body: events } = await backend.get(
      `/calendars/${calendarId}/events?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z`,
    );
    return JSON.stringify([(await backend.get(`/events/${eventId}`)).body, events]);
  }

  test.each(WRITES.filter((name) => !ALLOWED.has(name) && !ANSWERS.has(name)))(
    'is changed by no %s: of its user, of an owner by a grant, of a key',
    async (name) => {
      const { path, body } = SHARED_WRITES[name]?.request(shared) ?? { path: name };
      const before = await state();
      for (const client of [ann.client, backend, ...(name.includes('/users/') ? [] : [eve.client])]) {
        // Only a key sends an external id.
        if (client !== backend && path.includes('by-external-id')) continue;
        const response = await client.send(name.split(' ')[0], path, body, headersOf(body));
        expect(response).toMatchObject({
          status: 403,
          body: { code: 'read_only_calendar' },
        });
      }
      expect(await state()).toBe(before);
    },
  );

  test.each([...ALLOWED])('allows %s', async (name) => {
    const { path, body } = SHARED_WRITES[name]?.request(shared) ?? { path: name };
    const { status } = await backend.send(name.split(' ')[0], path, body);
    expect([200, 201, 204]).toContain(status);
  });

  test.each(['accept', 'tentative', 'decline'])('takes no answer for a guest: %s', async (verb) => {
    const before = await state();
    expect(await ann.client.send('POST', `/event-invites/${shared.inviteId}:${verb}`)).toMatchObject({
      status: 403,
      body: { code: 'read_only_calendar' },
    });
    expect(await state()).toBe(before);
  });

  test('gives no event away, and takes none', async () => {
    const own = { title: 'Own', start_date: SHARED_START, duration: 60, organizer_user_id: ann.id };
    const { body: event } = await ann.client.create('/events', own);
    const { body: other } = await bob.client.create('/events', {
      ...own,
      organizer_user_id: bob.id,
      invited_user_ids: [ann.id],
    });
    const { eventId, calendarId } = shared;
    const primary = event.calendar_id as number;
    for (const [path, body] of [
      [`/events/${eventId}`, { calendar_id: primary }],
      [`/events/${eventId}`, { organizer_user_id: bob.id }],
      [`/users/${ann.id}/events/${eventId}`, { calendar_id: primary }],
      [`/events/${event.id}`, { calendar_id: calendarId }],
      [`/users/${ann.id}/events/${event.id}`, { calendar_id: calendarId }],
      [`/users/${ann.id}/events/${other.id}`, { calendar_id: calendarId }],
    ] as const) {
      expect(await ann.client.send('PATCH', path, body)).toMatchObject({
        status: 403,
        body: { code: 'read_only_calendar' },
      });
    }
  });

  test('takes no events of a calendar that is deleted', async () => {
    const second = await addCalendar(ann, 'Second');
    const { body: event } = await ann.client.create('/events', {
      title: 'Own',
      start_date: SHARED_START,
      duration: 60,
      organizer_user_id: ann.id,
      calendar_id: second,
    });
    await ann.client.delete(`/calendars/${second}?events=move`);
    expect((await ann.client.get(`/events/${event.id}`)).body.calendar_id).not.toBe(shared.calendarId);
  });

  test('is no member of a batch with other changes: nothing is changed', async () => {
    const own = { title: 'Own', start_date: SHARED_START, duration: 60, organizer_user_id: ann.id };
    const { body: event } = await ann.client.create('/events', own);
    const requests = [
      { id: event.id, title: 'Changed' },
      { id: shared.eventId, title: 'Changed' },
    ];
    expect(await ann.client.send('POST', '/events:batch-update', { requests })).toMatchObject({
      status: 403,
      body: { code: 'read_only_calendar' },
    });
    const ids = [event.id, shared.eventId];
    expect(await ann.client.send('POST', '/events:batch-delete', { ids })).toMatchObject({
      status: 403,
      body: { code: 'read_only_calendar' },
    });
    expect((await ann.client.get(`/events/${event.id}`)).body.title).toBe('Own');
  });

  test('is deleted with its user, and its events go to nobody', async () => {
    const { body: heir } = await backend.create('/users', {
      name: 'heir',
      email: `heir${count}@example.com`,
    });
    const { body: user } = await backend.create('/users', {
      name: 'user',
      email: `user${count}@example.com`,
    });
    const { body: calendar } = await backend.create(`/users/${user.id}/calendars`, { name: 'Elsewhere' });
    const event = { title: 'Own', start_date: SHARED_START, duration: 60, organizer_user_id: user.id };
    const { body: own } = await backend.create('/events', event);
    const { body: mirrored } = await backend.create('/events', { ...event, calendar_id: calendar.id });
    await query(application.database.url, `UPDATE calendars SET read_only = true WHERE id = ${calendar.id}`);
    await backend.delete(`/users/${user.id}?events=transfer&transfer_to=${heir.id}`);
    expect((await backend.get(`/events/${own.id}`)).body.organizer_user_id).toBe(heir.id);
    expect((await backend.get(`/events/${mirrored.id}`)).status).toBe(404);
  });
});
