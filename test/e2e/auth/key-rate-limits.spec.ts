import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { SIGN_UP_LIMIT } from '../../../src/rate-limit/rate-limits.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { TestClock } from '../../support/service/test-clock.js';

const KEY = 'cal_the-key-of-a-backend-0123456789-0123456789';

async function statuses(times: number, ask: () => Promise<ServiceResponse>): Promise<number[]> {
  const found: number[] = [];
  for (let i = 0; i < times; i += 1) found.push((await ask()).status);
  return found;
}

function signUpOf(caller: Client) {
  return async (): Promise<ServiceResponse> => caller.send('POST', '/users', {});
}

describe('the limits of requests with an API key', () => {
  let clock: TestClock;
  let application: TestApplication;
  let client: Client;
  let backend: Client;
  beforeEach(() => {
    clock = new TestClock();
  });
  afterEach(async () => application.close());

  async function start(environment: NodeJS.ProcessEnv): Promise<void> {
    application = await startTestApplication({ BOOTSTRAP_API_KEY: KEY, ...environment }, clock);
    client = new Client(application.url);
    backend = client.with(KEY);
  }

  /** Creates users, and lets a period of both limits pass. @returns their ids */
  async function users(...names: string[]): Promise<number[]> {
    const ids: number[] = [];
    for (const name of names) {
      const { body } = await backend.create('/users', { name, email: `${name}@example.com` });
      ids.push(body.id);
    }
    clock.advance(60);
    return ids;
  }

  async function exchanged(userId: number): Promise<Client> {
    const { body } = await backend.post('/auth/token-exchange', { user_id: userId });
    return client.with(body.access_token);
  }

  test('count a key by RATE_LIMIT_KEYS, from its first request on, and not by RATE_LIMIT', async () => {
    await start({ RATE_LIMIT: '2/min', RATE_LIMIT_KEYS: '4/min' });
    expect(await statuses(4, async () => backend.get('/users/1'))).toEqual([404, 404, 404, 404]);
    const refused = await backend.get('/users/1');
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', detail: 'Too many requests of this API key.' },
    });
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(Number(refused.headers.get('retry-after'))).toBe(60);
    // Before its first request, the instance did not know the key, so that request counted for the address too.
    expect(await statuses(2, async () => client.get('/users/1'))).toEqual([404, 429]);
    clock.advance(60);
    expect(await statuses(5, async () => backend.get('/nowhere'))).toEqual([404, 404, 404, 404, 429]);
  });

  test('count each key by itself', async () => {
    await start({ RATE_LIMIT_KEYS: '3/min' });
    const { body } = await backend.post('/api-keys', { name: 'reader', scopes: ['users.read'] });
    const reader = client.with(body.key);
    expect(await statuses(3, async () => backend.get('/users/1'))).toEqual([404, 404, 429]);
    expect(await statuses(4, async () => reader.get('/users/1'))).toEqual([404, 404, 404, 429]);
    expect(await statuses(9, async () => client.get('/users/1'))).toEqual(Array(9).fill(404));
  });

  test('count a request with Act-As-User for the user too, beside the other users of the key', async () => {
    await start({ RATE_LIMIT: '3/min', RATE_LIMIT_KEYS: '100/min' });
    const [ann = 0, bob = 0] = await users('ann', 'bob');
    const asAnn = async () => backend.as(ann).get(`/users/${ann}`);
    expect(await statuses(3, asAnn)).toEqual([200, 200, 200]);
    const refused = await asAnn();
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'too_many_requests', detail: 'Too many requests.' },
    });
    expect(Number(refused.headers.get('retry-after'))).toBe(60);
    expect((await backend.as(bob).get(`/users/${ann}`)).status).toBe(200);
    expect((await backend.get(`/users/${ann}`)).status).toBe(200);
  });

  test('count Act-As-User, exchanged tokens and the tokens of the user together', async () => {
    await start({ RATE_LIMIT: '4/min', RATE_LIMIT_KEYS: '100/min' });
    const login = { email: 'ann@example.com', password: 'correct horse battery staple' };
    const { body } = await backend.create('/users', { name: 'ann', ...login });
    const ann = client.with((await client.post('/auth/login', login)).body.access_token);
    const page = await exchanged(body.id);
    clock.advance(60);
    const callers = [backend.as(body.id), page, ann, page, backend.as(body.id), page, ann];
    const found: number[] = [];
    for (const caller of callers) found.push((await caller.get(`/users/${body.id}`)).status);
    expect(found).toEqual([200, 200, 200, 200, 429, 429, 429]);
  });

  test('count an exchanged token for its key too', async () => {
    await start({ RATE_LIMIT_KEYS: '4/min' });
    const [ann = 0, bob = 0] = await users('ann', 'bob');
    const pages = [await exchanged(ann), await exchanged(bob)];
    const found: number[] = [];
    for (const page of [...pages, ...pages]) found.push((await page.get(`/users/${ann}`)).status);
    expect(found).toEqual([200, 200, 429, 429]);
    expect((await backend.get(`/users/${ann}`)).status).toBe(429);
    clock.advance(60);
    expect((await backend.get(`/users/${ann}`)).status).toBe(200);
  });

  test('let no user use up the requests of the key', async () => {
    await start({ RATE_LIMIT: '2/min', RATE_LIMIT_KEYS: '6/min' });
    const [ann = 0] = await users('ann');
    const page = await exchanged(ann);
    expect(await statuses(20, async () => page.get(`/users/${ann}`))).toEqual([
      200,
      200,
      ...Array(18).fill(429),
    ]);
    // The instance learns the user of Act-As-User by the first request, which counts when it is answered.
    expect(await statuses(20, async () => backend.as(ann).get(`/users/${ann}`))).toEqual([
      200,
      ...Array(19).fill(429),
    ]);
    // The exchange and three requests of the user counted for the key.
    expect(await statuses(3, async () => backend.get(`/users/${ann}`))).toEqual([200, 200, 429]);
  });

  test('let no key use up the requests of a user of another tenant', async () => {
    await start({ RATE_LIMIT: '2/min', RATE_LIMIT_KEYS: '100/min' });
    const [ann = 0] = await users('ann');
    const { body: tenant } = await backend.create('/tenants', { name: 'Umbrella' });
    const foreign = client.with(tenant.api_key.key);
    expect(await statuses(9, async () => foreign.as(ann).get(`/users/${ann}`))).toEqual(Array(9).fill(404));
    expect(await statuses(3, async () => backend.as(ann).get(`/users/${ann}`))).toEqual([200, 200, 429]);
    expect((await foreign.as(ann).get(`/users/${ann}`)).status).toBe(404);
  });

  test('count texts that are no key, and revoked keys, by their address', async () => {
    await start({ RATE_LIMIT: '4/min' });
    const { body } = await backend.post('/api-keys', { name: 'reader', scopes: ['users.read'] });
    const revoked = client.with(body.key);
    expect((await revoked.get('/users/1')).status).toBe(404);
    await backend.delete(`/api-keys/${body.id}`);
    clock.advance(60);
    // The instance notices the revocation at the first request, which still counted for the key.
    expect(await statuses(3, async () => revoked.as(1).get('/users/1'))).toEqual([401, 401, 401]);
    let last = 0;
    const unknown = async (): Promise<ServiceResponse> => {
      last += 1;
      return client
        .with(`cal_unknown_${String(last).padStart(43, '0')}`)
        .as(last)
        .get('/users/1');
    };
    expect(await statuses(4, unknown)).toEqual([401, 401, 429, 429]);
    expect((await revoked.get('/users/1')).status).toBe(429);
    expect((await client.get('/users/1')).status).toBe(429);
    expect((await backend.get('/users/1')).status).toBe(404);
  });

  test('are off with RATE_LIMIT_KEYS=off, and RATE_LIMIT=off leaves that of keys', async () => {
    await start({ RATE_LIMIT: '3/min', RATE_LIMIT_KEYS: 'off' });
    expect(await statuses(20, async () => backend.get('/users/1'))).toEqual(Array(20).fill(404));
    await application.close();
    await start({ RATE_LIMIT: 'off', RATE_LIMIT_KEYS: '3/min' });
    expect(await statuses(4, async () => backend.get('/users/1'))).toEqual([404, 404, 404, 429]);
    expect(await statuses(20, async () => client.get('/users/1'))).toEqual(Array(20).fill(404));
  });

  test('count the users that a known key creates as no sign-ups', async () => {
    await start({ RATE_LIMIT: '300/min' });
    expect((await backend.get('/api-keys')).status).toBe(200);
    const created = await statuses(SIGN_UP_LIMIT.requests + 1, signUpOf(backend));
    expect(new Set(created)).toEqual(new Set([400]));
    expect(await statuses(1, signUpOf(client))).toEqual([400]);
    const unknown = client.with(`${KEY}1`);
    const signUps = await statuses(SIGN_UP_LIMIT.requests, signUpOf(unknown));
    expect([signUps.at(-2), signUps.at(-1)]).toEqual([401, 429]);
  });
});
