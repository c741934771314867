import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { query } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-that-acts-as-users-0123456789-0123';
const OTHER_PASSWORD = 'another horse battery';

/** A request that would leave a credential behind, which the key or its holder could use later. */
interface Way {
  readonly way: string;
  readonly method: string;
  /** `ID` stands for the user that the key acts as. */
  readonly path: string;
  readonly body?: object;
  readonly code: string;
}

const REAUTHENTICATE = 'reauthentication_required';
const WAYS: readonly Way[] = [
  {
    way: 'a password',
    method: 'PATCH',
    path: '/users/ID',
    body: { password: OTHER_PASSWORD },
    code: REAUTHENTICATE,
  },
  {
    way: 'a password, with the present one',
    method: 'PATCH',
    path: '/users/ID',
    body: { password: OTHER_PASSWORD, current_password: PASSWORD },
    code: REAUTHENTICATE,
  },
  {
    way: 'a password by the path of `me`',
    method: 'PATCH',
    path: '/users/me',
    body: { password: OTHER_PASSWORD, current_password: PASSWORD },
    code: REAUTHENTICATE,
  },
  {
    way: 'an address',
    method: 'PATCH',
    path: '/users/ID',
    body: { email: 'elsewhere@example.com' },
    code: REAUTHENTICATE,
  },
  {
    way: 'an address, with the present password',
    method: 'PATCH',
    path: '/users/me',
    body: { name: 'ann', email: 'elsewhere@example.com', current_password: PASSWORD },
    code: REAUTHENTICATE,
  },
  {
    way: 'a new user with a password',
    method: 'POST',
    path: '/users',
    body: { name: 'eve', email: 'eve@example.com', password: OTHER_PASSWORD },
    code: REAUTHENTICATE,
  },
  {
    way: 'an exchanged token',
    method: 'POST',
    path: '/auth/token-exchange',
    body: { user_id: 1 },
    code: 'key_required',
  },
  {
    way: 'a key',
    method: 'POST',
    path: '/api-keys',
    body: { name: 'planted', scopes: 'all' },
    code: 'key_required',
  },
];

describe('a key that acts as a user', () => {
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let ann: Account;
  /** A user without a password, whose password a client without a token may set. */
  let guest: number;

  beforeAll(async () => {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: ROOT });
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
    ann = await signUp(nobody, 'ann');
    guest = (await nobody.create('/users', { name: 'guest', email: 'guest@example.com' })).body.id;
  });
  afterAll(async () => application.close());

  async function exchanged(userId: number): Promise<Client> {
    const { body } = await backend.post('/auth/token-exchange', { user_id: userId });
    return nobody.with(body.access_token);
  }

  /** The rows by which a caller can sign in. */
  async function credentials(): Promise<unknown[]> {
    const { url } = application.database;
    return [
      await query(url, 'SELECT id, email, password_hash, protected, generation FROM users ORDER BY id'),
      await query(url, 'SELECT id, hash, revoked_at FROM api_keys ORDER BY id'),
      await query(url, 'SELECT count(*) FROM refresh_tokens'),
    ];
  }

  const carriers = [
    { carrier: 'Act-As-User', clientOf: async (id: number) => backend.as(id) },
    { carrier: 'an exchanged token', clientOf: exchanged },
  ];

  test.each(carriers.flatMap((carrier) => WAYS.map((way) => Object.assign({}, carrier, way))))(
    'by $carrier does not plant $way',
    async ({ clientOf, method, path, body, code }) => {
      for (const userId of [ann.id, guest]) {
        const before = await credentials();
        const client = await clientOf(userId);
        const refused = await client.send(method, path.replace('ID', String(userId)), body);
        expect([refused.status, refused.body]).toMatchObject([403, { code }]);
        expect(await credentials()).toEqual(before);
      }
    },
  );

  test.each(carriers)('by $carrier neither lists nor ends keys', async ({ clientOf }) => {
    const before = await credentials();
    const client = await clientOf(ann.id);
    for (const [method, path] of [
      ['GET', '/api-keys'],
      ['DELETE', '/api-keys/1'],
      ['DELETE', '/api-keys/1?children=revoke'],
    ] as const) {
      const { status, body } = await client.send(method, path);
      expect([status, body]).toMatchObject([403, { code: 'key_required' }]);
    }
    expect(await credentials()).toEqual(before);
  });

  test.each(carriers)('by $carrier does not plant another spelling of the address', async ({ clientOf }) => {
    for (const [userId, email] of [
      [ann.id, ann.email],
      [guest, 'guest@example.com'],
    ] as const) {
      const before = await credentials();
      const client = await clientOf(userId);
      for (const spelling of [email.toUpperCase(), email.replace('example', 'EXAMPLE')]) {
        const refused = await client.patch(`/users/${userId}`, { name: 'Other', email: spelling });
        expect([refused.status, refused.body]).toMatchObject([403, { code: REAUTHENTICATE }]);
      }
      expect(await credentials()).toEqual(before);
    }
  });

  test.each(carriers)('by $carrier may send the present address back', async ({ clientOf }) => {
    const client = await clientOf(ann.id);
    const { status, body } = await client.patch('/users/me', { name: 'ann', email: ann.email });
    expect([status, body]).toMatchObject([200, { name: 'ann', email: ann.email }]);
  });

  test('gets no session for an exchanged token', async () => {
    const { body } = await backend.post('/auth/token-exchange', { user_id: ann.id });
    expect(body).not.toHaveProperty('refresh_token');
    const refused = await nobody.post('/auth/refresh', { refresh_token: body.access_token.slice(0, 200) });
    expect(refused.status).toBe(401);
  });

  test('leaves the user their own ways', async () => {
    const { client } = await logIn(nobody, ann.email);
    const change = { password: OTHER_PASSWORD, current_password: PASSWORD };
    expect((await client.patch('/users/me', change)).status).toBe(200);
  });

  test('may set a password and an address as itself', async () => {
    const change = { password: PASSWORD, email: 'guest2@example.com' };
    expect((await backend.patch(`/users/${guest}`, change)).status).toBe(200);
    const login = { email: 'guest2@example.com', password: PASSWORD };
    expect((await nobody.post('/auth/login', login)).status).toBe(200);
  });
});
