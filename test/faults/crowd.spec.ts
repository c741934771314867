import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client as Connection } from 'pg';
import type { BookedEvent, NewEvent } from '../../clients/typescript/src/schema.js';
import { Client, type Refusal } from '../support/client/client.js';
import { createUsers } from '../support/client/users.js';
import { createTestDatabase, type TestDatabase } from '../support/database/database.js';
import { type Service, startService } from '../support/service/service.js';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour).join(',');

/** Counts the responses of each status and code. */
function counted(answers: readonly Refusal[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const key = status < 400 ? String(status) : `${status} ${body.code}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function invitesOf(event: BookedEvent): number[] {
  return event.attendees.flatMap(({ invite_id }) => invite_id ?? []);
}

describe('a crowd', () => {
  let database: TestDatabase;
  let services: Service[];
  let clients: Client[];
  let connection: Connection;

  beforeAll(async () => {
    database = await createTestDatabase();
    services = [
      await startService({ DATABASE_URL: database.url }),
      await startService({ DATABASE_URL: database.url }),
    ];
    clients = services.map(({ url }) => new Client(url));
    connection = new Connection({ connectionString: database.url });
    await connection.connect();
  });
  afterAll(async () => {
    for (const service of services) await service.process.end('SIGKILL');
    await connection.end();
    await database.drop();
  });

  async function newEvent(organizer: number, invited: readonly number[], fields: Partial<NewEvent> = {}) {
    const { body } = await clients[0].create('/events', {
      title: 'Assembly',
      start_date: '2026-01-05T09:00:00Z',
      duration: 3600,
      organizer_user_id: organizer,
      invited_user_ids: [...invited],
      ...fields,
    });
    return body;
  }

  async function versionOf(eventId: number): Promise<number> {
    const { rows } = await connection.query('SELECT version FROM events WHERE id = $1', [eventId]);
    return rows[0].version;
  }

  async function answersOf(eventId: number): Promise<Record<string, number>> {
    const { rows } = await connection.query(
      'SELECT status, count(*)::integer AS count FROM attendees WHERE event_id = $1 GROUP BY status',
      [eventId],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  test.each([
    ['one instance', 1],
    ['two instances', 2],
  ])('of 200 answers one event at the same moment, at %s', async (_, instances) => {
    const [organizer, ...invited] = await createUsers(clients[0], 201);
    const event = await newEvent(organizer, invited);
    const before = await versionOf(event.id);
    const answers = await Promise.all(
      invitesOf(event).map(async (id, index) =>
        clients[index % instances].post(`/event-invites/${id}:${index % 2 === 0 ? 'accept' : 'decline'}`),
      ),
    );
    expect(counted(answers)).toEqual({ 200: 200 });
    expect(await versionOf(event.id)).toBe(before + 200);
    expect(await answersOf(event.id)).toEqual({ organizer: 1, accepted: 100, declined: 100 });
  });

  test('of 600 answers one event while it is renamed and read', async () => {
    const [organizer, ...invited] = await createUsers(clients[0], 601);
    const event = await newEvent(organizer, invited);
    const before = await versionOf(event.id);
    const other = await newEvent(organizer, [], { start_date: '2026-01-06T09:00:00Z' });
    const week = 'from=2026-01-05T00:00:00Z&to=2026-01-12T00:00:00Z';
    const [client] = clients;
    const answers = await Promise.all([
      ...invitesOf(event).map(async (id) => client.post(`/event-invites/${id}:accept`)),
      ...Array.from({ length: 10 }, async (_, index) =>
        client.patch(`/events/${event.id}`, { title: `Assembly ${index}` }),
      ),
      ...Array.from({ length: 10 }, async () => client.patch(`/events/${other.id}`, { location: 'Hall' })),
      ...invited.slice(0, 40).map(async (id) => client.get(`/users/${id}/events?${week}`)),
      ...invited.slice(0, 40).map(async (id) => client.get(`/free-busy?user_ids=${id}&${week}`)),
    ]);
    expect(counted(answers)).toEqual({ 200: 700 });
    expect(await versionOf(event.id)).toBe(before + 610);
    expect(await answersOf(event.id)).toEqual({ organizer: 1, accepted: 600 });
  });

  test('of 200 answers under keys of their own, each once', async () => {
    const [organizer, ...invited] = await createUsers(clients[0], 201);
    const event = await newEvent(organizer, invited);
    const before = await versionOf(event.id);
    const answers = await Promise.all(
      invitesOf(event).map(async (id) =>
        clients[0].send('POST', `/event-invites/${id}:accept`, undefined, {
          'idempotency-key': `answer-${id}`,
        }),
      ),
    );
    expect(counted(answers)).toEqual({ 200: 200 });
    expect(await versionOf(event.id)).toBe(before + 200);
  });

  /** A person with fifty series that fill every hour. */
  async function packedPerson(): Promise<number> {
    const [person] = await createUsers(clients[0], 1);
    for (let index = 0; index < 50; index += 1) {
      const start_date = `2026-01-05T00:${10 + (index % 50)}:00Z`;
      await newEvent(person, [], {
        start_date,
        duration: 60,
        repeat: { rrule: `FREQ=DAILY;BYHOUR=${HOURS}` },
      });
    }
    return person;
  }

  test.each([
    ['plainly', false],
    ['under keys', true],
  ])('of eight books in a packed calendar, %s, and no caller has to try again', async (_, keyed) => {
    const person = await packedPerson();
    const book = async (caller: number, round: number) => {
      // Minutes 0 to 7 of the hours are free, and only the first request for a minute gets it.
      const free = round % 2 === 0;
      const event = {
        title: 'One more',
        start_date: `2026-01-05T0${round}:0${free ? caller % 4 : 9}:00Z`,
        duration: free ? 60 : 3600,
        organizer_user_id: person,
        conflict_policy: 'reject',
        ...(!free && { repeat: { rrule: `FREQ=DAILY;BYHOUR=${HOURS}` } }),
      };
      const headers: Record<string, string> = keyed
        ? { 'idempotency-key': `book-${person}-${caller}-${round}` }
        : {};
      return clients[0].send('POST', '/events', event, headers);
    };
    const answers = await Promise.all(
      Array.from({ length: 8 }, async (__, caller) => {
        const own: Refusal[] = [];
        for (let round = 0; round < 6; round += 1) own.push(await book(caller, round));
        return own;
      }),
    );
    expect(counted(answers.flat())).toEqual({ 201: 12, '409 time_taken': 36 });
  });
});
