import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { HOUR, MINUTE } from '../../../src/calendar/time/civil-time.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { printedSeed } from '../../support/core/seed.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { SentStatements } from '../../support/service/sent-statements.js';

const START = Date.UTC(2126, 0, 7, 8);
const CALLERS = 8;
const BOOKINGS_OF_CALLER = 30;

/** Times of the shared calendars that may be booked: ten hours, in parts of half an hour. */
const PARTS = 20;

/** A booking of some of the shared users. */
interface Booking {
  readonly part: number;
  readonly parts: number;
  /** Each bit decides about one of the shared users. */
  readonly users: number;
  /** Numbers from which the caller picks the instance and the path. */
  readonly way: number;
  readonly change: number;
}

const BOOKING: fc.Arbitrary<Booking> = fc.record({
  part: fc.nat(PARTS - 1),
  parts: fc.integer({ min: 1, max: 2 }),
  users: fc.integer({ min: 1, max: 7 }),
  way: fc.nat(7),
  change: fc.nat(9),
});

/** Pairs of confirmed events that take the same time of a user. */
const OVERLAPS = `
  SELECT a.event_id, b.event_id AS other, a.user_id
    FROM attendees a
    JOIN attendees b ON b.tenant_id = a.tenant_id AND b.user_id = a.user_id AND b.event_id > a.event_id AND a.span && b.span
    JOIN events e ON e.tenant_id = a.tenant_id AND e.id = a.event_id
    JOIN events f ON f.tenant_id = b.tenant_id AND f.id = b.event_id
   WHERE a.status <> 'declined' AND b.status <> 'declined' AND e.status = 'confirmed' AND f.status = 'confirmed'`;

describe('eight callers of two instances who book the same calendars', () => {
  let applications: TestApplication[];
  let statements: SentStatements[];
  let clients: Client[];

  beforeAll(async () => {
    const first = await startTestApplication();
    const second = await startTestApplication({}, undefined, undefined, first.database);
    applications = [first, second];
    clients = applications.map(({ url }) => new Client(url));
    statements = applications.map((application) => new SentStatements(application));
  });
  afterAll(async () => {
    for (const application of applications.toReversed()) await application.close();
  });

  async function overlaps(): Promise<object[]> {
    return query(applications[0].database.url, OVERLAPS);
  }

  /** Each caller books with an organizer of its own, one booking after the other. */
  async function race(
    name: string,
    shared: readonly number[],
    after: (booking: Booking, id: number, client: Client) => Promise<unknown> = async () => undefined,
  ): Promise<Refused[]> {
    const organizers = await createUsers(clients[0], CALLERS);
    const seed = printedSeed(name);
    const bookings = fc.sample(BOOKING, { seed, numRuns: CALLERS * BOOKINGS_OF_CALLER });
    const refused: Refused[] = [];
    await Promise.all(
      organizers.map(async (organizer, caller) => {
        for (let index = caller; index < bookings.length; index += CALLERS) {
          const booking = bookings[index];
          const client = clients[booking.way % 2];
          const start = START + booking.part * 30 * MINUTE;
          const invited = shared.filter((_, place) => (booking.users >> place) % 2 === 1);
          const body = {
            title: `Booking ${index}`,
            organizer_user_id: organizer,
            invited_user_ids: invited,
            start_date: new Date(start).toISOString(),
            duration: (booking.parts * HOUR) / 2_000,
            conflict_policy: 'reject',
          };
          // A key makes the request a transaction of several statements.
          const key: Readonly<Record<string, string>> =
            booking.way < 2 ? { 'idempotency-key': randomUUID() } : {};
          const response = await client.send('POST', '/events', body, key);
          expect([201, 409]).toContain(response.status);
          if (response.status === 409)
            refused.push({ users: [...invited, organizer], start, end: start + body.duration * 1_000 });
          else await after(booking, (response.body as { id: number }).id, client);
        }
      }),
    );
    return refused;
  }

  test('never take a time twice, and are refused only where it is taken', async () => {
    const shared = await createUsers(clients[0], 3);
    for (const each of statements) each.take();
    const refused = await race('bookings', shared);
    expect(await overlaps()).toEqual([]);
    // No event was moved or deleted, so the event that refused a booking is still there.
    expect(refused.length).toBeGreaterThan(CALLERS);
    for (const { users, start, end } of refused) {
      const [{ count }] = await query<{ count: number }>(
        applications[0].database.url,
        `SELECT count(*)::integer AS count FROM attendees
          WHERE user_id IN (${users.join()}) AND span && tstzrange(to_timestamp(${start / 1_000}), to_timestamp(${end / 1_000}))`,
      );
      expect({ users, start, end, isTaken: count > 0 }).toEqual({ users, start, end, isTaken: true });
    }
    for (const each of statements) expect(each.take()).toContain('create_events');
  }, 120_000);

  test('never take a time twice while events move and users decline', async () => {
    const shared = await createUsers(clients[0], 3);
    await race('bookings beside changes', shared, async ({ change, part }, id, client) => {
      const other = clients.find((each) => each !== client) ?? client;
      const moved = new Date(START + ((part + 7) % PARTS) * 30 * MINUTE).toISOString();
      if (change < 3)
        await other.send('PATCH', `/events/${id}`, { start_date: moved, conflict_policy: 'reject' });
      else if (change < 5) {
        const { body } = await other.get(`/events/${id}`);
        const { attendees } = body as unknown as { attendees: { invite_id: number | null }[] };
        await other.send('POST', `/event-invites/${attendees.at(-1)?.invite_id}:decline`);
      } else if (change === 5) await client.send('DELETE', `/events/${id}`);
      else if (change === 6) await other.send('PATCH', `/events/${id}`, { status: 'cancelled' });
    });
    expect(await overlaps()).toEqual([]);
    // The caches have not missed a change: they answer as the database does.
    const path = `/free-busy?user_ids=${shared.join('&user_ids=')}&from=2126-01-01T00:00:00Z&to=2126-02-01T00:00:00Z`;
    const found = await Promise.all(clients.map(async (client) => client.send('GET', path)));
    const plain = await startTestApplication(
      { CALENDAR_CACHE_MB: '0' },
      undefined,
      undefined,
      applications[0].database,
    );
    const expected = await new Client(plain.url).send('GET', path);
    await plain.close();
    for (const { body } of found) expect(body).toEqual(expected.body);
  }, 120_000);
});

/** A booking that was refused. */
interface Refused {
  readonly users: readonly number[];
  readonly start: number;
  readonly end: number;
}
