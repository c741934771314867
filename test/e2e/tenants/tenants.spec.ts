import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SCOPES } from '../../../src/access/scope.js';
import { Client } from '../../support/client/client.js';
import { eventually, query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
/** Seconds from the deletion of a tenant to the last step of its erasure. */
const GRACE = 60;

describe('tenants', () => {
  const clock = new TestClock();
  let first: TestApplication;
  let second: TestApplication;
  let nobody: Client;
  let operator: Client;

  beforeAll(async () => {
    first = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT }, clock);
    second = await startTestApplication({}, clock, undefined, first.database);
    nobody = new Client(first.url);
    operator = nobody.with(ROOT);
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  async function newTenant(name = 'Acme', maker = operator) {
    const { status, body } = await maker.send('POST', '/tenants', { name });
    expect(status).toBe(201);
    return { id: body.id, body, backend: nobody.with(body.api_key.key) };
  }

  test('are created with a first key that has every scope but `tenants.write`', async () => {
    const { body, backend } = await newTenant();
    expect(body).toMatchObject({ name: 'Acme', api_key: { created_by_key_id: null, expires_at: null } });
    expect(body.api_key.scopes).toEqual(SCOPES.filter((scope) => scope !== 'tenants.write'));
    expect((await backend.create('/users', { name: 'Ann', email: 'ann@acme.example' })).status).toBe(201);
    const refused = await backend.send('POST', '/tenants', { name: 'Sub' });
    expect([refused.status, refused.body.code]).toEqual([403, 'scope_missing']);
    const { body: read } = await operator.get(`/tenants/${body.id}`);
    expect(read).toEqual({ id: body.id, name: 'Acme', created_at: body.created_at });
  });

  test('have a first key that ends with the key of their maker', async () => {
    const expiresAt = new Date(clock.now().getTime() + 86_400_000).toISOString();
    const { body: key } = await operator.send('POST', '/api-keys', {
      name: 'installer',
      scopes: ['tenants.write'],
      expires_at: expiresAt,
    });
    const { body } = await newTenant('Brief', nobody.with(key.key));
    expect(body.api_key.expires_at).toBe(expiresAt);
  });

  test('are listed, and renamed', async () => {
    const { id } = await newTenant('Old name');
    const renamed = await operator.patch(`/tenants/${id}`, { name: 'New name' });
    expect(renamed.body).toMatchObject({ id, name: 'New name' });
    const empty = await operator.send('PATCH', `/tenants/${id}`, {});
    expect([empty.status, empty.body.errors[0].field]).toEqual([400, 'name']);
    const { body: listed } = await operator.get('/tenants?limit=1000');
    expect(listed[0]).toMatchObject({ id: 1, name: 'default' });
    expect(listed).toContainEqual(renamed.body);
    const page = await operator.get('/tenants?limit=1');
    expect(page.body).toHaveLength(1);
    expect(page.headers.get('link')).toContain('rel="next"');
  });

  test.each([
    ['without a name', {}],
    ['with an empty name', { name: '' }],
    ['with a name that is too long', { name: 'x'.repeat(201) }],
  ])('are not created %s', async (_, input) => {
    const { status, body } = await operator.send('POST', '/tenants', input);
    expect([status, body.errors[0].field]).toEqual([400, 'name']);
  });

  test.each(['GET', 'PATCH', 'DELETE'])('that do not exist give %s a 404', async (method) => {
    const { status, body } = await operator.send(
      method,
      '/tenants/999999',
      method === 'PATCH' ? { name: 'x' } : undefined,
    );
    expect([status, body.code]).toEqual([404, 'tenant_not_found']);
  });

  test('keep the default one', async () => {
    const { status, body } = await operator.send('DELETE', '/tenants/1');
    expect([status, body.code]).toEqual([409, 'default_tenant']);
  });

  async function rowsOf(tenantId: number): Promise<string[]> {
    const tables = await query<{ name: string }>(
      first.database.url,
      `SELECT table_name AS name FROM information_schema.columns
        WHERE column_name = 'tenant_id' AND table_schema = 'public' ORDER BY 1`,
    );
    const counts = await Promise.all(
      tables.map(async ({ name }) => {
        const [row] = await query<{ count: number }>(
          first.database.url,
          `SELECT count(*)::integer AS count FROM ${name} WHERE tenant_id = ${tenantId}`,
        );
        return `${name} ${row?.count}`;
      }),
    );
    return counts.filter((count) => !count.endsWith(' 0'));
  }

  async function isThere(tenantId: number): Promise<boolean> {
    const rows = await query(first.database.url, `SELECT FROM tenants WHERE id = ${tenantId}`);
    return rows.length > 0;
  }

  describe('that are deleted', () => {
    test('let nothing in from the next request on, on any instance', async () => {
      const { id, body, backend } = await newTenant('Gone');
      const password = 'correct horse battery';
      const { body: ann } = await backend.create('/users', {
        name: 'Ann',
        email: 'ann@gone.example',
        password,
      });
      const credentials = { email: 'ann@gone.example', password, tenant_id: id };
      const { body: session } = await nobody.post('/auth/login', credentials);
      const { body: exchanged } = await backend.post('/auth/token-exchange', { user_id: ann.id });
      const other = new Client(second.url);
      const callers = [body.api_key.key, session.access_token, exchanged.access_token].map((token) =>
        other.with(token),
      );
      for (const caller of callers) expect((await caller.get(`/users/${ann.id}`)).status).toBe(200);
      expect((await operator.send('DELETE', `/tenants/${id}`)).status).toBe(204);
      for (const caller of callers) expect((await caller.get(`/users/${ann.id}`)).status).toBe(401);
      expect((await other.post('/auth/login', credentials)).status).toBe(401);
      expect((await other.post('/auth/refresh', { refresh_token: session.refresh_token })).status).toBe(401);
      expect((await operator.get(`/tenants/${id}`)).status).toBe(404);
      expect((await operator.send('DELETE', `/tenants/${id}`)).status).toBe(404);
      const { body: listed } = await operator.get('/tenants?limit=1000');
      expect(listed.map((tenant: { id: number }) => tenant.id)).not.toContain(id);
    });

    test('let no key in while the erasure has not come to the keys', async () => {
      const instance = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
      try {
        await query(
          instance.database.url,
          `CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(2); RETURN NULL; END $$;
           CREATE TRIGGER slowly BEFORE DELETE ON api_keys FOR EACH STATEMENT EXECUTE FUNCTION slowly()`,
        );
        const root = new Client(instance.url).with(ROOT);
        const { body } = await root.send('POST', '/tenants', { name: 'Slow' });
        const backend = new Client(instance.url).with(body.api_key.key);
        expect((await backend.get('/users')).status).toBe(200);
        expect((await root.send('DELETE', `/tenants/${body.id}`)).status).toBe(204);
        const statuses = [(await backend.get('/users')).status, (await backend.get('/api-keys')).status];
        const keys = `SELECT FROM api_keys WHERE tenant_id = ${body.id}`;
        expect(await query(instance.database.url, keys)).toHaveLength(1);
        expect(statuses).toEqual([401, 401]);
      } finally {
        await instance.close();
      }
    });

    test('leave no row in any table, and take none of another tenant', async () => {
      const { id, backend } = await newTenant('Large');
      const { id: otherId, backend: neighbour } = await newTenant('Neighbour');
      for (const maker of [backend, neighbour]) {
        const users = [];
        for (let n = 0; n < 3; n += 1) {
          const email = `user-${n}@large.example`;
          users.push(
            (await maker.create('/users', { name: `User ${n}`, email, password: 'correct horse battery' }))
              .body.id,
          );
        }
        for (let n = 0; n < 5; n += 1) {
          await maker.create('/events', {
            title: 'Weekly',
            organizer_user_id: users[0],
            invited_user_ids: users.slice(1),
            start_date: '2030-01-07T10:00:00Z',
            duration: 3600,
            repeat: { frequency: 'weekly' },
          });
        }
      }
      const kept = await rowsOf(otherId);
      expect(kept).toContain('events 5');
      expect((await operator.send('DELETE', `/tenants/${id}`)).status).toBe(204);
      await eventually(async () => (await rowsOf(id)).length === 0);
      expect(await isThere(id)).toBe(true);
      clock.advance(GRACE);
      await eventually(async () => !(await isThere(id)));
      expect(await rowsOf(id)).toEqual([]);
      expect(await rowsOf(otherId)).toEqual(kept);
    });
  });
});
