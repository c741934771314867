import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ErasedRowsRepository } from '../../../src/tenants/store/erased-rows.repository.js';
import { LoggedChanges } from '../../support/changes/logged-changes.js';
import { type Account, signUp } from '../../support/client/account.js';
import { DAILY, FIRST, SECOND } from '../../support/client/attendees.js';
import { Client } from '../../support/client/client.js';
import { Rooms } from '../../support/client/rooms.js';
import { addCalendar } from '../../support/client/sharing.js';
import { createUsers } from '../../support/client/users.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { inTenant } from '../../support/service/callers-context.js';
import { addKey, addPerson, addTenant } from '../../support/tenants/tenant.js';

const ONCE = { start_date: '2126-01-07T09:00:00Z', duration: 3_600 };

/** A series of Ann, to which Bob and a guest are invited. */
interface Series {
  readonly id: number;
  readonly bob: number;
  readonly guest: number;
}

describe('the log of changes', () => {
  let application: TestApplication;
  let logged: LoggedChanges;
  let backend: Client;
  let rooms: Rooms;
  let ann: Account;
  let bob: Account;
  let guests = 0;

  beforeAll(async () => {
    application = await startTestApplication({ REMINDER_DISPATCH: 'off' });
    logged = new LoggedChanges(application.database.url);
    backend = await addKey(application, 1);
    rooms = new Rooms(backend);
    const anyone = new Client(application.url);
    [ann, bob] = [await signUp(anyone, 'ann'), await signUp(anyone, 'bob')];
  });
  afterAll(async () => application.close());

  async function send(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    client = backend,
  ) {
    const response = await client.send(method, path, body);
    if (response.status >= 300) throw new Error(`${response.status} ${JSON.stringify(response.body)}`);
    return response.body as unknown as { id: number; attendees: { invite_id: number }[] };
  }

  async function create(fields: object = {}) {
    return send('POST', '/events', { title: 'Planning', organizer_user_id: ann.id, ...ONCE, ...fields });
  }

  async function series(): Promise<Series> {
    guests += 1;
    const fields = { invited_user_ids: [bob.id], invited: [{ email: `guest${guests}@example.net` }] };
    const { id, attendees } = await create({ ...DAILY, ...fields });
    return { id, bob: attendees[1].invite_id, guest: attendees[2].invite_id };
  }

  async function sql(statement: string): Promise<void> {
    await query(application.database.url, statement);
  }

  async function kindsOf(work: () => Promise<unknown>): Promise<string[]> {
    return (await logged.of(work)).map(({ kind }) => kind);
  }

  describe('has a row of each', () => {
    test.each<[string, readonly string[], () => Promise<unknown>]>([
      ['creation', ['created'], async () => create()],
      [
        'event of a batch',
        ['created', 'created'],
        async () =>
          send('POST', '/events:batch-create', {
            requests: [ONCE, ONCE].map((time) =>
              Object.assign({ title: 'Both', organizer_user_id: ann.id }, time),
            ),
          }),
      ],
      [
        'creation and each change by PUT',
        ['created', 'updated'],
        async () => {
          for (const title of ['One', 'Two'])
            await send('PUT', '/events/by-external-id/once', { title, organizer_user_id: ann.id, ...ONCE });
        },
      ],
    ])('%s', async (_, expected, work) => {
      expect(await kindsOf(work)).toEqual(expected);
    });

    test.each<[string, (event: Series) => Promise<unknown>, (readonly string[])?]>([
      ['patch', async ({ id }) => send('PATCH', `/events/${id}`, { title: 'Other' })],
      ['deletion', async ({ id }) => send('DELETE', `/events/${id}`), ['deleted']],
      [
        'change of an occurrence',
        async ({ id }) => send('PATCH', `/events/${id}/occurrences/${SECOND}`, { title: 'Once' }),
      ],
      ['deletion of an occurrence', async ({ id }) => send('DELETE', `/events/${id}/occurrences/${SECOND}`)],
      [
        'part of a split series',
        async ({ id }) =>
          send('PATCH', `/events/${id}/occurrences/${SECOND}?scope=following`, { title: 'Later' }),
        ['created', 'updated'],
      ],
      [
        'cut of a series',
        async ({ id }) => send('DELETE', `/events/${id}/occurrences/${SECOND}?scope=following`),
      ],
      [
        'deletion by its first occurrence',
        async ({ id }) => send('DELETE', `/events/${id}/occurrences/${FIRST}?scope=following`),
        ['deleted'],
      ],
      ['answer', async (event) => send('POST', `/event-invites/${event.bob}:accept`)],
      [
        'answer to an occurrence',
        async (event) => send('POST', `/event-invites/${event.bob}:accept`, { original_start: SECOND }),
      ],
      ['answer for a guest', async (event) => send('POST', `/event-invites/${event.guest}:accept`)],
      [
        'answer for a guest to an occurrence',
        async (event) => send('POST', `/event-invites/${event.guest}:decline`, { original_start: SECOND }),
      ],
      [
        'added attendee',
        async ({ id }) => send('POST', `/events/${id}/attendees`, { email: 'new@example.net' }),
      ],
      ['removed attendee', async ({ id }) => send('DELETE', `/events/${id}/attendees/${bob.id}`)],
      ['removed invite', async (event) => send('DELETE', `/event-invites/${event.guest}`)],
      [
        'move to another calendar',
        async ({ id }) =>
          send('PATCH', `/users/${ann.id}/events/${id}`, { calendar_id: await addCalendar(ann, 'Work') }),
      ],
      [
        'answer, and then the other organizer',
        async (event) => {
          await send('POST', `/event-invites/${event.bob}:accept`);
          await send('PATCH', `/events/${event.id}`, { organizer_user_id: bob.id });
        },
        ['updated', 'updated'],
      ],
    ])('%s', async (_, change, expected = ['updated']) => {
      const event = await series();
      const rows = await logged.of(async () => change(event));
      expect(rows.map(({ kind }) => kind)).toEqual(expected);
      expect(rows.map(({ eventId }) => eventId)).toContain(event.id);
    });

    test('event of a batch of changes, or of deletions', async () => {
      const ids = [(await series()).id, (await series()).id];
      const requests = [...ids.map((id) => ({ id, title: 'Both' })), { id: ids[0], location: 'Room 5' }];
      expect(await kindsOf(async () => send('POST', '/events:batch-update', { requests }))).toEqual([
        'updated',
        'updated',
      ]);
      expect(await kindsOf(async () => send('POST', '/events:batch-delete', { ids }))).toEqual([
        'deleted',
        'deleted',
      ]);
    });

    test('change with the answers of rooms to it', async () => {
      const room = await rooms.room({ auto_accept: true });
      const rows = await logged.of(async () => {
        const { id } = await create({ invited_room_ids: [room] });
        await send('PATCH', `/events/${id}`, { start_date: '2126-01-08T09:00:00Z' });
      });
      expect(rows.map(({ kind }) => kind)).toEqual(['created', 'updated']);
    });

    test('event of a deleted calendar', async () => {
      const calendar = await addCalendar(ann, 'Gone');
      const events = [await create({ calendar_id: calendar }), await create({ calendar_id: calendar })];
      const isInCalendar = `SELECT FROM attendees WHERE calendar_id = ${calendar}`;
      const rows = await logged.of(async () => {
        await send('DELETE', `/calendars/${calendar}?events=move`, undefined, ann.client);
        await eventually(async () => (await query(application.database.url, isInCalendar)).length === 0);
      });
      expect(rows.map(({ eventId }) => eventId).toSorted((a, b) => a - b)).toEqual(
        events.map(({ id }) => id),
      );
      expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(['updated']));
    });

    test('event of a deleted user', async () => {
      const [gone] = await createUsers(backend, 1);
      const own = await create({ organizer_user_id: gone });
      const other = await create({ invited_user_ids: [gone] });
      const rows = await logged.of(async () => {
        await send('DELETE', `/users/${gone}`);
        const left = `SELECT FROM events e JOIN attendees a ON a.event_id = e.id
                       WHERE a.user_id = ${gone} AND e.status <> 'cancelled'`;
        await eventually(async () => (await query(application.database.url, left)).length === 0);
      });
      expect(rows.map(({ eventId, kind }) => [eventId, kind])).toEqual([
        [own.id, 'updated'],
        [other.id, 'updated'],
      ]);
    });

    test('event with a guest who becomes a user', async () => {
      const { id } = await create({ invited: [{ email: 'becomes@example.net' }] });
      const rows = await logged.of(async () =>
        backend.create('/users', { name: 'Zoe', email: 'becomes@example.net' }),
      );
      expect(rows).toMatchObject([{ eventId: id, kind: 'updated' }]);
    });
  });

  test('has the statements of another version, without an author', async () => {
    const { id, bob: invite } = await series();
    const statements = [
      `UPDATE events SET title = 'By hand', version = version + 1 WHERE id = ${id}`,
      `UPDATE attendees SET status = 'accepted' WHERE invite_id = ${invite}`,
      `INSERT INTO occurrence_overrides (event_id, original_start, cancelled) VALUES (${id}, '2126-01-08T09:00:00', true)`,
      `INSERT INTO occurrence_answers (event_id, user_id, original_start, status)
       VALUES (${id}, ${bob.id}, '2126-01-09T09:00:00', 'declined')`,
      `DELETE FROM occurrence_overrides WHERE event_id = ${id}`,
      `DELETE FROM attendees WHERE event_id = ${id} AND user_id = ${bob.id}`,
      `DELETE FROM events WHERE id = ${id}`,
    ];
    const rows = await logged.of(async () => {
      for (const statement of statements) await sql(statement);
    });
    expect(rows).toMatchObject(
      statements.map((_, index) => ({
        eventId: id,
        kind: index === statements.length - 1 ? 'deleted' : 'updated',
        userId: null,
        byKey: false,
      })),
    );
  });

  test('has nothing of a statement that changes nothing', async () => {
    const { id } = await series();
    const nothing = [
      `UPDATE events SET title = title WHERE id = ${id}`,
      `UPDATE attendees SET status = status WHERE event_id = ${id}`,
      `DELETE FROM attendees WHERE event_id = ${id} AND user_id = 0`,
    ];
    expect(await kindsOf(async () => Promise.all(nothing.map(sql)))).toEqual([]);
  });

  test('has nothing of a transaction that is rolled back, or of an event that it created and deleted', async () => {
    const { id } = await series();
    const refused = await logged.of(async () => {
      const requests = [
        { id, title: 'Both' },
        { id: 2_000_000_000, title: 'Both' },
      ];
      expect((await backend.send('POST', '/events:batch-update', { requests })).status).toBe(404);
      await sql(`BEGIN; UPDATE events SET title = 'X', version = version + 1 WHERE id = ${id}; ROLLBACK`);
      await sql(`BEGIN;
        INSERT INTO events (title, organizer_id, time_zone, start, duration, span)
        VALUES ('Unborn', ${ann.id}, 'UTC', '2036-04-06T10:00:00', 3600, '[2036-04-06T10:00:00Z,2036-04-06T11:00:00Z)');
        DELETE FROM events WHERE title = 'Unborn';
        COMMIT`);
    });
    expect(refused).toEqual([]);
    const unborn = `SELECT FROM event_previous_rows WHERE previous ->> 'title' = 'Unborn'`;
    expect(await query(application.database.url, unborn)).toEqual([]);
  });

  test.each([
    ['a user', () => ann.client, { userId: true, byKey: false }],
    ['a key', () => backend, { userId: false, byKey: true }],
    ['a key as a user', () => backend.as(ann.id), { userId: true, byKey: true }],
    [
      'a user, with an idempotency key',
      () => ann.client.withHeaders({ 'idempotency-key': 'of-the-author' }),
      { userId: true, byKey: false },
    ],
  ])('names %s as the author', async (_, client, { userId, byKey }) => {
    const rows = await logged.of(async () =>
      send('POST', '/events', { title: 'Planning', organizer_user_id: ann.id, ...ONCE }, client()),
    );
    expect(rows).toMatchObject([{ kind: 'created', userId: userId ? ann.id : null, byKey }]);
  });

  test('gets as many rows from an answer to 500 attendees as from one to 5', async () => {
    const users = await createUsers(backend, 500);
    const rowsWith = async (attendees: number) => {
      const { attendees: invited } = await create({ ...DAILY, invited_user_ids: users.slice(0, attendees) });
      const answers = [{}, { original_start: SECOND }];
      const rows = await logged.of(async () => {
        for (const body of answers) await send('POST', `/event-invites/${invited[1].invite_id}:accept`, body);
      });
      return rows.map(({ rows: count }) => count);
    };
    expect(await rowsWith(5)).toEqual([1, 1]);
    expect(await rowsWith(500)).toEqual([1, 1]);
  });

  test('gets no row from the erasure of a tenant, and loses the rows of it', async () => {
    const { id: tenantId, backend: other } = await addTenant(application, 'gone');
    const { id: organizer } = await addPerson(other);
    const { id: attendee } = await addPerson(other);
    await send(
      'POST',
      '/events',
      { title: 'A', organizer_user_id: organizer, invited_user_ids: [attendee], ...ONCE },
      other,
    );
    const { app, database } = application;
    const rowsOf = async (table: string) =>
      (await query(database.url, `SELECT FROM ${table} WHERE tenant_id = ${tenantId}`)).length;
    const repository = app.get(ErasedRowsRepository, { strict: false });
    expect(await rowsOf('event_changes')).toBe(1);
    await inTenant(app, async () => repository.removeFrom('events', tenantId, 200), tenantId);
    expect(
      await Promise.all(['events', 'attendees', 'event_changes', 'event_previous_rows'].map(rowsOf)),
    ).toEqual([0, 0, 1, 0]);
    expect(repository.tables()).toEqual(
      expect.arrayContaining(['event_changes', 'event_previous_rows', 'grant_changes']),
    );
  });
});
