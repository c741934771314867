import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewEvent } from '../../../clients/typescript/src/schema.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';
import { addKey } from '../../support/tenants/tenant.js';

const CREATE = 'create_events';
const CREATE_AND_READ_CHANGES = 'create_events_read_changes';
const CREATE_AND_READ_CONFLICTS = 'create_events_read_conflicts';
const CONFLICTS = 'events_behind_conflicts';
const VERSIONS = 'versions_of_calendars';
const CHANGED = 'changed_calendars_for_cache';
const LOAD = 'calendars_for_cache';

describe('the statements of a creation', () => {
  let application: TestApplication;
  let other: TestApplication;
  let client: Client;
  let key: Client;
  let sent: SentStatements;
  let users: number[];
  let day = 0;

  beforeAll(async () => {
    application = await startTestApplication();
    other = await startTestApplication({}, undefined, undefined, application.database);
    client = new Client(application.url);
    key = await addKey(application, 1);
    sent = new SentStatements(application);
  });
  afterAll(async () => {
    await other.close();
    await application.close();
  });

  beforeEach(async () => {
    users = await createUsers(client, 3);
    day += 1;
    // The process reads the calendars.
    await create({});
    sent.take();
  });

  function eventAt(hour: number, fields: Partial<NewEvent> = {}): NewEvent {
    const start = new Date(Date.UTC(2126, 0, 1, hour) + day * 86_400_000).toISOString();
    const [organizer, ...invited] = users;
    return {
      title: 'Planning',
      organizer_user_id: organizer,
      invited_user_ids: invited,
      start_date: start,
      duration: 3_600,
      ...fields,
    };
  }

  async function create(fields: Partial<NewEvent>, by = client, hour = 1) {
    const { status, body } = await by.post('/events', eventAt(hour, fields));
    expect(status).toBe(201);
    return body;
  }

  test('is one', async () => {
    await create({}, client, 2);
    expect(sent.take()).toEqual([CREATE]);
  });

  test('is one for a series within the months that are in memory', async () => {
    await create({ repeat: { frequency: 'daily', count: 2 } }, client, 2);
    expect(sent.take()).toEqual([CREATE]);
  });

  test('are three if another instance has changed a calendar', async () => {
    const there = new Client(other.url);
    await create({}, there, 2);
    const { conflicts } = await create({ conflict_policy: 'allow', title: 'Later' }, client, 2);
    expect(conflicts).toHaveLength(3);
    expect(sent.take().slice(0, 4)).toEqual([CREATE, VERSIONS, CHANGED, CREATE_AND_READ_CONFLICTS]);
  });

  test('read the calendars where the process does not know them', async () => {
    users = await createUsers(client, 2);
    sent.take();
    await create({}, client, 2);
    expect(sent.take()).toEqual([VERSIONS, LOAD, VERSIONS, LOAD, CREATE]);
  });

  test('is one if the creator sees conflicts', async () => {
    await create({}, client, 2);
    // The process reads the access of callers without a token.
    await create({}, client, 2);
    sent.take();
    for (const [count, by] of [client, key].entries()) {
      const { conflicts } = await create({}, by, 2);
      expect(conflicts.map(({ events }) => events.length)).toEqual([2 + count, 2 + count, 2 + count]);
      expect(sent.take()).toEqual([CREATE_AND_READ_CHANGES]);
    }
  });

  test('are two if another instance has renamed the event behind a conflict', async () => {
    const { id } = await create({}, client, 2);
    await create({}, client, 2);
    sent.take();
    expect((await new Client(other.url).patch(`/events/${id}`, { title: 'Renamed' })).status).toBe(200);
    const { conflicts } = await create({}, client, 2);
    const titles = conflicts.map(({ events }) => events.map(({ title }) => title));
    expect(titles).toEqual(Array.from(users, () => ['Renamed', 'Planning']));
    expect(sent.take()).toEqual([CREATE_AND_READ_CHANGES, CONFLICTS]);
  });

  test.each<[string, Partial<NewEvent>]>([
    ['a guest', { invited: [{ email: 'guest@example.com' }] }],
    ['an external id', { external_id: 'one' }],
  ])('are those of a transaction with %s', async (_, fields) => {
    if (fields.external_id) await create(fields, key, 2);
    else await create(fields, client, 2);
    expect(sent.take()).not.toContain(CREATE);
  });

  test('are those of a transaction if the booking is refused', async () => {
    const { status } = await client.post('/events', eventAt(1, { conflict_policy: 'reject' }));
    expect(status).toBe(409);
    expect(sent.take()).not.toContain(CREATE);
  });

  test('are two for a user who invites others, since the invitations of a person are limited', async () => {
    await create({}, key.as(users[0]), 2);
    const [, ...statements] = sent.take();
    expect(statements).toEqual([expect.stringContaining('FROM attendees organizer'), CREATE]);
  });

  test('are fewer than the creations that come at the same time', async () => {
    const bodies = await Promise.all(
      [2, 3, 4, 5, 6, 7, 8, 9].map(async (hour) =>
        create({ title: `At ${hour}`, invited_user_ids: users.slice(1, 1 + (hour % 3)) }, client, hour),
      ),
    );
    const statements = sent.take();
    expect(new Set(statements)).toEqual(new Set([CREATE]));
    expect(statements.length).toBeLessThan(bodies.length);
    for (const { conflicts, conflicts_checked_until: _, ...body } of bodies) {
      expect(conflicts).toEqual([]);
      expect((await client.get(`/events/${body.id}`)).body).toEqual(body);
    }
  });

  test('let each creation see those before it, if all take the same time', async () => {
    const bodies = await Promise.all([1, 2, 3, 4, 5].map(async () => create({}, client, 2)));
    const seen = bodies.map(({ conflicts }) => conflicts.map(({ events }) => events.length).join());
    expect(new Set(seen)).toEqual(new Set(['', '1,1,1', '2,2,2', '3,3,3', '4,4,4']));
  });

  test('are one for each if PostgreSQL refuses one of the creations', async () => {
    await query(
      application.database.url,
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN RAISE check_violation USING MESSAGE = 'refused'; END $$;
       CREATE TRIGGER refused BEFORE INSERT ON events FOR EACH ROW WHEN (NEW.title = 'Refused')
         EXECUTE FUNCTION refuse()`,
    );
    const titles = ['One', 'Two', 'Refused', 'Three', 'Four'];
    const responses = await Promise.all(
      titles.map(async (title, index) => client.post('/events', eventAt(2 + index, { title }))),
    );
    await query(application.database.url, 'DROP TRIGGER refused ON events');
    expect(responses.map(({ status }) => status)).toEqual([201, 201, 500, 201, 201]);
  });

  test('name the author in the log', async () => {
    const { id } = await create({}, key, 2);
    const { id: solo } = await create({ invited_user_ids: [] }, key.as(users[0]), 3);
    expect(sent.take()).toContain(CREATE);
    const rows = await query<{ user: number | null; key: boolean }>(
      application.database.url,
      `SELECT user_id AS user, api_key_id IS NOT NULL AS key FROM event_changes
        WHERE event_id IN (${id}, ${solo}) ORDER BY sequence`,
    );
    expect(rows).toEqual([
      { user: null, key: true },
      { user: users[0], key: true },
    ]);
  });
});
