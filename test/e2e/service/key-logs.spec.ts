import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { bindablePort } from '../../../src/platform/system/bindable-port.js';
import { Client, type ServiceResponse } from '../../support/client/client.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';
import { type RunningScript, runScript } from '../../support/service/child-process.js';
import { logLines } from '../../support/service/log-lines.js';

const FIRST_KEY = 'cal_firstkey00_the-secret-of-the-first-key-of-the-log-0';
const NAMED = { api_key_id: 1, api_key_prefix: 'firstkey00' };

describe('the log of requests with an API key', () => {
  let database: TestDatabase;
  let service: RunningScript;
  let url: string;
  let backend: Client;
  let userId: number;

  beforeAll(async () => {
    database = await createTestDatabase();
    const port = String(await bindablePort(0, '127.0.0.1'));
    url = `http://127.0.0.1:${port}`;
    service = runScript('src/main.js', [], {
      PORT: port,
      DATABASE_URL: database.url,
      LOG_LEVEL: 'debug',
      BOOTSTRAP_API_KEY: FIRST_KEY,
    });
    await service.printed(/AUTH_MODE=/);
    backend = new Client(url).with(FIRST_KEY);
    userId = (await backend.create('/users', { name: 'bob', email: 'bob@example.com' })).body.id;
  });
  afterAll(async () => {
    await service.end('SIGKILL');
    await database.drop();
  });

  /** The caller in the line of a request, and nothing else. */
  async function callerOf({ headers }: ServiceResponse): Promise<unknown> {
    const requestId = headers.get('x-request-id') ?? '';
    await service.printed(new RegExp(`${requestId}.*"msg":"request"`));
    const lines = logLines(service.output());
    const line = lines.find(({ request_id: id, msg }) => id === requestId && msg === 'request') ?? {};
    const fields = Object.entries(line).filter(([name]) => /^(?:user_id|api_key)/.test(name));
    return Object.fromEntries(fields);
  }

  test('names the key', async () => {
    expect(await callerOf(await backend.get(`/users/${userId}`))).toEqual(NAMED);
  });

  test('names the key and the user with Act-As-User, and of an exchanged token', async () => {
    const { body } = await backend.post('/auth/token-exchange', { user_id: userId });
    const page = new Client(url).with(body.access_token);
    const event = { title: 'Planning', start_date: '2026-03-02T09:00:00Z', duration: 3600 };
    for (const client of [backend.as(userId), page]) {
      const written = await client.create('/events', { ...event, organizer_user_id: userId });
      expect(await callerOf(written)).toEqual({ user_id: userId, ...NAMED });
    }
  });

  test('names the key of a request without the scope, and no unknown key', async () => {
    const { body: made } = await backend.create('/api-keys', { name: 'reader', scopes: ['users.read'] });
    const reader = new Client(url).with(made.key);
    const refused = await reader.get(`/users/${userId}/event-invites`);
    expect(refused.status).toBe(403);
    expect(await callerOf(refused)).toEqual({ api_key_id: made.id, api_key_prefix: made.prefix });
    const unknown = await new Client(url).with(`${FIRST_KEY}x`).get(`/users/${userId}`);
    expect(unknown.status).toBe(401);
    expect(await callerOf(unknown)).toEqual({});
  });

  test('has no secret of a key or of a token, wherever a client writes it', async () => {
    const { body: made } = await backend.create('/api-keys', { name: 'reader', scopes: ['users.read'] });
    const { body: exchanged } = await backend.post('/auth/token-exchange', { user_id: userId });
    const unknown = 'cal_unknown000_the-secret-of-a-key-that-is-unknown-0';
    for (const secret of [FIRST_KEY, made.key, exchanged.access_token, unknown]) {
      const client = new Client(url).with(secret);
      await client.get(`/users/${userId}`);
      await client.as(4711).get(`/users/${userId}`);
      await client.send('GET', `/users/${userId}`, undefined, { 'act-as-user': secret });
      await client.send('POST', '/users', { name: secret, email: secret });
      await client.send('POST', '/users', undefined, { 'idempotency-key': secret });
      await client.send('GET', `/users?email=${secret}`);
      await backend.send('DELETE', `/api-keys/${secret}`);
      await backend.send('DELETE', `/api-keys/${encodeURIComponent(`/${secret}`)}`);
      await backend.send('GET', `/${secret}`);
      await backend.send('GET', `/events/1/occurrences/${secret}`);
    }
    await callerOf(await backend.delete(`/api-keys/${made.id}`));
    const secrets = [FIRST_KEY, made.key, unknown].map((key) => key.slice('cal_firstkey00_'.length));
    const [, , signature = ''] = exchanged.access_token.split('.');
    const lines = service.output().split('\n');
    const leaks = [...secrets, signature].flatMap((secret) => lines.filter((line) => line.includes(secret)));
    expect(leaks).toEqual([]);
    expect(service.complaint()).toBe('');
  });
});
