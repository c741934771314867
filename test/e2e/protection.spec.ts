import { afterEach, describe, expect, test } from '@jest/globals';
import { JWT_SECRET, startTestApplication, type TestApplication } from '../support/application.js';
import { type Answer, Client } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { type Service, startService } from '../support/service.js';

async function statuses(times: number, ask: () => Promise<Answer>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; i += 1) found.push((await ask()).status);
  return found;
}

/** As a process of its own: Jest cannot load @nestjs/throttler, which requires Nest as CommonJS. */
describe('the service called often', () => {
  let database: TestDatabase;
  let service: Service;
  afterEach(async () => {
    await service.process.end('SIGKILL');
    await database.drop();
  });

  async function start(environment: NodeJS.ProcessEnv): Promise<Client> {
    database = await createTestDatabase();
    service = await startService({ DATABASE_URL: database.url, JWT_SECRET, ...environment });
    return new Client(service.url);
  }

  test('limits how often an address calls, and says when it may again', async () => {
    const client = await start({ RATE_LIMIT: '3/min' });
    expect(await statuses(3, async () => client.get('/users/1'))).toEqual([404, 404, 404]);
    const refused = await client.get('/events/1');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await client.get('/health/ready')).status).toBe(200);
  });

  test('counts the users of tokens each by themselves', async () => {
    const client = await start({ RATE_LIMIT: '6/min' });
    const tokens: string[] = [];
    for (const name of ['ann', 'bob']) {
      const account = { email: `${name}@example.com`, password: 'correct horse battery staple' };
      await client.post('/users', { name, ...account });
      tokens.push((await client.post('/auth/login', account)).body.access_token);
    }
    const [ann, bob] = tokens.map((token) => client.with(token));
    expect(await statuses(7, async () => ann.get('/users/1'))).toEqual([200, 200, 200, 200, 200, 200, 429]);
    expect((await bob.get('/users/1')).status).toBe(200);
  });

  test('takes the address from the proxies it trusts', async () => {
    const client = await start({ RATE_LIMIT: '2/min', TRUST_PROXY: 'loopback' });
    const from = (address: string) => async () =>
      client.send('GET', '/users/1', undefined, { 'x-forwarded-for': address });
    expect(await statuses(3, from('192.0.2.1'))).toEqual([404, 404, 429]);
    expect(await statuses(1, from('192.0.2.2'))).toEqual([404]);
  });

  test('takes the address from nobody where it trusts none', async () => {
    const client = await start({ RATE_LIMIT: '2/min' });
    let last = 0;
    const fromAnother = async (): Promise<Answer> => {
      last += 1;
      return client.send('GET', '/users/1', undefined, { 'x-forwarded-for': `192.0.2.${last}` });
    };
    expect(await statuses(3, fromAnother)).toEqual([404, 404, 429]);
  });

  test('limits nobody where no limit is set', async () => {
    const client = await start({});
    expect(new Set(await statuses(100, async () => client.get('/users/1')))).toEqual(new Set([404]));
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
  });
});
