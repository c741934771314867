import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-that-revokes-0123456789-0123456789';
const WINDOW = 'from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z';

/** Two instances on one database: a request to the first one revokes, and the second one serves. */
describe('the revocation of a key', () => {
  let first: TestApplication;
  let second: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;

  beforeAll(async () => {
    first = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    second = await startTestApplication({}, undefined, undefined, first.database);
    nobody = new Client(first.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
  });
  afterAll(async () => {
    await second.close();
    await first.close();
  });

  async function newKey(maker: Client) {
    const { body } = await maker.create('/api-keys', { name: 'made', scopes: 'all' });
    return { id: body.id, client: nobody.with(body.key) };
  }

  async function exchanged(key: Client): Promise<Client> {
    const { status, body } = await key.post('/auth/token-exchange', { user_id: ann.id });
    expect(status).toBe(200);
    return nobody.with(body.access_token);
  }

  /** The clients that a key gives: itself, as a user, and a page with a token that it exchanged. */
  async function clientsOf(key: Client): Promise<Client[]> {
    return [key, key.as(ann.id), await exchanged(key)];
  }

  /** What both instances respond to each client. */
  async function statusesOf(clients: readonly Client[]): Promise<number[]> {
    const paths = [`/users/${ann.id}`, `/users/${ann.id}/events?${WINDOW}`] as const;
    const requests = clients.flatMap((client) =>
      [first.url, second.url].flatMap((url) => paths.map(async (path) => client.at(url).get(path))),
    );
    return [...new Set((await Promise.all(requests)).map(({ status }) => status))];
  }

  test('ends the key, its requests as a user, and its exchanged tokens', async () => {
    const key = await newKey(backend);
    const clients = await clientsOf(key.client);
    expect(await statusesOf(clients)).toEqual([200]);
    expect((await backend.delete(`/api-keys/${key.id}`)).status).toBe(204);
    expect(await statusesOf(clients)).toEqual([401]);
  });

  test('leaves the keys that the key made, and their tokens, unless it asks for them', async () => {
    const maker = await newKey(backend);
    const child = await newKey(maker.client);
    const grandchild = await newKey(child.client);
    const ofMaker = await clientsOf(maker.client);
    const others = [...(await clientsOf(child.client)), ...(await clientsOf(grandchild.client))];
    expect((await backend.delete(`/api-keys/${maker.id}?children=keep`)).status).toBe(204);
    expect([await statusesOf(ofMaker), await statusesOf(others)]).toEqual([[401], [200]]);
    expect((await backend.delete(`/api-keys/${child.id}?children=revoke`)).status).toBe(204);
    expect(await statusesOf(others)).toEqual([401]);
  });

  test('reaches keys made by a key that was revoked before', async () => {
    const maker = await newKey(backend);
    const child = await newKey(maker.client);
    const grandchild = await newKey(child.client);
    const clients = await clientsOf(grandchild.client);
    expect((await backend.delete(`/api-keys/${child.id}`)).status).toBe(204);
    expect(await statusesOf(clients)).toEqual([200]);
    expect((await backend.delete(`/api-keys/${maker.id}?children=revoke`)).status).toBe(204);
    expect(await statusesOf(clients)).toEqual([401]);
  });

  test('leaves no key that the key makes at the same moment', async () => {
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const maker = await newKey(backend);
      const making = Array.from({ length: 6 }, async (_, index) =>
        maker.client
          .at(index % 2 === 0 ? first.url : second.url)
          .send('POST', '/api-keys', { name: 'late', scopes: 'all' }),
      );
      const revoked = backend.delete(`/api-keys/${maker.id}?children=revoke`);
      const made = await Promise.all(making);
      expect((await revoked).status).toBe(204);
      expect(made.map(({ status }) => status).filter((status) => ![201, 401].includes(status))).toEqual([]);
      const [row] = await query<{ left: string }>(
        first.database.url,
        `SELECT count(*) AS left FROM api_keys WHERE created_by_key_id = ${maker.id} AND revoked_at IS NULL`,
      );
      expect(row?.left).toBe('0');
    }
  });

  test('ends a key that revokes itself', async () => {
    const key = await newKey(backend);
    expect((await key.client.delete(`/api-keys/${key.id}`)).status).toBe(204);
    expect(await statusesOf([key.client])).toEqual([401]);
  });

  test('of another value for its keys than keep or revoke changes nothing', async () => {
    const key = await newKey(backend);
    for (const value of ['all', '', 'true', 'REVOKE']) {
      const { status, body } = await backend.send('DELETE', `/api-keys/${key.id}?children=${value}`);
      expect([status, body]).toMatchObject([400, { errors: [{ field: 'children' }] }]);
    }
    expect(await statusesOf([key.client])).toEqual([200]);
  });

  test('of the first key holds when an instance starts with the same variable', async () => {
    const root = `${ROOT}-of-another-database`;
    const instance = await startTestApplication({ BOOTSTRAP_API_KEY: root });
    try {
      const { body } = await new Client(instance.url).with(root).get('/api-keys');
      expect((await new Client(instance.url).with(root).delete(`/api-keys/${body[0].id}`)).status).toBe(204);
      const later = await startTestApplication(
        { BOOTSTRAP_API_KEY: root },
        undefined,
        undefined,
        instance.database,
      );
      expect((await new Client(later.url).with(root).get('/api-keys')).status).toBe(401);
      await later.close();
    } finally {
      await instance.close();
    }
  });
});
