import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, PASSWORD, signUp, verifyEmail } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { SmtpServer } from '../../support/servers/smtp-server.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const ROOT = 'cal_the-key-of-the-tests-of-verified-addresses-01234';

describe('an address counts as verified', () => {
  let smtp: SmtpServer;
  let provider: OidcProvider;
  let application: TestApplication;
  let optional: TestApplication;
  let nobody: Client;
  let backend: Client;
  let users = 0;

  beforeAll(async () => {
    smtp = new SmtpServer();
    provider = await OidcProvider.start();
    const environment = {
      SMTP_URL: await smtp.start(),
      BOOTSTRAP_API_KEY: ROOT,
      OIDC_ISSUER: provider.issuer,
      OIDC_AUDIENCE: 'calendar',
    };
    application = await startTestApplication({ ...environment, AUTH_MODE: 'required' });
    optional = await startTestApplication(
      { ...environment, AUTH_MODE: 'optional' },
      undefined,
      undefined,
      application.database,
    );
    nobody = new Client(application.url);
    backend = nobody.with(ROOT);
  });
  afterAll(async () => {
    await optional.close();
    await application.close();
    await provider.stop();
    await smtp.stop();
  });

  async function newAccount(): Promise<Account> {
    users += 1;
    return signUp(nobody, `user${users}`);
  }

  async function identityTokenOf(email: string, confirmed: boolean): Promise<string> {
    const now = Math.floor(Date.now() / 1000);
    return provider.sign({
      iss: provider.issuer,
      aud: 'calendar',
      sub: email,
      email,
      email_verified: confirmed,
      iat: now,
      exp: now + 300,
    });
  }

  async function isVerified(id: number, url = application.url): Promise<boolean | undefined> {
    return (await backend.at(url).get(`/users/${id}`)).body.email_verified;
  }

  /** The ways in which an address comes to a user, and whether it then counts as verified. */
  test.each<[string, boolean, (account: Account) => Promise<unknown>]>([
    ['not after a sign-up', false, async () => undefined],
    [
      'if a key sets it',
      true,
      async ({ id, email }) => backend.patch(`/users/${id}`, { email: `x-${email}` }),
    ],
    ['if a key sets it again', true, async ({ id, email }) => backend.patch(`/users/${id}`, { email })],
    [
      'not if a key sets another field',
      false,
      async ({ id }) => backend.patch(`/users/${id}`, { name: 'x' }),
    ],
    ['if :verify-email confirms it', true, async (account) => verifyEmail(account, smtp)],
    [
      'if an identity provider confirms it',
      true,
      async ({ email }) => nobody.with(await identityTokenOf(email, true)).get('/users/me'),
    ],
    [
      'not if an identity provider does not confirm it',
      false,
      async ({ email }) => nobody.with(await identityTokenOf(email, false)).get('/users/me'),
    ],
    [
      'not if its user changes it after a key has set it',
      false,
      async ({ id, email, client }) => {
        await backend.patch(`/users/${id}`, { email });
        await client.patch(`/users/${id}`, { email: `y-${email}`, current_password: PASSWORD });
      },
    ],
  ])('%s', async (_, expected, change) => {
    const account = await newAccount();
    await change(account);
    expect(await isVerified(account.id)).toBe(expected);
    expect(await isVerified(account.id, optional.url)).toBe(true);
  });

  test.each([
    ['by a key', () => backend, true],
    ['by a key that acts as a user', async () => backend.as((await newAccount()).id), false],
    ['without a token', () => nobody, false],
  ])('for a user created %s', async (_, caller, expected) => {
    users += 1;
    const client = await caller();
    const { body } = await client.create('/users', { name: 'a', email: `made${users}@example.com` });
    expect(await isVerified(body.id)).toBe(expected);
  });
});
