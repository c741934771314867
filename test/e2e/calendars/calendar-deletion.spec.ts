import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { EVENTS_PER_CALENDAR_STEP } from '../../../src/events/calendars/calendar-erasure.js';
import { Client } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { createUsers } from '../../support/client/users.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';

const START = '2036-04-07T10:00:00Z';
const WINDOW = 'from=2036-04-01T00:00:00Z&to=2036-05-01T00:00:00Z';

/** Two starts of the service, and some steps of the deletion, on a busy machine. */
const TIMEOUT_MS = 180_000;

describe('the deletion of a calendar', () => {
  let application: TestApplication;
  let client: Client;
  let ann: number;
  let bob: number;
  let primary: number;

  beforeAll(async () => {
    application = await startTestApplication();
    client = new Client(application.url);
    [ann, bob] = await createUsers(client, 2);
    primary = (await client.get(`/users/${ann}/calendars`)).body[0].id;
  });
  afterAll(async () => application.close());

  const addCalendar = async () => (await client.create(`/users/${ann}/calendars`, { name: 'Gone' })).body.id;

  async function create(fields: Partial<NewEvent>) {
    const { body } = await client.create('/events', {
      title: 'Planning',
      organizer_user_id: ann,
      start_date: START,
      duration: 3600,
      ...fields,
    });
    return body;
  }

  /** An event of the user in the calendar, and one of another user that the user attends in it. */
  async function fill(calendar_id: number) {
    const organized = await create({ calendar_id, invited_user_ids: [bob] });
    const attended = await create({ organizer_user_id: bob, invited_user_ids: [ann] });
    await client.patch(`/users/${ann}/events/${attended.id}`, { calendar_id });
    return { organized, attended };
  }

  const idsIn = async (calendarId: number) =>
    (await client.get(`/calendars/${calendarId}/events?${WINDOW}`)).body.map(
      (event) => 'id' in event && event.id,
    );

  test('with `move` puts all its events into the primary calendar', async () => {
    const id = await addCalendar();
    const { organized, attended } = await fill(id);
    expect((await client.delete(`/calendars/${id}?events=move`)).status).toBe(204);
    expect((await client.get(`/calendars/${id}`)).status).toBe(404);
    expect((await client.get(`/calendars/${id}/events?${WINDOW}`)).status).toBe(404);
    expect(await idsIn(primary)).toEqual(expect.arrayContaining([organized.id, attended.id]));
    expect((await client.get(`/events/${organized.id}`)).body).toMatchObject({
      calendar_id: primary,
      version: 2,
    });
    expect((await client.delete(`/calendars/${id}?events=move`)).status).toBe(404);
  });

  test('with `delete` ends the events of the user for everybody, and moves the others', async () => {
    const id = await addCalendar();
    const { organized, attended } = await fill(id);
    expect((await client.delete(`/calendars/${id}?events=delete`)).status).toBe(204);
    expect((await client.get(`/events/${organized.id}`)).status).toBe(404);
    expect((await client.get(`/event-invites/${organized.attendees[1].invite_id}`)).status).toBe(404);
    const ofBob = (await client.get(`/users/${bob}/events?${WINDOW}`)).body.map(
      (event) => 'id' in event && event.id,
    );
    expect(ofBob).not.toContain(organized.id);
    expect(ofBob).toContain(attended.id);
    expect(await idsIn(primary)).toContain(attended.id);
    const rows = await query(application.database.url, `SELECT FROM calendars WHERE id = ${id}`);
    expect(rows).toEqual([]);
  });

  test.each<[string, (id: number, eventId: number) => Promise<unknown>]>([
    ['the deletion of its calendar', async (id) => client.delete(`/calendars/${id}?events=delete`)],
    ['its own deletion', async (_, eventId) => client.delete(`/events/${eventId}`)],
  ])('ends a series by %s, with its room, guest, overrides and answers', async (_, end) => {
    const room = await new Rooms(client).room();
    const id = await addCalendar();
    const event = await create({
      title: 'Endangered',
      calendar_id: id,
      invited_user_ids: [bob],
      invited_room_ids: [room],
      invited: [{ email: `guest-of-${id}@example.net` }],
      repeat: { frequency: 'daily', count: 3 },
    });
    const second = '2036-04-08T10:00:00Z';
    await client.patch(`/events/${event.id}/occurrences/${second}`, { start_date: '2036-04-08T12:00:00Z' });
    await client.post(`/event-invites/${event.attendees[1].invite_id}:accept`, { original_start: START });
    const lists = [`/users/${bob}/events?${WINDOW}`, `/users/${room}/events?${WINDOW}`];
    const tags = await Promise.all(
      lists.map(async (path) => (await client.get(path)).headers.get('etag') ?? ''),
    );
    await end(id, event.id);
    for (const [index, path] of lists.entries()) {
      const again = await client.send('GET', path, undefined, { 'if-none-match': tags[index] });
      expect(again.status).toBe(200);
      expect(JSON.stringify(again.body)).not.toContain('Endangered');
    }
    const { body: time } = await client.get(`/free-busy?user_ids=${room}&${WINDOW}`);
    expect(time[0].busy).toEqual([]);
    expect((await client.get('/events?q=endangered&show_cancelled=true')).body).toEqual([]);
    for (const { invite_id } of event.attendees.slice(1))
      expect((await client.get(`/event-invites/${invite_id as number}`)).status).toBe(404);
    for (const table of [
      'attendees',
      'guests',
      'occurrence_overrides',
      'occurrence_answers',
      'event_texts',
    ]) {
      const rows = await query(application.database.url, `SELECT FROM ${table} WHERE event_id = ${event.id}`);
      expect([table, rows]).toEqual([table, []]);
    }
    await create({ invited_room_ids: [room] });
  });

  test('leaves no reminder of an event that it ends', async () => {
    await client.patch(`/users/${bob}`, { default_reminders: [{ minutes_before: 5 }] });
    const id = await addCalendar();
    const { organized } = await fill(id);
    const pending = async () =>
      query(application.database.url, `SELECT FROM pending_reminders WHERE event_id = ${organized.id}`);
    expect(await pending()).toHaveLength(1);
    await client.delete(`/calendars/${id}?events=delete`);
    expect(await pending()).toEqual([]);
    await client.patch(`/users/${bob}`, { default_reminders: [] });
  });

  test.each(['', '?events=', '?events=keep'])('without a choice is refused: "%s"', async (search) => {
    const id = await addCalendar();
    const refused = await client.send('DELETE', `/calendars/${id}${search}`);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'events' }] } });
    expect((await client.get(`/calendars/${id}`)).status).toBe(200);
  });

  test.each(['delete', 'move'])('of the primary one is refused: %s', async (events) => {
    const { id } = await create({});
    const refused = await client.send('DELETE', `/calendars/${primary}?events=${events}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'primary_calendar']);
    expect(await idsIn(primary)).toContain(id);
  });

  test('takes no part of a calendar away from another one', async () => {
    const [id, other] = [await addCalendar(), await addCalendar()];
    const kept = await create({ calendar_id: other });
    await create({ calendar_id: id });
    await client.delete(`/calendars/${id}?events=delete`);
    expect(await idsIn(other)).toEqual([kept.id]);
  });

  test('refuses new events, and keeps those that are created beside it', async () => {
    const id = await addCalendar();
    const creations = Array.from({ length: 20 }, async () =>
      client.send('POST', '/events', {
        title: 'Beside',
        organizer_user_id: ann,
        start_date: START,
        duration: 60,
        calendar_id: id,
      }),
    );
    const [deleted, ...created] = await Promise.all([
      client.send('DELETE', `/calendars/${id}?events=move`),
      ...creations,
    ]);
    expect(deleted.status).toBe(204);
    expect(created.filter(({ status }) => status !== 201 && status !== 404)).toEqual([]);
    const ids = created.filter(({ status }) => status === 201).map(({ body }) => body.id);
    await eventually(
      async () =>
        (await query(application.database.url, `SELECT FROM calendars WHERE id = ${id}`)).length === 0,
    );
    const left = await Promise.all(
      ids.map(async (one) => (await client.get(`/events/${one}`)).body.calendar_id),
    );
    expect(left).toEqual(ids.map(() => primary));
    const late = await client.send('POST', '/events', {
      title: 'Late',
      organizer_user_id: ann,
      start_date: START,
      duration: 60,
      calendar_id: id,
    });
    expect([late.status, late.body.code]).toEqual([404, 'calendar_not_found']);
  });
});

describe('the deletion of a large calendar', () => {
  const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
  const EVENTS = 400;
  let database: TestDatabase;
  let processes: ServiceProcesses;

  beforeAll(async () => {
    database = await createTestDatabase();
    processes = await ServiceProcesses.create();
  });
  afterAll(async () => {
    await processes.remove();
    await database.drop();
  });

  async function start(): Promise<{ backend: Client; kill: () => Promise<unknown> }> {
    const environment = { DATABASE_URL: database.url, BOOTSTRAP_API_KEY: ROOT, AUTH_MODE: 'required' };
    const { client, service } = await processes.startListening(environment);
    return { backend: client.with(ROOT), kill: async () => service.end('SIGKILL') };
  }

  test(
    'goes on in another process if a process is killed',
    async () => {
      const first = await start();
      const { body: ann } = await first.backend.create('/users', { name: 'Ann', email: 'ann@example.com' });
      const { body: calendar } = await first.backend.create(`/users/${ann.id}/calendars`, { name: 'Large' });
      // Each deletion is slow, so that a kill meets the work on its way.
      await query(
        database.url,
        `WITH made AS (
           INSERT INTO events (title, organizer_id, time_zone, start, duration, span)
           SELECT 'Large ' || n, ${ann.id}, 'UTC', '2036-04-06T10:00:00', 3600,
                  '[2036-04-06T10:00:00Z,2036-04-06T11:00:00Z)' FROM generate_series(1, ${EVENTS}) AS n
           RETURNING id, span)
         INSERT INTO attendees (event_id, user_id, span, status, calendar_id)
         SELECT id, ${ann.id}, span, 'organizer', ${calendar.id} FROM made;
         CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
           $$ BEGIN PERFORM pg_sleep(0.003); RETURN OLD; END $$;
         CREATE TRIGGER slowly BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION slowly()`,
      );
      const left = async () => (await query(database.url, 'SELECT FROM events')).length;
      const deletion = first.backend
        .send('DELETE', `/calendars/${calendar.id}?events=delete`)
        .catch(() => null);
      await eventually(async () => (await left()) < EVENTS);
      await first.kill();
      await deletion;
      const rest = await left();
      expect(rest).toBeGreaterThan(0);
      // A step commits as a whole, or not at all.
      expect(rest % EVENTS_PER_CALENDAR_STEP).toBe(0);
      const second = await start();
      expect((await second.backend.send('GET', `/calendars/${calendar.id}`)).status).toBe(404);
      await eventually(async () => (await left()) === 0);
      await eventually(
        async () =>
          (await query(database.url, `SELECT FROM calendars WHERE id = ${calendar.id}`)).length === 0,
      );
    },
    TIMEOUT_MS,
  );
});
