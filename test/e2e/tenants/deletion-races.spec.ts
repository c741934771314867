import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';
import { addPerson, rowsOf, SERIES, type TestTenant } from '../../support/tenants/tenant.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');

/** Seconds from a deletion to its last step, and a second more. */
const GRACE = 61;

/** Loops of requests on each of the two instances. */
const LOOPS = 5;

/** Statuses of requests that meet a deletion. */
const ALLOWED = new Set([200, 201, 204, 400, 401, 403, 404, 409, 412]);

type Write = (client: Client, n: number) => Promise<{ readonly status: number; readonly body: unknown }>;

describe('requests of two instances', () => {
  const clock = new TestClock();
  let first: TestApplication;
  let second: TestApplication;
  let operator: Client;

  beforeAll(async () => {
    first = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT, RATE_LIMIT: 'off' }, clock);
    second = await startTestApplication({ RATE_LIMIT: 'off' }, clock, undefined, first.database);
    operator = new Client(first.url).with(ROOT);
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  interface Raced extends TestTenant {
    readonly key: string;
  }

  async function newTenant(): Promise<Raced> {
    const { body } = await operator.send('POST', '/tenants', { name: 'Raced' });
    return { id: body.id, key: body.api_key.key, backend: new Client(first.url).with(body.api_key.key) };
  }

  /** Sends writes in loops on both instances while `remove` runs. @returns the responses that are not allowed */
  async function race(key: string, writes: readonly Write[], remove: () => Promise<unknown>) {
    const ending = new AbortController();
    const refused: unknown[] = [];
    const seen = new Map<number, number>();
    const loop = async (client: Client, at: number): Promise<void> => {
      for (let n = at; !ending.signal.aborted; n += LOOPS * 2) {
        const write = writes[n % writes.length];
        const { status, body } = await write(client, n);
        seen.set(status, (seen.get(status) ?? 0) + 1);
        if (!ALLOWED.has(status)) refused.push({ status, body });
      }
    };
    const clients = [first, second].map(({ url }) => new Client(url).with(key));
    const loops = clients.flatMap((client, side) =>
      Array.from({ length: LOOPS }, async (_, at) => loop(client, at * 2 + side)),
    );
    await eventually(async () => (seen.get(201) ?? 0) > LOOPS);
    await remove();
    ending.abort();
    await Promise.all(loops);
    return refused;
  }

  test('that write while their tenant is deleted never fail in the service, and leave no row', async () => {
    for (let round = 0; round < 3; round += 1) {
      const { id, key, backend } = await newTenant();
      const people = await Promise.all([addPerson(backend), addPerson(backend)]);
      const [ann, ben] = people.map((person) => person.id) as [number, number];
      const event = { ...SERIES, organizer_user_id: ann, invited_user_ids: [ben] };
      const { body: invited } = await backend.create('/events', event);
      const invite = invited.attendees[1]?.invite_id as number;
      const writes: readonly Write[] = [
        async (client, n) => client.send('PUT', `/events/by-external-id/race${n % 50}`, event),
        async (client) => client.send('POST', '/events', event),
        async (client, n) => client.send('POST', '/users', { name: 'x', email: `r${id}-${n}@example.com` }),
        async (client, n) =>
          client.send('PUT', `/users/by-external-id/u${n % 20}`, {
            name: `x${n}`,
            email: `p${id}-${n % 20}@example.com`,
          }),
        async (client, n) =>
          client.send('POST', `/event-invites/${invite}:${n % 2 ? 'accept' : 'decline'}`, undefined, {
            'act-as-user': String(ben),
          }),
        async (client, n) =>
          client.send('PATCH', `/users/${ben}`, {
            default_reminders: [{ minutes_before: n % 99, method: 'log' }],
          }),
        async (client) => client.send('POST', '/api-keys', { name: 'child', scopes: ['events.read'] }),
        async (client, n) => client.send('PATCH', `/events/${invited.id}`, { title: `Title ${n}` }),
      ];
      const refused = await race(key, writes, async () => {
        expect((await operator.send('DELETE', `/tenants/${id}`)).status).toBe(204);
        await eventually(
          async () =>
            (await query(first.database.url, `SELECT FROM events WHERE tenant_id = ${id} LIMIT 1`)).length ===
            0,
        );
      });
      expect(refused).toEqual([]);
      clock.advance(GRACE);
      await eventually(
        async () => (await query(first.database.url, `SELECT FROM tenants WHERE id = ${id}`)).length === 0,
      );
      expect(await rowsOf(first, id)).toEqual([]);
    }
  });

  test('that name a user who is deleted never fail in the service, and leave nobody in a record', async () => {
    const { id, key, backend } = await newTenant();
    const { id: ann } = await addPerson(backend);
    for (let round = 0; round < 3; round += 1) {
      const { id: ben } = await addPerson(backend);
      const event = { ...SERIES, organizer_user_id: ann, invited_user_ids: [ben] };
      const { body: invited } = await backend.create('/events', event);
      const invite = invited.attendees[1]?.invite_id as number;
      const asBen = { 'act-as-user': String(ben) };
      const writes: readonly Write[] = [
        async (client, n) => client.send('PUT', `/events/by-external-id/${round}-${n % 20}`, event),
        async (client) => client.send('POST', '/events', event),
        async (client) =>
          client.send('POST', '/events', { ...event, organizer_user_id: ben, invited_user_ids: [ann] }),
        async (client, n) =>
          client.send('POST', `/event-invites/${invite}:${n % 2 ? 'accept' : 'decline'}`, undefined, asBen),
        async (client, n) =>
          client.send('PATCH', `/users/${ben}`, {
            default_reminders: [{ minutes_before: n % 99, method: 'log' }],
          }),
        async (client, n) =>
          client.send('PUT', `/users/${ben}/events/${invited.id}/reminders`, {
            use_default: false,
            overrides: [{ minutes_before: n % 99, method: 'log' }],
          }),
        async (client) => client.send('POST', '/auth/token-exchange', { user_id: ben }),
      ];
      const refused = await race(key, writes, async () => {
        expect((await backend.send('DELETE', `/users/${ben}`)).status).toBe(204);
      });
      expect(refused).toEqual([]);
      clock.advance(GRACE);
      await eventually(async () => {
        const rows = await query(
          first.database.url,
          `SELECT FROM user_deletions WHERE tenant_id = ${id} AND user_id = ${ben}`,
        );
        return rows.length === 0;
      });
      const open = await query(
        first.database.url,
        `SELECT e.id FROM events e WHERE e.tenant_id = ${id} AND e.organizer_id = ${ben} AND e.status <> 'cancelled'`,
      );
      expect(open).toEqual([]);
    }
  });
});
