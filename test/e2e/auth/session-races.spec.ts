import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Tokens } from '../../../clients/typescript/src/schema.js';
import { type Account, logIn, PASSWORD, signUp } from '../../support/client/account.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { OidcProvider } from '../../support/servers/oidc-provider.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const AUDIENCE = 'calendar';
const ROUNDS = 9;

/** A login takes a few of these. */
const LOGIN_PAUSE_MS = 20;

interface Round {
  readonly account: Account;
  /** The newest refresh token of the account's session, and the one before, which is used. */
  readonly newest: string;
  readonly used: string;
}

function tokensOf({ status, body }: ServiceResponse<Tokens>): Tokens[] {
  return status === 200 ? [body] : [];
}

/** Sessions that begin or go on at one instance, while another instance ends them. */
describe('a session', () => {
  let provider: OidcProvider;
  let application: TestApplication;
  let other: TestApplication;
  let here: Client;
  let there: Client;
  let rounds = 0;

  beforeAll(async () => {
    provider = await OidcProvider.start();
    const environment = { AUTH_MODE: 'required', OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE };
    application = await startTestApplication(environment);
    other = await startTestApplication(environment, undefined, undefined, application.database);
    [here, there] = [new Client(application.url), new Client(other.url)];
  });
  afterAll(async () => {
    await other.close();
    await application.close();
    await provider.stop();
  });

  async function startRound(): Promise<Round> {
    rounds += 1;
    const account = await signUp(here, `racer${rounds}`);
    const { body } = await here.post('/auth/refresh', { refresh_token: account.refreshToken });
    return { account, newest: body.refresh_token, used: account.refreshToken };
  }

  /** The sessions that clients gain until `isOver`, the last ones first. */
  const begins = {
    'a refresh': async ({ newest }: Round, isOver: () => boolean): Promise<Tokens[]> => {
      const gained: Tokens[] = [];
      for (let token: string | undefined = newest; token !== undefined && !isOver(); ) {
        gained.unshift(...tokensOf(await here.post('/auth/refresh', { refresh_token: token })));
        token = gained[0]?.refresh_token === token ? undefined : gained[0]?.refresh_token;
      }
      return gained;
    },
    'a login': async ({ account }: Round, isOver: () => boolean): Promise<Tokens[]> => {
      const attempts: Promise<ServiceResponse<Tokens>>[] = [];
      while (!isOver()) {
        attempts.push(here.post('/auth/login', { email: account.email, password: PASSWORD }));
        await sleep(LOGIN_PAUSE_MS);
      }
      return (await Promise.all(attempts)).flatMap(tokensOf);
    },
  };

  const ends = {
    'a new password': async ({ account }: Round) =>
      account.client
        .at(other.url)
        .patch(`/users/${account.id}`, { password: 'another passphrase', current_password: PASSWORD }),
    'a logout': async ({ used }: Round) => there.post('/auth/logout', { refresh_token: used }),
    'the reuse alarm': async ({ used }: Round) => there.post('/auth/refresh', { refresh_token: used }),
    'a link': async ({ account }: Round) => {
      const now = Math.floor(Date.now() / 1000);
      const token = await provider.sign({
        iss: provider.issuer,
        aud: AUDIENCE,
        sub: account.email,
        email: account.email,
        email_verified: true,
        iat: now,
        exp: now + 300,
      });
      return there.with(token).get(`/users/${account.id}`);
    },
  };

  test.each<[keyof typeof begins, keyof typeof ends, number]>([
    ['a refresh', 'a new password', 200],
    ['a login', 'a new password', 200],
    ['a refresh', 'a link', 200],
    ['a login', 'a link', 200],
    ['a refresh', 'a logout', 204],
    ['a refresh', 'the reuse alarm', 401],
  ])('by %s does not outlive %s beside it', async (begin, end, ended) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = await startRound();
      let isOver = false;
      const beginning = begins[begin](started, () => isOver);
      const { status } = await ends[end](started);
      isOver = true;
      expect(status).toBe(ended);
      const gained = await beginning;
      for (const tokens of gained) {
        const { status: renewed } = await there.post('/auth/refresh', {
          refresh_token: tokens.refresh_token,
        });
        expect(renewed).toBe(401);
        if (end === 'a logout' || end === 'the reuse alarm') continue;
        for (const instance of [here, there]) {
          expect((await instance.with(tokens.access_token).get(`/users/${started.account.id}`)).status).toBe(
            401,
          );
        }
      }
    }
  });

  test('of a user whose address an identity provider confirms for another account leaves no password behind', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { account } = await startRound();
      const change = { password: 'another passphrase', current_password: PASSWORD };
      const changing = account.client.patch(`/users/${account.id}`, change);
      await sleep(round * LOGIN_PAUSE_MS);
      expect((await ends['a link']({ account, newest: '', used: '' })).status).toBe(200);
      expect([200, 401]).toContain((await changing).status);
      for (const password of [PASSWORD, change.password])
        expect((await here.post('/auth/login', { email: account.email, password })).status).toBe(401);
    }
  });

  test('ends on every instance at once with a new password, and no other user notices', async () => {
    const { account } = await startRound();
    const bystander = await signUp(here, 'bystander');
    const { client: elsewhere } = await logIn(there, account.email);
    const change = { password: 'another passphrase', current_password: PASSWORD };
    expect((await account.client.patch(`/users/${account.id}`, change)).status).toBe(200);
    for (const client of [account.client, elsewhere]) {
      for (const { url } of [application, other])
        expect((await client.at(url).get(`/users/${account.id}`)).status).toBe(401);
    }
    expect((await bystander.client.at(other.url).get(`/users/${bystander.id}`)).status).toBe(200);
  });
});
