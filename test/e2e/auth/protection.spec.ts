import { afterEach, describe, expect, test } from '@jest/globals';
import { SIGN_UP_LIMIT } from '../../../src/rate-limit/rate-limits.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { faultsOfMetrics } from '../../support/service/exposition.js';

async function statuses(times: number, ask: () => Promise<ServiceResponse>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; i += 1) found.push((await ask()).status);
  return found;
}

/** Asks as a client of that address; the proxy that tells is trusted. */
function from(client: Client, address: string, method = 'GET', path = '/users/1', body?: unknown) {
  return async (): Promise<ServiceResponse> =>
    client.send(method, path, body, { 'x-forwarded-for': address });
}

const ACCOUNT = { name: 'ann', email: 'ann@example.com', password: 'correct horse battery staple' };

describe('the service called often', () => {
  let application: TestApplication;
  afterEach(async () => application.close());

  async function start(environment: NodeJS.ProcessEnv): Promise<Client> {
    application = await startTestApplication(environment);
    return new Client(application.url);
  }

  test('limits how often an address calls, and says when it may again', async () => {
    const client = await start({ RATE_LIMIT: '3/min' });
    expect(await statuses(3, async () => client.get('/users/1'))).toEqual([404, 404, 404]);
    const refused = await client.get('/events/1');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests', status: 429 } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    for (const probe of ['/health/live', '/health/ready', '/metrics'])
      expect(await statuses(5, async () => client.get(probe))).toEqual([200, 200, 200, 200, 200]);
  });

  test.each<[string, number, string, string, unknown]>([
    ['without a token', 401, 'GET', '/users/1', undefined],
    ['of a path that is not there', 404, 'GET', '/nowhere', undefined],
    ['of a path that cannot be read', 400, 'GET', '/users/%zz', undefined],
    ['by another method', 405, 'PUT', '/users/1', undefined],
    ['with invalid input', 400, 'POST', '/auth/login', {}],
    ['with a body that is no JSON', 400, 'POST', '/auth/login', '{'],
    ['with a wrong password', 401, 'POST', '/auth/login', { ...ACCOUNT, name: undefined }],
  ])('counts requests %s', async (_, status, method, path, body) => {
    const client = await start({ RATE_LIMIT: '3/min', AUTH_MODE: 'required' });
    expect(await statuses(5, async () => client.send(method, path, body))).toEqual([
      status,
      status,
      status,
      429,
      429,
    ]);
  });

  test('counts requests with tokens that are not accepted by their address', async () => {
    const client = await start({ RATE_LIMIT: '3/min' });
    const forged =
      'eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCJ9.eyJpc3MiOiJjYWxlbmRhci1iYWNrZW5kIiwic3ViIjoiMSJ9.c2ln';
    let last = 0;
    const ask = async (): Promise<ServiceResponse> => {
      last += 1;
      return client.with(last % 2 === 0 ? forged : `no token ${last}`).get('/users/1');
    };
    expect(await statuses(4, ask)).toEqual([401, 401, 401, 429]);
  });

  test('counts the users of tokens each by themselves, wherever they call from', async () => {
    const client = await start({ RATE_LIMIT: '6/min', TRUST_PROXY: 'loopback' });
    const tokens: string[] = [];
    for (const name of ['ann', 'bob']) {
      const account = { ...ACCOUNT, email: `${name}@example.com` };
      await client.create('/users', { ...account, name });
      const { email, password } = account;
      tokens.push((await client.post('/auth/login', { email, password })).body.access_token);
    }
    const [ann, bob] = tokens.map((token) => client.with(token));
    // Her refused requests count for her too, and the address that is at its limit is none of her business.
    expect(await statuses(4, async () => client.get('/users/1'))).toEqual([200, 200, 429, 429]);
    expect(await statuses(2, async () => ann.get('/users/4711'))).toEqual([404, 404]);
    expect(await statuses(2, async () => ann.get('/nowhere'))).toEqual([404, 404]);
    expect(await statuses(3, from(ann, '192.0.2.1'))).toEqual([200, 200, 429]);
    expect((await bob.get('/users/1')).status).toBe(200);
  });

  test('limits the sign-ups of an address beside its requests', async () => {
    const client = await start({ RATE_LIMIT: '100000/min', TRUST_PROXY: 'loopback' });
    const signUp = from(client, '192.0.2.1', 'POST', '/users', { name: '' });
    const allowed = await statuses(SIGN_UP_LIMIT.requests, signUp);
    expect(new Set(allowed)).toEqual(new Set([400]));
    const refused = await signUp();
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_sign_ups' } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
    expect((await from(client, '192.0.2.1')()).status).toBe(404);
    expect((await from(client, '192.0.2.2', 'POST', '/users', ACCOUNT)()).status).toBe(201);
    // A PUT without a token signs up, too.
    const put = from(client, '192.0.2.1', 'PUT', '/users/by-external-id/a', {});
    expect(await put()).toMatchObject({ status: 429 });
  });

  test('takes the address from the proxies it trusts, of IPv6 the network', async () => {
    const client = await start({ RATE_LIMIT: '2/min', TRUST_PROXY: 'loopback' });
    expect(await statuses(3, from(client, '192.0.2.1'))).toEqual([404, 404, 429]);
    expect(await statuses(1, from(client, '192.0.2.2'))).toEqual([404]);
    expect(await statuses(2, from(client, '2001:db8:0:1::1'))).toEqual([404, 404]);
    expect(await statuses(1, from(client, '2001:db8:0:1:ffff::2'))).toEqual([429]);
    expect(await statuses(1, from(client, '2001:db8:0:2::1'))).toEqual([404]);
  });

  test('takes the address from nobody where it trusts none', async () => {
    const client = await start({ RATE_LIMIT: '2/min' });
    let last = 0;
    const fromAnother = async (): Promise<ServiceResponse> => {
      last += 1;
      return from(client, `192.0.2.${last}`)();
    };
    expect(await statuses(3, fromAnother)).toEqual([404, 404, 429]);
  });

  test('lets pages of other origins read that they are refused', async () => {
    const origin = 'https://calendar.example.com';
    const client = await start({ RATE_LIMIT: '1/min', CORS_ORIGINS: origin });
    const answers: ServiceResponse[] = [];
    for (let i = 0; i < 2; i += 1) answers.push(await client.send('GET', '/users/1', undefined, { origin }));
    expect(answers.map(({ status }) => status)).toEqual([404, 429]);
    expect(answers[1]?.headers.get('access-control-allow-origin')).toBe(origin);
  });

  test('limits nobody where no limit is set', async () => {
    const client = await start({});
    expect(new Set(await statuses(100, async () => client.get('/users/1')))).toEqual(new Set([404]));
    const signUps = await statuses(SIGN_UP_LIMIT.requests + 1, async () => client.send('POST', '/users', {}));
    expect(new Set(signUps)).toEqual(new Set([400]));
  });
});

describe('the service called by browsers and Prometheus', () => {
  let application: TestApplication;
  afterEach(async () => application.close());

  async function start(environment: NodeJS.ProcessEnv): Promise<Client> {
    application = await startTestApplication(environment);
    return new Client(application.url);
  }

  test.each(['/users/1', '/docs', '/openapi.json'])('tells browsers to be careful with %s', async (path) => {
    await start({});
    const { headers } = await fetch(application.url + path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-frame-options')).toBeTruthy();
    expect(headers.get('access-control-allow-origin')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('lets pages of the origins that are named call, and of no others', async () => {
    await start({ CORS_ORIGINS: 'https://calendar.example.com' });
    const preflight = async (origin: string): Promise<Headers> =>
      (
        await fetch(`${application.url}/events/1`, {
          method: 'OPTIONS',
          headers: {
            origin,
            'access-control-request-method': 'PATCH',
            'access-control-request-headers': 'authorization,if-match,if-none-match',
          },
        })
      ).headers;
    const allowed = await preflight('https://calendar.example.com');
    expect(allowed.get('access-control-allow-origin')).toBe('https://calendar.example.com');
    expect(allowed.get('access-control-allow-methods')).toContain('PATCH');
    expect(allowed.get('access-control-allow-headers')).toContain('If-Match');
    expect(allowed.get('access-control-allow-headers')).toContain('If-None-Match');
    const refused = await preflight('https://evil.example.com');
    expect(refused.get('access-control-allow-origin')).toBeNull();
    const { headers } = await fetch(`${application.url}/events/1`, {
      headers: { origin: 'https://calendar.example.com' },
    });
    expect(headers.get('access-control-expose-headers')).toContain('ETag');
  });

  test('shows Prometheus its requests, its connections and the lag of its event loop', async () => {
    const client = await start({});
    await client.get('/users/4711');
    await client.post('/event-invites/1:accept');
    const answer = await fetch(`${application.url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const metrics = await answer.text();
    expect(metrics).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/users\/\{user_id\}",status="404"\} 1/,
    );
    expect(metrics).toContain('route="/event-invites/{invite_id}:accept"');
    expect(metrics).toMatch(/database_pool_connections\{state="idle"\} [1-9]/);
    expect(metrics).toMatch(/^http_requests_shed_total 0$/m);
    expect(metrics).toMatch(/^reminders_due 0$/m);
    expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(metrics).toMatch(/^process_cpu_seconds_total [\d.]+$/m);
    expect(metrics).toMatch(/^nodejs_active_resources\{type="\w+"\} [1-9]/m);
    expect(faultsOfMetrics(metrics)).toEqual([]);
  });

  test('shows Prometheus the requests of each key, also of those that are refused, and no secret', async () => {
    const key = 'cal_prometheus_the-secret-of-the-key-of-the-metrics-0123';
    const client = (await start({ BOOTSTRAP_API_KEY: key })).with(key);
    const { body: user } = await client.create('/users', { name: 'ann', email: 'ann@example.com' });
    const { body: made } = await client.create('/api-keys', { name: 'reader', scopes: ['users.read'] });
    const { body: exchanged } = await client.post('/auth/token-exchange', { user_id: user.id });
    for (const caller of [client.as(user.id), client.with(exchanged.access_token), client.with(`${key}1`)])
      await caller.get(`/users/${user.id}`);
    await client.with(made.key).get(`/users/${user.id}/event-invites`);
    const metrics = await (await fetch(`${application.url}/metrics`)).text();
    const lines = metrics.split('\n').filter((line) => line.startsWith('api_key_requests_total'));
    expect(lines.toSorted()).toEqual(
      [
        'api_key_requests_total{key="prometheus",user=""} 3',
        `api_key_requests_total{key="prometheus",user="${user.id}"} 2`,
        `api_key_requests_total{key="${made.prefix}",user=""} 1`,
      ].toSorted(),
    );
    for (const secret of [key, made.key]) expect(metrics).not.toContain(secret.slice(15));
    expect(faultsOfMetrics(metrics)).toEqual([]);
  });
});
