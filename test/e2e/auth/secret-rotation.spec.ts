import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Account, logIn, signUp } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const OLD = 'the secret that is about to be replaced by a new one';
const NEW = 'the secret that is about to replace the one of before';

/** Instances over one database, one for each step of a rotation. */
const STEPS = {
  before: OLD,
  prepared: `${OLD},${NEW}`,
  rotated: `${NEW},${OLD}`,
  after: NEW,
} as const;

type Step = keyof typeof STEPS;

describe('JWT_SECRET with several secrets', () => {
  const instances: TestApplication[] = [];
  const urls = new Map<Step, string>();
  let ann: Account;

  beforeAll(async () => {
    for (const [step, secrets] of Object.entries(STEPS)) {
      const environment = { JWT_SECRET: secrets, AUTH_MODE: 'required' };
      const shared = instances[0]?.database;
      const instance = await startTestApplication(environment, undefined, undefined, shared);
      instances.push(instance);
      urls.set(step as Step, instance.url);
    }
    ann = await signUp(at('before'), 'ann');
  });
  afterAll(async () => {
    for (const instance of instances.toReversed()) await instance.close();
  });

  function at(step: Step, { client }: Pick<Account, 'client'> = { client: new Client('') }): Client {
    return client.at(urls.get(step) as string);
  }

  /** The response of each instance to the token of a login. */
  async function statusesOf(account: Pick<Account, 'client'>): Promise<Record<Step, number>> {
    const statuses = { before: 0, prepared: 0, rotated: 0, after: 0 };
    for (const step of urls.keys()) statuses[step] = (await at(step, account).get(`/users/${ann.id}`)).status;
    return statuses;
  }

  test('accepts the tokens of each, and signs by the first', async () => {
    const old = await logIn(at('prepared'), ann.email);
    expect(await statusesOf(old)).toEqual({ before: 200, prepared: 200, rotated: 200, after: 401 });
    const latest = await logIn(at('rotated'), ann.email);
    expect(await statusesOf(latest)).toEqual({ before: 401, prepared: 200, rotated: 200, after: 200 });
  });

  test('is no reason to sign in again', async () => {
    const { refreshToken } = await logIn(at('before'), ann.email);
    const refreshed = await at('rotated').post('/auth/refresh', { refresh_token: refreshToken });
    expect(refreshed.status).toBe(200);
    const again = await at('after').post('/auth/refresh', { refresh_token: refreshed.body.refresh_token });
    expect(again.status).toBe(200);
    const status = await statusesOf({ client: new Client('', again.body.access_token) });
    expect(status.after).toBe(200);
  });

  test('does a repeated request once, by a user and by a caller without a token', async () => {
    const event = { title: 'x', start_date: '2026-03-01T09:00:00Z', duration: 60, organizer_user_id: ann.id };
    const user = { name: 'bob', email: 'bob@example.com' };
    for (const [path, body, account] of [
      ['/events', event, ann],
      ['/users', user, undefined],
    ] as const) {
      const key = { 'idempotency-key': 'rotated-between' };
      const first = await at('before', account).send('POST', path, body, key);
      expect(first.status).toBe(201);
      for (const step of ['prepared', 'rotated'] as const) {
        const repeated = await at(step, account).send('POST', path, body, key);
        expect(repeated).toMatchObject({ status: 201, body: { id: first.body.id } });
        expect(repeated.headers.get('idempotency-replayed')).toBe('true');
      }
    }
  });
});
