import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { GivenAuthorization } from '../../../clients/typescript/src/authorization.js';
import {
  type CalendarClient,
  type ClientOptions,
  createClient,
  type ExchangedToken,
  type TokenSource,
} from '../../../clients/typescript/src/index.js';
import { failureOf, problemOf } from '../../support/client/client-failures.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const KEY = 'cal_the-key-of-a-backend-0123456789-0123456789';
const MARCH = { from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' };
/** Seconds; longer than an exchanged token lives by default. */
const QUARTER_HOUR = 16 * 60;

describe('the TypeScript client of a backend with an API key', () => {
  let application: TestApplication;
  let clock: TestClock;
  let backend: CalendarClient;
  let ann = 0;
  let bob = 0;

  beforeAll(async () => {
    clock = new TestClock();
    const environment = { AUTH_MODE: 'required', BOOTSTRAP_API_KEY: KEY };
    application = await startTestApplication(environment, clock);
    backend = clientWith({ token: KEY });
    ann = await createUser('ann');
    bob = await createUser('bob');
    for (const day of ['10', '11', '12']) await createEvent(`2026-03-${day}T09:00:00Z`);
  });
  afterAll(async () => application.close());

  function clientWith(options: Partial<ClientOptions>): CalendarClient {
    return createClient({ baseUrl: application.url, ...options } as ClientOptions);
  }

  async function createUser(name: string): Promise<number> {
    const { data } = await backend.POST('/users', { body: { name, email: `${name}@example.com` } });
    return data.id;
  }

  /** A private event of ann, created by the key as the service. */
  async function createEvent(start: string): Promise<void> {
    const body = { title: 'Dentist', start_date: start, duration: 3600, organizer_user_id: ann };
    await backend.POST('/events', { body: { ...body, visibility: 'private' } });
  }

  async function titlesOfMarch(calendar: CalendarClient, actAsUser?: number): Promise<unknown[]> {
    const titles: unknown[] = [];
    const params = {
      path: { user_id: ann },
      query: { ...MARCH, limit: 1 },
      ...(actAsUser !== undefined && { header: { 'Act-As-User': actAsUser } }),
    };
    for await (const event of calendar.list('/users/{user_id}/events', { params }))
      titles.push(event.redacted ? null : event.title);
    return titles;
  }

  async function exchange(): Promise<ExchangedToken> {
    const { data } = await backend.POST('/auth/token-exchange', { body: { user_id: ann } });
    return data;
  }

  const readAnn = async (calendar: CalendarClient): Promise<number> =>
    (await calendar.GET('/users/{user_id}', { params: { path: { user_id: ann } } })).data.id;

  test('acts as the service', async () => {
    await expect(titlesOfMarch(backend)).resolves.toEqual(Array(3).fill('Dentist'));
  });

  test('acts as the user of actAsUser in every request', async () => {
    const bobs = clientWith({ token: KEY, actAsUser: bob });
    await expect(titlesOfMarch(bobs)).resolves.toEqual(Array(3).fill(null));
    const body = { title: 'Run', start_date: '2026-05-10T09:00:00Z', duration: 60, organizer_user_id: ann };
    expect((await problemOf(bobs.POST('/events', { body }))).code).toBe('forbidden');
    const { response } = await bobs.POST('/events', { body: { ...body, organizer_user_id: bob } });
    expect(response.status).toBe(201);
  });

  test('acts as the user of a request, on every page of a list, before that of actAsUser', async () => {
    await expect(titlesOfMarch(backend, bob)).resolves.toEqual(Array(3).fill(null));
    const anns = clientWith({ token: KEY, actAsUser: ann });
    await expect(titlesOfMarch(anns)).resolves.toEqual(Array(3).fill('Dentist'));
    await expect(titlesOfMarch(anns, bob)).resolves.toEqual(Array(3).fill(null));
  });

  test('repeats a token exchange whose response was lost', async () => {
    let attempts = 0;
    const calendar = clientWith({
      token: KEY,
      fetch: async (request) => {
        const response = await fetch(request);
        attempts += 1;
        if (attempts === 1) throw new TypeError('The connection was lost.');
        return response;
      },
    });
    const { data } = await calendar.POST('/auth/token-exchange', { body: { user_id: ann } });
    expect(attempts).toBe(2);
    await expect(readAnn(clientWith({ token: data.access_token }))).resolves.toBe(ann);
  });

  test('gives a browser tokens, one for all requests, and the next one when the service refuses it', async () => {
    let exchanges = 0;
    const browser = clientWith({
      token: async () => {
        exchanges += 1;
        return exchange();
      },
    });
    const readTenTimes = async () => Promise.all(Array.from({ length: 10 }, async () => readAnn(browser)));
    await expect(readTenTimes()).resolves.toEqual(Array(10).fill(ann));
    await expect(readTenTimes()).resolves.toEqual(Array(10).fill(ann));
    expect(exchanges).toBe(1);
    clock.advance(QUARTER_HOUR);
    await expect(readTenTimes()).resolves.toEqual(Array(10).fill(ann));
    expect(exchanges).toBe(2);
  });

  test('reports a key that the service refuses', async () => {
    const stranger = clientWith({ token: `${KEY}1` });
    expect(await problemOf(readAnn(stranger))).toMatchObject({ code: 'invalid_token', attempts: 1 });
  });
});

describe('a token function', () => {
  const START = Date.parse('2026-03-01T00:00:00Z');

  test.each([
    [900, 840],
    [120, 60],
    [60, 30],
  ])('that gives a token for %d seconds is called again after %d', async (lifetime, staleAfter) => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(START);
    let calls = 0;
    const authorization = new GivenAuthorization(() => {
      calls += 1;
      return { access_token: `token ${calls}`, expires_in: lifetime };
    });
    const tokens = [await authorization.token()];
    now.mockReturnValue(START + staleAfter * 1000 - 1);
    tokens.push(await authorization.token());
    now.mockReturnValue(START + staleAfter * 1000);
    tokens.push(await authorization.token());
    now.mockRestore();
    expect(tokens).toEqual(['token 1', 'token 1', 'token 2']);
  });

  test('is called again if it fails, for each request that waited', async () => {
    let calls = 0;
    const authorization = new GivenAuthorization(async () => {
      calls += 1;
      if (calls === 1) throw new Error('The backend is down.');
      return { access_token: 'token', expires_in: 900 };
    });
    const [failed, waited] = [failureOf(authorization.token()), authorization.token()];
    expect(await failed).toEqual(new Error('The backend is down.'));
    await expect(waited).resolves.toBe('token');
    await expect(authorization.token()).resolves.toBe('token');
    expect(calls).toBe(2);
  });

  test.each([{ status: 401, code: 'not_signed_in' }, { access_token: 'token' }])(
    'that gives no token fails the request: %j',
    async (given) => {
      const authorization = new GivenAuthorization(async () => given as ExchangedToken);
      expect(await failureOf(authorization.token())).toEqual(
        new TypeError('The token function must return a string, or an access_token and its expires_in.'),
      );
    },
  );

  test('that gives strings is called for each request, with the context of the request', async () => {
    const context = new AsyncLocalStorage<string>();
    const source: TokenSource = async () => `the token of ${context.getStore()}`;
    const authorization = new GivenAuthorization(source);
    const tokenOf = async (name: string) => context.run(name, async () => authorization.token());
    await expect(Promise.all(['ann', 'bob', 'ann', 'eve'].map(tokenOf))).resolves.toEqual([
      'the token of ann',
      'the token of bob',
      'the token of ann',
      'the token of eve',
    ]);
  });
});
