import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const START = '2026-03-02T09:00:00Z';
const WINDOW = 'from=2026-03-01T00:00:00Z&to=2026-04-01T00:00:00Z';

const EVENT = { title: 'Planted', start_date: START, duration: 60 };

async function primaryOf({ client }: Account): Promise<number> {
  return (await client.get('/calendars')).body[0].id;
}

async function addCalendar({ client }: Account, name: string): Promise<number> {
  return (await client.create('/users/me/calendars', { name })).body.id;
}

describe('an event in a calendar', () => {
  let application: TestApplication;
  let backend: Client;
  let ann: Account;
  let bob: Account;
  let eve: Account;
  /** The primary calendar and another one of each. */
  let [annMain, annWork, bobMain, bobWork, eveMain] = [0, 0, 0, 0, 0];

  beforeAll(async () => {
    application = await startTestApplication();
    const anyone = new Client(application.url);
    backend = await addKey(application, 1);
    [ann, bob, eve] = [await signUp(anyone, 'ann'), await signUp(anyone, 'bob'), await signUp(anyone, 'eve')];
    [annMain, bobMain, eveMain] = await Promise.all([ann, bob, eve].map(primaryOf));
    [annWork, bobWork] = await Promise.all([ann, bob].map(async (one) => addCalendar(one, 'Work')));
  });
  afterAll(async () => application.close());

  async function create(fields: Partial<NewEvent> = {}, client = ann.client) {
    const { body } = await client.create('/events', {
      title: 'Planning',
      organizer_user_id: ann.id,
      start_date: START,
      duration: 3600,
      ...fields,
    });
    return body;
  }

  /** The calendar of the event, as each caller sees it. */
  async function calendarsOf(eventId: number): Promise<(number | null)[]> {
    const seen = await Promise.all(
      [ann.client, bob.client].map(async (one) => one.get(`/events/${eventId}`)),
    );
    return seen.map(({ body }) => body.calendar_id);
  }

  const listed = async (calendarId: number, query = WINDOW, client = ann.client) =>
    (await client.get(`/calendars/${calendarId}/events?${query}`)).body;
  const idsIn = async (calendarId: number) =>
    (await listed(calendarId)).map((event) => 'id' in event && event.id);
  const accept = async (event: Awaited<ReturnType<typeof create>>) =>
    bob.client.post(`/event-invites/${event.attendees[1].invite_id}:accept`);

  test('is in the primary calendars of the organizer and of the attendees, unless they choose', async () => {
    const event = await create({ invited_user_ids: [bob.id] });
    expect(event.calendar_id).toBe(annMain);
    expect(await calendarsOf(event.id)).toEqual([annMain, bobMain]);
  });

  test('shows a caller who does not attend the calendar of the organizer', async () => {
    const { id } = await create({ calendar_id: annWork, invited_user_ids: [bob.id] });
    const seen = await Promise.all([eve.client, backend].map(async (one) => one.get(`/events/${id}`)));
    expect(seen.map(({ body }) => body.calendar_id)).toEqual([annWork, annWork]);
    const ofBob = await eve.client.get(`/users/${bob.id}/events?${WINDOW}&max_attendees=0`);
    expect(ofBob.body.find((event) => 'id' in event && event.id === id)).toMatchObject({
      calendar_id: annWork,
    });
  });

  test('is where the organizer creates it, and where the organizer moves it', async () => {
    const { id, calendar_id } = await create({ calendar_id: annWork, invited_user_ids: [bob.id] });
    expect(calendar_id).toBe(annWork);
    const moved = await ann.client.patch(`/events/${id}`, { calendar_id: annMain });
    expect(moved).toMatchObject({ status: 200, body: { calendar_id: annMain, version: 2 } });
    expect(await calendarsOf(id)).toEqual([annMain, bobMain]);
  });

  test('is where each attendee puts it, for that attendee alone', async () => {
    const event = await create({ invited_user_ids: [bob.id] });
    const moved = await bob.client.patch(`/users/me/events/${event.id}`, { calendar_id: bobWork });
    expect(moved).toMatchObject({ status: 200, body: { id: event.id, calendar_id: bobWork, version: 2 } });
    expect(await calendarsOf(event.id)).toEqual([annMain, bobWork]);
    // The same again is no change.
    const again = await bob.client.patch(`/users/me/events/${event.id}`, { calendar_id: bobWork });
    expect(again.body.version).toBe(2);
    // Neither an answer nor a change by the organizer moves it.
    await accept(event);
    await ann.client.patch(`/events/${event.id}`, { title: 'Moved', invited_user_ids: [bob.id, eve.id] });
    expect(await calendarsOf(event.id)).toEqual([annMain, bobWork]);
  });

  test('may be moved by its organizer as by an attendee, and by a key', async () => {
    const { id } = await create({ invited_user_ids: [bob.id] });
    await ann.client.patch(`/users/me/events/${id}`, { calendar_id: annWork });
    await backend.patch(`/users/${bob.id}/events/${id}`, { calendar_id: bobWork });
    expect(await calendarsOf(id)).toEqual([annWork, bobWork]);
    await backend.patch(`/events/${id}`, { calendar_id: annMain });
    expect(await calendarsOf(id)).toEqual([annMain, bobWork]);
  });

  test('is moved by nobody who has seen another version', async () => {
    const { id, version } = await create();
    const place = async (seen: number) =>
      ann.client
        .withHeaders({ 'if-match': `"${seen}"` })
        .patch(`/users/me/events/${id}`, { calendar_id: annWork });
    expect(await place(version + 1)).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
    expect((await calendarsOf(id))[0]).toBe(annMain);
    expect((await place(version)).status).toBe(200);
    expect((await calendarsOf(id))[0]).toBe(annWork);
  });

  test.each<[string, () => Promise<{ status: number; body: { code: string; errors?: object[] } }>]>([
    [
      'created',
      async () =>
        ann.client.send('POST', '/events', { ...EVENT, organizer_user_id: ann.id, calendar_id: bobWork }),
    ],
    [
      'created there by a key',
      async () =>
        backend.send('POST', '/events', { ...EVENT, organizer_user_id: ann.id, calendar_id: bobWork }),
    ],
    [
      'created in no calendar',
      async () =>
        ann.client.send('POST', '/events', { ...EVENT, organizer_user_id: ann.id, calendar_id: 999_999 }),
    ],
    [
      'moved',
      async () =>
        ann.client.send('PATCH', `/events/${(await create()).id}`, { title: 'Stolen', calendar_id: bobWork }),
    ],
    [
      'put there by its attendee',
      async () => {
        const { id } = await create({ invited_user_ids: [bob.id] });
        return bob.client.send('PATCH', `/users/me/events/${id}`, { calendar_id: annWork });
      },
    ],
  ])('is never %s in the calendar of another user', async (_, request) => {
    const before = await idsIn(bobWork);
    const { status, body } = await request();
    expect([status, body.code]).toEqual([404, 'calendar_not_found']);
    expect(body.errors).toMatchObject([{ field: 'calendar_id' }]);
    expect(await idsIn(bobWork)).toEqual(before);
    const titles = (await listed(annMain)).map((event) => 'title' in event && event.title);
    expect(titles).not.toContain('Stolen');
    expect(titles).not.toContain(EVENT.title);
  });

  test.each<[string, () => Client, number, string]>([
    ['another attendee', () => ann.client, 403, 'forbidden'],
    ['a stranger', () => eve.client, 403, 'forbidden'],
    ['a request without a token', () => new Client(application.url), 401, 'token_required'],
  ])('is not moved by %s', async (_, client, status, code) => {
    const { id } = await create({ invited_user_ids: [bob.id] });
    const refused = await client().send('PATCH', `/users/${bob.id}/events/${id}`, { calendar_id: bobWork });
    expect([refused.status, refused.body.code]).toEqual([status, code]);
    expect(await calendarsOf(id)).toEqual([annMain, bobMain]);
  });

  test('is not found by a user who does not attend it', async () => {
    const { id } = await create();
    const [absent, other] = await Promise.all(
      [999_999, id].map(async (eventId) =>
        eve.client.send('PATCH', `/users/me/events/${eventId}`, { calendar_id: eveMain }),
      ),
    );
    expect([absent.status, absent.body.code]).toEqual([404, 'event_not_found']);
    expect([other.status, other.body.code]).toEqual([404, 'event_not_found']);
  });

  test.each([{}, { calendar_id: null }, { calendar_id: 'x' }, { calendar_id: 1, title: 'x' }])(
    'is not moved by the body %j',
    async (body) => {
      const { id } = await create();
      expect((await ann.client.send('PATCH', `/users/me/events/${id}`, body)).status).toBe(400);
    },
  );

  test('is not moved for a single occurrence, but with all later ones', async () => {
    const { id } = await create({ repeat: { frequency: 'weekly', count: 4 }, invited_user_ids: [bob.id] });
    await bob.client.patch(`/users/me/events/${id}`, { calendar_id: bobWork });
    const path = `/events/${id}/occurrences/2026-03-16T09:00:00Z` as const;
    const single = await ann.client.send('PATCH', path, { calendar_id: annWork });
    expect(single).toMatchObject({ status: 400, body: { errors: [{ field: 'calendar_id' }] } });
    const split = await ann.client.send('PATCH', `${path}?scope=following`, { calendar_id: annWork });
    const later = split.body.event_id;
    expect(await calendarsOf(id)).toEqual([annMain, bobWork]);
    // The second event stays in the calendars of its attendees.
    expect(await calendarsOf(later)).toEqual([annWork, bobWork]);
  });

  test('is in the calendars of each member of a batch', async () => {
    const one = { ...EVENT, organizer_user_id: ann.id };
    const { body } = await ann.client.post('/events:batch-create', {
      requests: [{ ...one, calendar_id: annWork }, one],
    });
    expect(body.events.map((event) => 'calendar_id' in event && event.calendar_id)).toEqual([
      annWork,
      annMain,
    ]);
    const ids = body.events.map(({ id }) => id);
    const updated = await ann.client.post('/events:batch-update', {
      requests: [
        { id: ids[0], calendar_id: annMain },
        { id: ids[1], calendar_id: annWork },
      ],
    });
    expect(updated.body.events.map((event) => 'calendar_id' in event && event.calendar_id)).toEqual([
      annMain,
      annWork,
    ]);
    const refused = await ann.client.send('POST', '/events:batch-create', {
      requests: [one, { ...one, calendar_id: bobWork }],
    });
    expect(refused).toMatchObject({
      status: 404,
      body: { code: 'calendar_not_found', errors: [{ field: 'requests[1].calendar_id' }] },
    });
    const wrong = await ann.client.send('POST', '/events:batch-update', {
      requests: [
        { id: ids[0], title: 'Stolen' },
        { id: ids[1], calendar_id: bobWork },
      ],
    });
    expect(wrong).toMatchObject({ status: 404, body: { errors: [{ field: 'requests[1].calendar_id' }] } });
    await ann.client.send('POST', '/events:batch-delete', { ids });
  });

  test('is set by a PUT like every field of a creation', async () => {
    const path = '/events/by-external-id/put-1';
    const body = { ...EVENT, organizer_user_id: ann.id };
    const created = await backend.send('PUT', path, { ...body, calendar_id: annWork });
    expect(created).toMatchObject({ status: 201, body: { calendar_id: annWork, version: 1 } });
    const same = await backend.send('PUT', path, { ...body, calendar_id: annWork });
    expect(same).toMatchObject({ status: 200, body: { calendar_id: annWork, version: 1 } });
    const absent = await backend.send('PUT', path, body);
    expect(absent).toMatchObject({ status: 200, body: { calendar_id: annMain, version: 2 } });
    const wrong = await backend.send('PUT', path, { ...body, calendar_id: bobWork });
    expect([wrong.status, wrong.body.code]).toEqual([404, 'calendar_not_found']);
    await backend.delete(`/events/${created.body.id}`);
  });

  describe('that is handed over', () => {
    test('stays in the calendars of both organizers', async () => {
      const event = await create({ calendar_id: annWork, invited_user_ids: [bob.id] });
      await bob.client.patch(`/users/me/events/${event.id}`, { calendar_id: bobWork });
      await accept(event);
      await ann.client.patch(`/events/${event.id}`, { organizer_user_id: bob.id });
      expect(await calendarsOf(event.id)).toEqual([annWork, bobWork]);
      expect((await eve.client.get(`/events/${event.id}`)).body.calendar_id).toBe(bobWork);
    });

    test('is in the primary calendar of an organizer who did not attend', async () => {
      const { id } = await create({ calendar_id: annWork });
      await backend.patch(`/events/${id}`, { organizer_user_id: bob.id });
      expect(await calendarsOf(id)).toEqual([annWork, bobMain]);
    });

    test('is where a key puts it, but no person chooses for the new organizer', async () => {
      const event = await create({ invited_user_ids: [bob.id] });
      await accept(event);
      const patch = { organizer_user_id: bob.id, calendar_id: bobWork };
      const refused = await ann.client.send('PATCH', `/events/${event.id}`, patch);
      expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
      expect((await ann.client.get(`/events/${event.id}`)).body.organizer_user_id).toBe(ann.id);
      expect((await backend.patch(`/events/${event.id}`, patch)).status).toBe(200);
      expect(await calendarsOf(event.id)).toEqual([annMain, bobWork]);
    });

    test('by a PUT is where the new organizer attended it', async () => {
      const path = '/events/by-external-id/put-2';
      const body = { ...EVENT, organizer_user_id: ann.id, invited_user_ids: [bob.id] };
      const { body: event } = await backend.send('PUT', path, body);
      await bob.client.patch(`/users/me/events/${event.id}`, { calendar_id: bobWork });
      await backend.send('PUT', path, { ...body, organizer_user_id: bob.id, invited_user_ids: [ann.id] });
      expect(await calendarsOf(event.id)).toEqual([annMain, bobWork]);
    });
  });

  describe('is listed', () => {
    let club: number;
    let series: Awaited<ReturnType<typeof create>>;
    let single: Awaited<ReturnType<typeof create>>;

    beforeAll(async () => {
      club = await addCalendar(ann, 'Club');
      series = await create({
        title: 'Series',
        calendar_id: club,
        repeat: { frequency: 'weekly', count: 3 },
      });
      single = await create({
        title: 'Single',
        calendar_id: club,
        start_date: '2026-03-10T09:00:00Z',
        invited_user_ids: [bob.id],
      });
      await create({ title: 'Elsewhere', invited_user_ids: [bob.id] });
    });

    test('in its calendar alone, in the form of the list of the user', async () => {
      const inClub = await listed(club);
      expect(inClub.map((event) => 'title' in event && event.title)).toEqual(['Series', 'Single']);
      const all = (await ann.client.get(`/users/me/events?${WINDOW}`)).body;
      expect(inClub).toEqual(all.filter((event) => 'calendar_id' in event && event.calendar_id === club));
    });

    test('with the parameters of the list of the user', async () => {
      const expanded = await listed(club, `${WINDOW}&expand=true&limit=3`);
      expect(expanded.map(({ occurrences }) => occurrences[0].start)).toEqual([
        '2026-03-02T09:00:00Z',
        '2026-03-09T09:00:00Z',
        '2026-03-10T09:00:00Z',
      ]);
      const pages: number[] = [];
      for await (const page of ann.client.pages(`/calendars/${club}/events?${WINDOW}&limit=1&expand=true`))
        pages.push(page.body.length);
      expect(pages).toEqual([1, 1, 1, 1]);
      const short = await listed(club, `${WINDOW}&max_attendees=1`);
      expect(
        short.map((event) => 'attendees' in event && [event.attendees.length, event.attendees_omitted]),
      ).toEqual([
        [1, 0],
        [1, 1],
      ]);
      await ann.client.patch(`/events/${single.id}`, { status: 'cancelled' });
      expect(await listed(club)).toHaveLength(1);
      expect(await listed(club, `${WINDOW}&show_cancelled=true`)).toHaveLength(2);
      await ann.client.patch(`/events/${single.id}`, { status: 'confirmed' });
      expect((await ann.client.send('GET', `/calendars/${club}/events?from=x`)).status).toBe(400);
    });

    test('with a 304 until the event moves', async () => {
      const path = `/calendars/${club}/events?${WINDOW}`;
      const tag = (await ann.client.get(path)).headers.get('etag') ?? '';
      const again = async () =>
        (await ann.client.send('GET', path, undefined, { 'if-none-match': tag })).status;
      expect(await again()).toBe(304);
      await ann.client.patch(`/users/me/events/${series.id}`, { calendar_id: annWork });
      expect(await again()).toBe(200);
      await ann.client.patch(`/users/me/events/${series.id}`, { calendar_id: club });
    });

    test('to another user, without the details of a private event', async () => {
      await ann.client.patch(`/events/${series.id}`, { visibility: 'private' });
      const seen = await listed(club, WINDOW, eve.client);
      expect(seen).toMatchObject([
        { redacted: true, occurrences: [{}, {}, {}] },
        { redacted: false, title: 'Single' },
      ]);
      expect(JSON.stringify(seen[0])).not.toMatch(/Series|"id"|calendar_id|original_start/);
      await ann.client.patch(`/events/${series.id}`, { visibility: 'public' });
    });

    test('in the calendar of the attendee with the status of the attendee', async () => {
      await bob.client.patch(`/users/me/events/${single.id}`, { calendar_id: bobWork });
      const seen = (await listed(bobWork, WINDOW, bob.client)).find(
        (event) => 'id' in event && event.id === single.id,
      );
      expect(seen).toMatchObject({
        calendar_id: bobWork,
        occurrences: [{ attendee_status: 'needs_action' }],
      });
      expect(await idsIn(club)).toContain(single.id);
    });
  });
});
