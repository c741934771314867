import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import {
  type CalendarClient,
  type ClientOptions,
  createClient,
  type SessionTokens,
  type Tokens,
} from '../../../clients/typescript/src/index.js';
import { PASSWORD } from '../../support/client/account.js';
import { Client } from '../../support/client/client.js';
import { problemOf } from '../../support/client/client-failures.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const ANN = { email: 'ann@example.com', password: PASSWORD };
const BOB = { email: 'bob@example.com', password: PASSWORD };
/** Longer than an access token lives. */
const QUARTER_HOUR = 16 * 60;
/** Longer than a refresh token lives. */
const TWO_MONTHS = 60 * 86_400;

async function readUser(calendar: CalendarClient, signal?: AbortSignal): Promise<number | undefined> {
  const { data } = await calendar.GET('/users/{user_id}', {
    params: { path: { user_id: 1 } },
    ...(signal && { signal }),
  });
  return data?.id;
}

describe('a session of the TypeScript client', () => {
  let application: TestApplication;
  let clock: TestClock;
  /** The operations of `/auth`, and the events of tokens that the clients received. */
  let calls: string[];
  let kept: (SessionTokens | null)[];
  let lostTokens: Promise<Tokens> | null = null;

  beforeAll(async () => {
    clock = new TestClock();
    application = await startTestApplication({ AUTH_MODE: 'required' }, clock);
    const client = new Client(application.url);
    await client.post('/users', { name: 'ann', ...ANN });
    await client.post('/users', { name: 'bob', ...BOB });
  });
  afterAll(async () => application.close());
  beforeEach(() => {
    calls = [];
    kept = [];
  });

  /** A client whose logins, refreshes and log-outs are counted, and which can lose their responses. */
  function clientWith(
    options: Partial<ClientOptions> = {},
    lost: () => boolean = () => false,
  ): CalendarClient {
    return createClient({
      baseUrl: application.url,
      onTokens: (tokens) => {
        kept.push(tokens);
      },
      fetch: async (request) => {
        const [, operation] = /\/auth\/(\w+)$/.exec(request.url) ?? [];
        const response = await fetch(request);
        if (operation === undefined) return response;
        calls.push(operation);
        if (lost()) {
          lostTokens = response.json() as Promise<Tokens>;
          throw new TypeError('The connection was lost.');
        }
        return response;
      },
      ...options,
    } as ClientOptions);
  }

  async function loggedIn(): Promise<SessionTokens> {
    const calendar = clientWith();
    await calendar.logIn(ANN);
    const [tokens] = kept;
    if (!tokens) throw new Error('The login gave no tokens.');
    calls = [];
    kept = [];
    return tokens;
  }

  /** As they are once the access token has run out by the clock of this machine. */
  async function oldTokens(): Promise<SessionTokens> {
    return { ...(await loggedIn()), expiresAt: Date.now() };
  }

  test('begins at the first request, once for all that wait for it', async () => {
    const calendar = clientWith({ login: ANN });
    await expect(Promise.all([1, 2, 3].map(async () => readUser(calendar)))).resolves.toEqual([1, 1, 1]);
    expect(calls).toEqual(['login']);
    expect(kept).toEqual([
      { accessToken: expect.any(String), refreshToken: expect.any(String), expiresAt: expect.any(Number) },
    ]);
  });

  test('begins by logIn, and without it a request has no token', async () => {
    const calendar = clientWith();
    expect((await problemOf(readUser(calendar))).code).toBe('token_required');
    await calendar.logIn(ANN);
    await expect(readUser(calendar)).resolves.toBe(1);
  });

  test('reports a wrong password as a problem, and asks no second time', async () => {
    const calendar = clientWith({ login: { ...ANN, password: 'not the password' } });
    expect((await problemOf(readUser(calendar))).code).toBe('invalid_credentials');
    expect((await problemOf(readUser(calendar))).code).toBe('invalid_credentials');
    expect(calls).toEqual(['login']);
  });

  test('refreshes a token before it ends, once for all requests, and goes on with the next one', async () => {
    const calendar = clientWith({ tokens: await oldTokens() });
    const requests = Array.from({ length: 10 }, async () => readUser(calendar));
    await expect(Promise.all(requests)).resolves.toEqual(Array(10).fill(1));
    expect(calls).toEqual(['refresh']);
    const next = clientWith({ tokens: { ...(kept[0] as SessionTokens), expiresAt: 0 } });
    await expect(readUser(next)).resolves.toBe(1);
    expect(calls).toEqual(['refresh', 'refresh']);
  });

  test('refreshes a token that the service refuses, once for all requests', async () => {
    const calendar = clientWith({ tokens: await loggedIn() });
    clock.advance(QUARTER_HOUR);
    const requests = Array.from({ length: 10 }, async () => readUser(calendar));
    await expect(Promise.all(requests)).resolves.toEqual(Array(10).fill(1));
    expect(calls).toEqual(['refresh']);
    await expect(readUser(calendar)).resolves.toBe(1);
    expect(calls).toEqual(['refresh']);
  });

  test('repeats a POST after a refresh with the same key and body', async () => {
    const calendar = clientWith({ tokens: await loggedIn() });
    clock.advance(QUARTER_HOUR);
    const body = {
      title: 'Review',
      start_date: '2026-03-10T09:00:00Z',
      duration: 3600,
      organizer_user_id: 1,
    };
    const { response } = await calendar.POST('/events', { body });
    expect(response.status).toBe(201);
    expect(calls).toEqual(['refresh']);
  });

  test('ends with a problem once its refresh token is not accepted, and sends nothing without a token', async () => {
    const calendar = clientWith({ tokens: await oldTokens() });
    clock.advance(TWO_MONTHS);
    const problems = await Promise.all([1, 2, 3].map(async () => problemOf(readUser(calendar))));
    expect(problems.map(({ code }) => code)).toEqual(Array(3).fill('invalid_refresh_token'));
    expect((await problemOf(readUser(calendar))).code).toBe('invalid_refresh_token');
    expect(calls).toEqual(['refresh']);
    expect(kept).toEqual([null]);
    await calendar.logIn(ANN);
    await expect(readUser(calendar)).resolves.toBe(1);
  });

  test('begins again by the password, if the client has one', async () => {
    const calendar = clientWith({ tokens: await oldTokens(), login: ANN });
    clock.advance(TWO_MONTHS);
    await expect(readUser(calendar)).resolves.toBe(1);
    expect(calls).toEqual(['refresh', 'login']);
    expect(kept).toEqual([null, expect.objectContaining({ accessToken: expect.any(String) })]);
  });

  test('is no theft if the response of a refresh was lost: the repeat has the same key', async () => {
    const tokens = await oldTokens();
    const calendar = clientWith({ tokens }, () => calls.length === 1);
    expect((await problemOf(readUser(calendar))).code).toBe('secret_not_repeated');
    expect(calls).toEqual(['refresh', 'refresh']);
    // A theft would have ended the session of the tokens that were lost.
    const lost = await lostTokens;
    const finder = clientWith({ tokens: { ...tokens, refreshToken: lost?.refresh_token ?? '' } });
    await expect(readUser(finder)).resolves.toBe(1);
  });

  test('repeats a login whose response was lost', async () => {
    const calendar = clientWith({ login: ANN }, () => calls.length === 1);
    await expect(readUser(calendar)).resolves.toBe(1);
    expect(calls).toEqual(['login', 'login']);
  });

  test('ends by logOut, and later requests have no token', async () => {
    const tokens = await loggedIn();
    const calendar = clientWith({ tokens, login: ANN });
    await calendar.logOut();
    expect((await problemOf(readUser(calendar))).code).toBe('token_required');
    expect(calls).toEqual(['logout']);
    expect(kept).toEqual([null]);
    const copy = clientWith({ tokens: { ...tokens, expiresAt: 0 } });
    expect((await problemOf(readUser(copy))).code).toBe('invalid_refresh_token');
  });

  test('lets a caller abort without a loss for the others', async () => {
    const calendar = clientWith({ tokens: await oldTokens() });
    const caller = new AbortController();
    const [aborted, other] = [readUser(calendar, caller.signal), readUser(calendar)];
    caller.abort(new Error('The page was closed.'));
    await expect(aborted).rejects.toThrow('The page was closed.');
    await expect(other).resolves.toBe(1);
    expect(calls).toEqual(['refresh']);
  });

  test('never sends a request of one user as another who has logged in since', async () => {
    const tokens = await loggedIn();
    let isSent = false;
    const calendar: CalendarClient = createClient({
      baseUrl: application.url,
      tokens,
      fetch: async (request) => {
        if (request.method === 'GET' && !isSent) {
          isSent = true;
          clock.advance(QUARTER_HOUR);
          await calendar.logIn(BOB);
        }
        return fetch(request);
      },
    });
    expect((await problemOf(readUser(calendar))).code).toBe('invalid_token');
    await expect(readUser(calendar)).resolves.toBe(1);
  });

  test('outlives a failure of a proxy', async () => {
    const tokens = await oldTokens();
    let fails = true;
    const calendar = createClient({
      baseUrl: application.url,
      tokens,
      fetch: async (request) => (fails ? new Response('<html>', { status: 404 }) : fetch(request)),
    });
    expect((await problemOf(readUser(calendar))).code).toBe('http_404');
    fails = false;
    await expect(readUser(calendar)).resolves.toBe(1);
  });

  test('may be kept elsewhere: a token function is asked again if its token is refused', async () => {
    const { accessToken } = await loggedIn();
    const given = ['an old token', accessToken];
    const calendar = createClient({ baseUrl: application.url, token: () => given.shift() ?? accessToken });
    await expect(readUser(calendar)).resolves.toBe(1);
    const fixed = createClient({ baseUrl: application.url, token: 'an old token' });
    expect((await problemOf(readUser(fixed))).code).toBe('invalid_token');
    await expect(fixed.logOut()).rejects.toThrow(TypeError);
  });
});
