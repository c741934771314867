import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Account, logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { createUsers } from '../../support/client/users.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ROOT = 'cal_the first key of the tests'.replaceAll(' ', '-').padEnd(50, '0');
const AUDIENCE = 'calendar';

/** Seconds: the longest age of a fresh login. */
const FRESH = 600;

/** The operations that need a fresh login. */
const OPERATIONS: [string, string, number][] = [
  ['GET', ':export', 200],
  ['DELETE', '', 204],
];

describe.each(OPERATIONS)('%s /users/{id}%s', (method, suffix, success) => {
  const clock = new TestClock();
  let provider: OidcProvider;
  let application: TestApplication;
  let nobody: Client;
  let backend: Client;
  let names = 0;
  let ann: Account;

  beforeAll(async () => {
    provider = await OidcProvider.start();
    application = await startTestApplication(
      { BOOTSTRAP_API_KEY: ROOT, OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE },
      clock,
    );
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
  });
  afterAll(async () => {
    await application.close();
    await provider.stop();
  });
  beforeEach(async () => {
    names += 1;
    ann = await signUp(nobody, `ann${names}`);
  });

  async function outcome(caller: Client, id: number | string = ann.id): Promise<[number, string?]> {
    const { status, body } = await caller.send(method, `/users/${id}${suffix}`);
    return body?.code === undefined ? [status] : [status, body.code];
  }

  test('is allowed after a login of the last ten minutes', async () => {
    clock.advance(FRESH);
    expect(await outcome(ann.client)).toEqual([success]);
  });

  test('is allowed under the name `me`', async () => {
    expect(await outcome(ann.client, 'me')).toEqual([success]);
  });

  test('needs a new login after ten minutes, or after a refresh', async () => {
    const { body } = await nobody.post('/auth/refresh', { refresh_token: ann.refreshToken });
    const refused = [403, 'reauthentication_required'];
    expect(await outcome(nobody.with(body.access_token))).toEqual(refused);
    clock.advance(FRESH + 1);
    expect(await outcome(ann.client)).toEqual(refused);
    expect((await ann.client.get('/users/me')).status).toBe(200);
    expect(await outcome((await logIn(nobody, ann.email)).client)).toEqual([success]);
  });

  test('is allowed with an identity token of the last ten minutes alone', async () => {
    const now = Math.floor(clock.now().getTime() / 1000);
    const claims = {
      iss: provider.issuer,
      aud: AUDIENCE,
      sub: ann.email,
      email: ann.email,
      email_verified: true,
    };
    const token = async (iat: number) =>
      nobody.with(await provider.sign({ ...claims, iat, exp: now + 3600 }));
    expect(await outcome(await token(now - FRESH - 1))).toEqual([403, 'reauthentication_required']);
    expect(await outcome(await token(now - FRESH))).toEqual([success]);
  });

  test('is forbidden to another user, and to a caller without a token', async () => {
    const ben = await signUp(nobody, `ben${names}`);
    expect(await outcome(ben.client)).toEqual([403, 'forbidden']);
    expect(await outcome(nobody)).toEqual([401, 'token_required']);
    expect((await ann.client.get('/users/me')).status).toBe(200);
  });

  test('is allowed without a token for a user who cannot log in', async () => {
    const [id] = await createUsers(nobody, 1);
    expect(await outcome(nobody, id)).toEqual([success]);
  });

  test('is allowed for a key, and not while the key acts as the user', async () => {
    const { body: exchanged } = await backend.post('/auth/token-exchange', { user_id: ann.id });
    for (const caller of [backend.as(ann.id), nobody.with(exchanged.access_token)])
      expect(await outcome(caller)).toEqual([403, 'reauthentication_required']);
    const scope = method === 'GET' ? 'users.read' : 'users.write';
    const keyOf = async (scopes: string[]) =>
      nobody.with((await backend.send('POST', '/api-keys', { name: 'k', scopes })).body.key);
    expect(await outcome(await keyOf(['events.write']))).toEqual([403, 'scope_missing']);
    expect(await outcome(await keyOf([scope]))).toEqual([success]);
  });

  test('is 404 for an unknown user, and for a user of another tenant', async () => {
    const { body } = await backend.send('POST', '/tenants', { name: 'Acme' });
    const neighbour = nobody.with(body.api_key.key);
    for (const [caller, id] of [
      [backend, 999_999],
      [neighbour, ann.id],
    ] as const)
      expect(await outcome(caller, id)).toEqual([404, 'user_not_found']);
    expect(await outcome(backend, 'me')).toEqual([404, 'user_not_found']);
    const credentials = { email: ann.email, password: PASSWORD };
    expect((await nobody.post('/auth/login', credentials)).status).toBe(200);
  });
});
