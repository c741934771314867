import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
const EVENTS = 400;

/** Two starts of the service, and some steps of the deletion, on a busy machine. */
const TIMEOUT_MS = 180_000;

describe('the deletion of a user with many events', () => {
  let database: TestDatabase;
  let processes: ServiceProcesses;

  beforeEach(async () => {
    database = await createTestDatabase();
    processes = await ServiceProcesses.create();
  });
  afterEach(async () => {
    await processes.remove();
    await database.drop();
  });

  async function start(): Promise<{ backend: Client; kill: () => Promise<unknown> }> {
    const environment = { DATABASE_URL: database.url, BOOTSTRAP_API_KEY: ROOT, AUTH_MODE: 'required' };
    const { client, service } = await processes.startListening(environment);
    return { backend: client.with(ROOT), kill: async () => service.end('SIGKILL') };
  }

  const left = async (): Promise<number> =>
    (await query(database.url, `SELECT FROM events WHERE title LIKE 'Secret%' OR status <> 'cancelled'`))
      .length;

  /** Events of the organizer, each with a slow trigger, so that a kill meets the deletion on its way. */
  async function createEvents(organizerId: number): Promise<void> {
    await query(
      database.url,
      `WITH made AS (
         INSERT INTO events (title, organizer_id, time_zone, start, duration, span)
         SELECT 'Secret ' || n, ${organizerId}, 'UTC', '2036-04-06T10:00:00', 3600,
                '[2036-04-06T10:00:00Z,2036-04-06T11:00:00Z)' FROM generate_series(1, ${EVENTS}) AS n
         RETURNING id, span)
       INSERT INTO attendees (event_id, user_id, span, status) SELECT id, ${organizerId}, span, 'organizer' FROM made`,
    );
    await query(
      database.url,
      `CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_sleep(0.003); RETURN NEW; END $$;
       CREATE TRIGGER slowly BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION slowly()`,
    );
  }

  test(
    'goes on in another process if a process is killed',
    async () => {
      const first = await start();
      const { body: ann } = await first.backend.create('/users', { name: 'Ann', email: 'ann@example.com' });
      await createEvents(ann.id);
      const deletion = first.backend.send('DELETE', `/users/${ann.id}`).catch(() => null);
      await eventually(async () => (await left()) < EVENTS);
      await first.kill();
      await deletion;
      const rest = await left();
      expect(rest).toBeGreaterThan(0);
      // A step commits as a whole, or not at all.
      expect(rest % 100).toBe(0);
      const second = await start();
      expect((await second.backend.send('GET', `/users/${ann.id}`)).status).toBe(404);
      await eventually(async () => (await left()) === 0);
      const versions = await query(database.url, 'SELECT DISTINCT version FROM events');
      expect(versions).toEqual([{ version: 2 }]);
    },
    TIMEOUT_MS,
  );

  test(
    'is the work of two processes at the same time, each step once',
    async () => {
      const first = await start();
      const { body: ann } = await first.backend.create('/users', { name: 'Ann', email: 'ann@example.com' });
      const { body: ben } = await first.backend.create('/users', { name: 'Ben', email: 'ben@example.com' });
      await createEvents(ann.id);
      const deletion = first.backend.send('DELETE', `/users/${ann.id}`);
      await eventually(async () => (await left()) < EVENTS);
      await start();
      expect((await deletion).status).toBe(204);
      await eventually(async () => (await left()) === 0);
      expect(await query(database.url, 'SELECT DISTINCT version FROM events')).toEqual([{ version: 2 }]);
      expect((await first.backend.send('GET', `/users/${ben.id}`)).status).toBe(200);
    },
    TIMEOUT_MS,
  );
});
