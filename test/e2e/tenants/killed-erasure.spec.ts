import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { ServiceProcesses } from '../../support/service/service-processes.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
/** Several steps of the erasure. */
const EVENTS = 1_000;

/** Two starts of the service, and some steps of the erasure, on a busy machine. */
const TIMEOUT_MS = 180_000;

describe('the erasure of a tenant', () => {
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

  async function start(): Promise<{ operator: Client; kill: () => Promise<unknown> }> {
    const environment = { DATABASE_URL: database.url, BOOTSTRAP_API_KEY: ROOT };
    const { client, service } = await processes.startListening(environment);
    return { operator: client.with(ROOT), kill: async () => service.end('SIGKILL') };
  }

  async function eventsOf(tenantId: number): Promise<number> {
    return (await query(database.url, `SELECT FROM events WHERE tenant_id = ${tenantId}`)).length;
  }

  /** Events of the tenant, whose deletion is slow, so that a kill meets the erasure on its way. */
  async function createEvents(tenantId: number, organizerId: number): Promise<void> {
    await query(
      database.url,
      `INSERT INTO events (tenant_id, title, organizer_id, time_zone, start, duration, span)
       SELECT ${tenantId}, 'Secret ' || n, ${organizerId}, 'UTC', '2036-04-06T10:00:00', 3600,
              '[2036-04-06T10:00:00Z,2036-04-06T11:00:00Z)' FROM generate_series(1, ${EVENTS}) AS n;
       CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS
         $$ BEGIN PERFORM pg_sleep(0.003); RETURN OLD; END $$;
       CREATE TRIGGER slowly BEFORE DELETE ON events FOR EACH ROW EXECUTE FUNCTION slowly()`,
    );
  }

  test(
    'goes on in another process if a process is killed',
    async () => {
      const first = await start();
      const { body: tenant } = await first.operator.send('POST', '/tenants', { name: 'Gone' });
      const backend = first.operator.with(tenant.api_key.key);
      const { body: ann } = await backend.create('/users', { name: 'Ann', email: 'ann@example.com' });
      await createEvents(tenant.id, ann.id);
      expect((await first.operator.send('DELETE', `/tenants/${tenant.id}`)).status).toBe(204);
      await eventually(async () => (await eventsOf(tenant.id)) < EVENTS);
      await first.kill();
      expect(await eventsOf(tenant.id)).toBeGreaterThan(0);
      const second = await start();
      expect((await second.operator.send('GET', `/tenants/${tenant.id}`)).status).toBe(404);
      await eventually(async () => (await eventsOf(tenant.id)) === 0);
      const users = `SELECT FROM users WHERE tenant_id = ${tenant.id}`;
      await eventually(async () => (await query(database.url, users)).length === 0);
    },
    TIMEOUT_MS,
  );
});
