import { createSecretKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { PASSWORD, signUp } from '../support/account.js';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Client } from '../support/client.js';
import { OidcProvider } from '../support/oidc-provider.js';
import { TestClock } from '../support/test-clock.js';

const AUDIENCE = 'calendar';

describe('OpenID Connect', () => {
  let clock: TestClock;
  let provider: OidcProvider;
  let application: TestApplication;
  let client: Client;
  let users = 0;
  let email: string;
  let userId: number;

  beforeAll(async () => {
    clock = new TestClock();
    provider = await OidcProvider.start();
    const environment = { AUTH_MODE: 'required', OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    application = await startTestApplication(environment, clock);
    client = new Client(application.url);
  });
  afterAll(async () => {
    await application.close();
    await provider.stop();
  });

  beforeEach(async () => {
    users += 1;
    email = `user${users}@example.com`;
    userId = (await client.post('/users', { name: 'user', email })).body.id;
  });

  function claims(differences: Record<string, unknown> = {}): Record<string, unknown> {
    const now = Math.floor(clock.now().getTime() / 1000);
    return {
      iss: provider.issuer,
      aud: AUDIENCE,
      sub: `subject-${users}`,
      email,
      email_verified: true,
      iat: now,
      exp: now + 300,
      ...differences,
    };
  }

  /** What the API answers to who shows `token` and renames themself. */
  async function status(token: string): Promise<number> {
    return (await client.with(token).patch(`/users/${userId}`, { name: 'renamed' })).status;
  }

  test('accepts a token of the issuer, for the user of its verified address in any case', async () => {
    expect(await status(await provider.sign(claims({ email: email.toUpperCase() })))).toBe(200);
  });

  test('accepts every key that is published', async () => {
    const rotating = await OidcProvider.start('ES256');
    await rotating.addKey('second');
    const environment = { AUTH_MODE: 'required', OIDC_ISSUER: rotating.issuer, OIDC_AUDIENCE: AUDIENCE };
    const other = await startTestApplication(environment, clock);
    const { body } = await new Client(other.url).post('/users', { name: 'user', email });
    for (const kid of ['first', 'second']) {
      const token = await rotating.sign(claims({ iss: rotating.issuer }), kid);
      expect((await new Client(other.url).with(token).get(`/users/${body.id}`)).status).toBe(200);
    }
    await other.close();
    await rotating.stop();
  });

  test.each<[string, Record<string, unknown>]>([
    ['another audience', { aud: 'another' }],
    ['no audience', { aud: undefined }],
    ['an unverified address', { email_verified: false }],
    ['an address that nobody says is verified', { email_verified: undefined }],
    ['an address that is verified as text', { email_verified: 'true' }],
    ['no address', { email: undefined }],
    ['an address of no user', { email: 'nobody@example.com' }],
    ['no subject', { sub: undefined }],
    ['no end', { exp: undefined }],
    ['an end in the past', { exp: 1 }],
    ['another issuer', { iss: 'https://id.example.com' }],
  ])('refuses %s', async (_, differences) => {
    expect(await status(await provider.sign(claims(differences)))).toBe(401);
  });

  test('refuses a token of another issuer that says it is this one', async () => {
    const other = await OidcProvider.start();
    expect(await status(await other.sign(claims()))).toBe(401);
    await other.stop();
  });

  test('refuses alg none, and a secret that everybody knows', async () => {
    expect(await status(new UnsecuredJWT(claims()).encode())).toBe(401);
    const secret = createSecretKey(Buffer.from('a secret that is no private key of the issuer'));
    expect(await status(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256' }).sign(secret))).toBe(
      401,
    );
  });

  test('knows the account from then on, whatever its address', async () => {
    expect(await status(await provider.sign(claims()))).toBe(200);
    expect(await status(await provider.sign(claims({ email: 'moved@example.com' })))).toBe(200);
    expect(await status(await provider.sign(claims({ email_verified: false })))).toBe(200);
  });

  test('gives a user to one account alone', async () => {
    expect(await status(await provider.sign(claims()))).toBe(200);
    expect(await status(await provider.sign(claims({ sub: 'somebody who got the address later' })))).toBe(
      401,
    );
  });

  test('leaves nothing to whoever signed up with the address before its owner came', async () => {
    const squatter = await signUp(client, `squatted${users}`);
    const token = await provider.sign(claims({ email: squatter.email }));
    expect((await client.with(token).get('/users/1')).status).toBe(200);
    const login = { email: squatter.email, password: PASSWORD };
    expect((await client.post('/auth/login', login)).status).toBe(401);
    expect((await client.post('/auth/refresh', { refresh_token: squatter.refreshToken })).status).toBe(401);
    const owner = client.with(token);
    const password = 'a password of the owner';
    expect((await owner.patch(`/users/${squatter.id}`, { password })).status).toBe(200);
    expect((await client.post('/auth/login', { email: squatter.email, password })).status).toBe(200);
  });

  test('says that it cannot tell while the provider is not there', async () => {
    const away = await OidcProvider.start();
    const { issuer } = away;
    const token = await away.sign(claims({ iss: issuer }));
    await away.stop();
    const environment = {
      AUTH_MODE: 'required',
      OIDC_ISSUER: issuer,
      OIDC_AUDIENCE: AUDIENCE,
      LOG_LEVEL: 'silent',
    };
    const lonely = await startTestApplication(environment, clock);
    const answer = await new Client(lonely.url).with(token).get('/users/1');
    expect(answer).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    await lonely.close();
  });
});
