import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-tests-of-ended-credentials-01234';
const AUDIENCE = 'calendar';
const NEW = 'another horse, another battery';

/** The credentials of a user before a change: each must be of no use after it, on every instance. */
interface Credentials {
  readonly account: Account;
  /** Access tokens of two sessions, and one that a key exchanged. */
  readonly accessTokens: readonly Client[];
  readonly refreshTokens: readonly string[];
  readonly resetToken: string;
  readonly verifyingToken: string;
}

describe('the credentials of a user', () => {
  let smtp: SmtpServer;
  let provider: OidcProvider;
  let first: TestApplication;
  let second: TestApplication;
  let nobody: Client;
  let backend: Client;
  let users = 0;

  beforeAll(async () => {
    smtp = new SmtpServer();
    provider = await OidcProvider.start();
    const environment = {
      AUTH_MODE: 'required',
      SMTP_URL: await smtp.start(),
      BOOTSTRAP_API_KEY: ROOT,
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: AUDIENCE,
    };
    first = await startTestApplication(environment);
    second = await startTestApplication(environment, undefined, undefined, first.database);
    nobody = new Client(first.url);
    backend = nobody.with(ROOT);
  });
  afterAll(async () => {
    await second.close();
    await first.close();
    await provider.stop();
    await smtp.stop();
  });

  /** The token in the newest mail to the address. */
  async function tokenMailedTo(email: string, subject: string): Promise<string> {
    const mails = () =>
      smtp.received.filter((mail) => mail.to === email && mail.header('subject') === subject);
    await eventually(async () => mails().length > 0);
    return /^\S{43,}$/m.exec(mails().at(-1)?.text ?? '')?.[0] ?? 'none was mailed';
  }

  async function credentialsOf(account: Account): Promise<Credentials> {
    const { id, email, client } = account;
    const elsewhere = await logIn(nobody.at(second.url), email);
    const { body: exchanged } = await backend.post('/auth/token-exchange', { user_id: id });
    expect((await nobody.post('/auth/forgot-password', { email })).status).toBe(202);
    expect((await client.post(`/users/${id}:verify-email`)).status).toBe(202);
    return {
      account,
      accessTokens: [client, elsewhere.client, nobody.with(exchanged.access_token)],
      refreshTokens: [account.refreshToken, elsewhere.refreshToken],
      resetToken: await tokenMailedTo(email, 'Reset your password'),
      verifyingToken: await tokenMailedTo(email, 'Confirm your email address'),
    };
  }

  async function statusesOfAccess({ account, accessTokens }: Credentials): Promise<number[]> {
    const requests = accessTokens.flatMap((client) =>
      [first, second].map(async ({ url }) => client.at(url).get(`/users/${account.id}`)),
    );
    return (await Promise.all(requests)).map(({ status }) => status);
  }

  /** Expects that no credential from before the change has an effect. The key that acts as the user still has one. */
  async function expectEnded(credentials: Credentials, verifier: Client): Promise<void> {
    const { account, refreshTokens, resetToken, verifyingToken } = credentials;
    expect(new Set(await statusesOfAccess(credentials))).toEqual(new Set([401]));
    for (const instance of [nobody, nobody.at(second.url)]) {
      for (const token of refreshTokens)
        expect((await instance.post('/auth/refresh', { refresh_token: token })).status).toBe(401);
    }
    const reset = { token: resetToken, new_password: 'a password of a thief' };
    expect((await nobody.at(second.url).post('/auth/reset-password', reset)).status).toBe(400);
    const verified = await verifier
      .at(second.url)
      .post(`/users/${account.id}:verify-email`, { token: verifyingToken });
    expect([verified.status, verified.body]).toMatchObject([400, { code: 'invalid_mailed_token' }]);
  }

  async function identityTokenOf(email: string): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return provider.sign({
      iss: provider.issuer,
      aud: AUDIENCE,
      sub: email,
      email,
      email_verified: true,
      iat: now,
      exp: now + 300,
    });
  }

  /** The ways to change how a user logs in. Each gives a client that may act for the user after it. */
  const ways: Readonly<Record<string, (credentials: Credentials) => Promise<Client>>> = {
    'a change by the user': async ({ account: { id, client, email } }) => {
      const body = { current_password: PASSWORD, new_password: NEW };
      expect((await client.post('/auth/change-password', body)).status).toBe(204);
      expect((await client.get(`/users/${id}`)).status).toBe(401);
      return loggedIn(email);
    },
    'a PATCH by the user': async ({ account: { id, client, email } }) => {
      const body = { current_password: PASSWORD, password: NEW };
      expect((await client.patch(`/users/${id}`, body)).status).toBe(200);
      return loggedIn(email);
    },
    'a PATCH by a key': async ({ account: { id, email } }) => {
      expect((await backend.patch(`/users/${id}`, { password: NEW })).status).toBe(200);
      return loggedIn(email);
    },
    'a reset': async ({ account: { email }, resetToken }) => {
      const body = { token: resetToken, new_password: NEW };
      expect((await nobody.post('/auth/reset-password', body)).status).toBe(204);
      return loggedIn(email);
    },
    'a link to an identity': async ({ account: { id, email } }) => {
      const linked = nobody.with(await identityTokenOf(email));
      expect((await linked.get(`/users/${id}`)).status).toBe(200);
      return linked;
    },
  };

  async function loggedIn(email: string): Promise<Client> {
    const { status, body } = await nobody.post('/auth/login', { email, password: NEW });
    expect(status).toBe(200);
    return nobody.with(body.access_token);
  }

  test.each(Object.keys(ways))('end at once, on every instance, by %s', async (way) => {
    users += 1;
    const bystander = await signUp(nobody, `bystander${users}`);
    const credentials = await credentialsOf(await signUp(nobody, `ann${users}`));
    expect(new Set(await statusesOfAccess(credentials))).toEqual(new Set([200]));
    const own = await ways[way]?.(credentials);
    await expectEnded(credentials, own ?? nobody);
    expect((await backend.as(credentials.account.id).get('/users/me')).status).toBe(200);
    expect((await bystander.client.at(second.url).get('/users/me')).status).toBe(200);
  });

  test('end by the first password of a user who has logged in by an identity alone', async () => {
    const email = 'first@example.com';
    const { body: user } = await backend.create('/users', { name: 'first', email });
    const linked = nobody.with(await identityTokenOf(email));
    expect((await linked.get('/users/me')).status).toBe(200);
    const exchange = await backend.post('/auth/token-exchange', { user_id: user.id });
    const exchanged = nobody.with(exchange.body.access_token);
    expect((await exchanged.get('/users/me')).status).toBe(200);
    expect((await linked.patch('/users/me', { password: NEW })).status).toBe(200);
    expect((await exchanged.at(second.url).get('/users/me')).status).toBe(401);
    // The identity is not one of the service's credentials: its provider has authenticated the person.
    expect((await linked.get('/users/me')).status).toBe(200);
  });
});
