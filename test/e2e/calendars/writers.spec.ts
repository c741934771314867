import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { addCalendar, primaryCalendarOf, share, shareWithTenant } from '../../support/client/sharing.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const START = '2026-03-02T09:00:00Z';
const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

describe('a writer of a calendar', () => {
  let application: TestApplication;
  let anyone: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  let calendar: number;

  beforeAll(async () => {
    application = await startTestApplication();
    anyone = new Client(application.url);
    [ann, bob, eve] = await Promise.all(['ann', 'bob', 'eve'].map(async (name) => signUp(anyone, name)));
  });
  afterAll(async () => application.close());
  beforeEach(async () => {
    calendar = await addCalendar(ann, 'Shared');
  });

  /** An event that Ann organizes in the calendar, and Bob attends. */
  const event = (fields: object = {}) => ({
    title: 'Planning',
    start_date: START,
    duration: 3600,
    organizer_user_id: ann.id,
    invited_user_ids: [bob.id],
    calendar_id: calendar,
    ...fields,
  });
  const planted = async (fields: object = {}) => (await ann.client.create('/events', event(fields))).body;
  const statusOf = async (method: string, path: string, body?: unknown) =>
    (await eve.client.send(method, path, body)).status;

  describe.each<[string, number, number, number]>([
    ['reader+', 403, 403, 403],
    ['free_busy_reader', 403, 403, 403],
    ['none', 403, 404, 404],
    ['writer', 201, 200, 204],
    ['owner', 201, 200, 204],
  ])('with the role %s', (role, created, changed, deleted) => {
    beforeEach(async () => {
      await share(ann.client, calendar, eve.id, role as 'owner');
    });

    test(`creates an event of its user: ${created}`, async () => {
      const answer = await eve.client.send('POST', '/events', event());
      expect(answer.status).toBe(created);
      const own = (await ann.client.get(`/calendars/${calendar}/events?${WINDOW}`)).body;
      const organizers = created === 201 ? [{ organizer_user_id: ann.id, calendar_id: calendar }] : [];
      expect(own).toMatchObject(organizers);
    });

    test(`changes an event: ${changed}, and deletes it: ${deleted}`, async () => {
      const { id } = await planted();
      expect(await statusOf('PATCH', `/events/${id}`, { title: 'Changed' })).toBe(changed);
      expect((await ann.client.get(`/events/${id}`)).body.title).toBe(
        changed === 200 ? 'Changed' : 'Planning',
      );
      expect(await statusOf('DELETE', `/events/${id}`)).toBe(deleted);
      const left = deleted === 204 ? 404 : 200;
      for (const { client } of [ann, bob]) expect((await client.get(`/events/${id}`)).status).toBe(left);
      expect(
        (await bob.client.get(`/users/${bob.id}/event-invites`)).body.some(({ event_id }) => event_id === id),
      ).toBe(left === 200);
    });

    test(`changes events in a batch: ${changed}`, async () => {
      const { id } = await planted();
      const requests = [{ id, title: 'Changed' }];
      expect(await statusOf('POST', '/events:batch-update', { requests })).toBe(changed);
      expect(await statusOf('POST', '/events:batch-delete', { ids: [id] })).toBe(deleted);
      expect(await statusOf('POST', '/events:batch-create', { requests: [event()] })).toBe(
        created === 201 ? 200 : created,
      );
    });

    test(`changes one occurrence: ${changed}`, async () => {
      const { id } = await planted({ repeat: { frequency: 'daily', count: 3 } });
      const occurrence = `/events/${id}/occurrences/${START}`;
      expect(await statusOf('PATCH', occurrence, { title: 'Changed' })).toBe(changed);
      expect(await statusOf('DELETE', occurrence)).toBe(deleted);
    });

    test('answers for the user of the calendar', async () => {
      const { body } = await bob.client.create('/events', {
        ...event({ organizer_user_id: bob.id, invited_user_ids: [ann.id], calendar_id: undefined }),
      });
      await ann.client.patch(`/users/${ann.id}/events/${body.id}`, { calendar_id: calendar });
      const invite = body.attendees[1].invite_id;
      const answer = await eve.client.send('POST', `/event-invites/${invite}:accept`);
      // Who sees no details of the event sees no invite to it.
      expect(answer.status).toBe(role === 'free_busy_reader' ? 404 : changed);
      const { body: after } = await ann.client.get(`/event-invites/${invite}`);
      expect(after).toMatchObject({ user_id: ann.id, status: changed === 200 ? 'accepted' : 'needs_action' });
    });
  });

  test('writes private events only if the grant lets it see them', async () => {
    const [private1, public1] = [await planted({ visibility: 'private' }), await planted()];
    const grant = await share(ann.client, calendar, eve.id, 'writer');
    const requests = [
      ['POST', '/events', event({ visibility: 'private' })],
      ['PATCH', `/events/${private1.id}`, { title: 'Changed' }],
      ['PATCH', `/events/${public1.id}`, { visibility: 'private' }],
      ['DELETE', `/events/${private1.id}`, undefined],
    ] as const;
    const detail = 'A writer needs a grant that shows private events to write a private event.';
    for (const [method, path, body] of requests) {
      const refused = await eve.client.send(method, path, body);
      expect([path, refused]).toMatchObject([path, { status: 403, body: { code: 'forbidden', detail } }]);
    }
    expect((await ann.client.get(`/events/${public1.id}`)).body.visibility).toBe('public');
    await ann.client.patch(`/calendars/${calendar}/grants/${grant}`, { sees_private: true });
    const statuses = [];
    for (const [method, path, body] of requests) statuses.push(await statusOf(method, path, body));
    expect(statuses).toEqual([201, 200, 200, 204]);
  });

  test('answers to private events only if the grant lets it see them, and removes nobody from them', async () => {
    const { body } = await bob.client.create('/events', {
      ...event({ organizer_user_id: bob.id, invited_user_ids: [ann.id], calendar_id: undefined }),
      visibility: 'private',
    });
    await ann.client.patch(`/users/${ann.id}/events/${body.id}`, { calendar_id: calendar });
    const path = `/event-invites/${body.attendees[1].invite_id}` as const;
    const grant = await share(ann.client, calendar, eve.id, 'writer');
    expect(await statusOf('DELETE', path)).toBe(403);
    expect([await statusOf('POST', `${path}:accept`), (await eve.client.get(path)).status]).toEqual([
      403, 404,
    ]);
    await ann.client.patch(`/calendars/${calendar}/grants/${grant}`, { sees_private: true });
    expect([await statusOf('POST', `${path}:accept`), (await eve.client.get(path)).status]).toEqual([
      200, 200,
    ]);
    expect(await statusOf('DELETE', path)).toBe(403);
    await ann.client.patch(`/calendars/${calendar}/grants/${grant}`, { role: 'reader' });
    expect([await statusOf('POST', `${path}:decline`), await statusOf('DELETE', path)]).toEqual([404, 404]);
  });

  test('hands no event over, and puts none into another calendar', async () => {
    const { id } = await planted();
    await share(ann.client, calendar, eve.id, 'writer');
    const primary = await primaryCalendarOf(ann);
    await bob.client.post(
      `/event-invites/${(await ann.client.get(`/events/${id}`)).body.attendees[1].invite_id}:accept`,
    );
    expect(await statusOf('PATCH', `/events/${id}`, { organizer_user_id: bob.id })).toBe(403);
    expect(await statusOf('PATCH', `/events/${id}`, { calendar_id: primary })).toBe(403);
    expect(await statusOf('POST', '/events', event({ calendar_id: primary }))).toBe(403);
    expect(await statusOf('POST', '/events', event({ calendar_id: undefined }))).toBe(403);
    await share(ann.client, primary, eve.id, 'writer');
    expect(await statusOf('PATCH', `/events/${id}`, { calendar_id: primary })).toBe(200);
    expect(await statusOf('POST', '/events', event({ calendar_id: undefined }))).toBe(201);
  });

  test('puts no event of their own into the calendar', async () => {
    await share(ann.client, calendar, eve.id, 'owner');
    const own = event({ organizer_user_id: eve.id, invited_user_ids: [] });
    expect(await eve.client.send('POST', '/events', own)).toMatchObject({
      status: 404,
      body: { code: 'calendar_not_found', errors: [{ field: 'calendar_id' }] },
    });
  });

  test('is no writer of what others organize in the calendar', async () => {
    const { body } = await bob.client.create('/events', {
      ...event({ organizer_user_id: bob.id, invited_user_ids: [ann.id], calendar_id: undefined }),
    });
    await ann.client.patch(`/users/${ann.id}/events/${body.id}`, { calendar_id: calendar });
    await share(ann.client, calendar, eve.id, 'owner');
    expect(await statusOf('PATCH', `/events/${body.id}`, { title: 'Taken' })).toBe(403);
    expect(await statusOf('DELETE', `/events/${body.id}`)).toBe(403);
  });

  test('may be the tenant, whose users write, and callers without a token do not', async () => {
    await shareWithTenant(ann.client, calendar, 'writer');
    const { id } = await planted();
    expect(await statusOf('PATCH', `/events/${id}`, { title: 'Changed' })).toBe(200);
    expect((await anyone.patch(`/events/${id}`, { title: 'Anyone' })).status).toBe(401);
    expect((await anyone.get(`/events/${id}`)).body).toMatchObject({ title: 'Changed' });
  });

  test('loses the right with the grant, also for the answer to a repeated request', async () => {
    const grant = await share(ann.client, calendar, eve.id, 'writer');
    const keyed = eve.client.withHeaders({ 'idempotency-key': 'written' });
    const { body } = await keyed.send('POST', '/events', event());
    expect((await keyed.send('POST', '/events', event())).body.id).toBe(body.id);
    await ann.client.patch(`/calendars/${calendar}/grants/${grant}`, { role: 'free_busy_reader' });
    const { body: times } = await keyed.send('POST', '/events', event());
    expect(times).toMatchObject({ id: body.id, redacted: true });
    expect(JSON.stringify(times)).not.toMatch(/Planning|bob/);
    await ann.client.patch(`/calendars/${calendar}/grants/${grant}`, { role: 'none' });
    expect((await keyed.send('POST', '/events', event())).status).toBe(404);
    expect(await statusOf('DELETE', `/events/${body.id}`)).toBe(404);
  });
});
