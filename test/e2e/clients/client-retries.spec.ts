import { afterEach, describe, expect, test } from '@jest/globals';
import { type CalendarClient, ConnectionError, createClient } from '../../../clients/typescript/src/index.js';
import { failureOf, problemOf } from '../../support/client/client-failures.js';
import {
  cutOff,
  hangUp,
  json,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
  status,
} from '../../support/servers/scripted-server.js';
import { startTestApplication } from '../../support/service/application.js';

const EVENT = { params: { path: { event_id: 1 } } };
const MEETING = { title: 'x', start_date: '2026-03-10T09:00:00Z', duration: 3600, organizer_user_id: 1 };

describe('retries of the TypeScript client', () => {
  let peer: ScriptedServer;
  afterEach(async () => peer.close());

  async function calendarOf(...script: Reply[]): Promise<CalendarClient> {
    peer = await startScriptedServer(...script);
    return createClient({ baseUrl: peer.url });
  }

  const keys = (): unknown[] => peer.received.map(({ headers }) => headers['idempotency-key']);

  test('wait until the rate limit of the service ends', async () => {
    peer = await startScriptedServer();
    const application = await startTestApplication({ RATE_LIMIT: '2/s' });
    const calendar = createClient({ baseUrl: application.url });
    const users: number[] = [];
    for (const name of ['ann', 'bob', 'cid', 'dan', 'eve']) {
      const { data } = await calendar.POST('/users', { body: { name, email: `${name}@example.com` } });
      users.push(data.id);
    }
    await application.close();
    expect(users).toEqual([1, 2, 3, 4, 5]);
  });

  test('of a POST whose response was lost do it once', async () => {
    peer = await startScriptedServer();
    const application = await startTestApplication();
    let attempts = 0;
    const calendar = createClient({
      baseUrl: application.url,
      fetch: async (request) => {
        const response = await fetch(request);
        attempts += 1;
        if (attempts === 1) throw new TypeError('The connection was lost.');
        return response;
      },
    });
    const body = { name: 'ann', email: 'ann@example.com' };
    const { data, response } = await calendar.POST('/users', { body });
    await application.close();
    expect([attempts, response.status, data.id]).toEqual([2, 201, 1]);
    expect(response.headers.get('idempotency-replayed')).toBe('true');
  });

  test('of a POST carry one key, its own for each call', async () => {
    const calendar = await calendarOf(
      status(503, { 'retry-after': '0' }),
      hangUp,
      json({ id: 1 }),
      json({ id: 2 }),
    );
    await calendar.POST('/events', { body: MEETING });
    await calendar.POST('/events', { body: MEETING });
    const [first, second, third, other] = keys();
    expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect([second, third]).toEqual([first, first]);
    expect(other).not.toBe(first);
    expect(peer.received.map(({ body }) => body)).toEqual(Array(4).fill(JSON.stringify(MEETING)));
  });

  test('keep the key that the caller has given', async () => {
    const calendar = await calendarOf(hangUp, json({ id: 1 }));
    await calendar.POST('/events', { body: MEETING, params: { header: { 'Idempotency-Key': 'mine' } } });
    expect(keys()).toEqual(['mine', 'mine']);
  });

  test('wait until the date of Retry-After', async () => {
    const end = Math.ceil(Date.now() / 1000) * 1000 + 1000;
    const calendar = await calendarOf(
      status(429, { 'retry-after': new Date(end).toUTCString() }),
      (response, request) => (Date.now() >= end ? json({ id: 1 }) : status(400))(response, request),
    );
    const { data } = await calendar.GET('/events/{event_id}', EVENT);
    expect(data?.id).toBe(1);
  });

  test('wait for the first attempt of a key that is still under way', async () => {
    const problem = { status: 409, title: 'Conflict', detail: 'Under way.', code: 'idempotency_key_in_use' };
    const calendar = await calendarOf(hangUp, status(409, {}, JSON.stringify(problem)), json({ id: 1 }));
    await expect(calendar.POST('/events', { body: MEETING })).resolves.toMatchObject({ data: { id: 1 } });
  });

  test('end with the attempts, and the problem counts them', async () => {
    const busy = status(503, { 'retry-after': '0' });
    peer = await startScriptedServer(busy, busy, busy);
    const calendar = createClient({ baseUrl: peer.url, retry: { attempts: 2 } });
    const problem = await problemOf(calendar.GET('/events/{event_id}', EVENT));
    expect(problem).toMatchObject({ status: 503, code: 'http_503', retryAfter: 0, attempts: 2 });
    expect(peer.received).toHaveLength(2);
  });

  test('do not wait longer than the call may', async () => {
    const calendar = await calendarOf(status(429, { 'retry-after': '61' }));
    const problem = await problemOf(calendar.GET('/events/{event_id}', EVENT));
    expect(problem).toMatchObject({ status: 429, retryAfter: 61, attempts: 1 });
  });

  test.each([{}, { 'retry-after': 'soon' }])(
    'leave out a quota, which no waiting frees: %j',
    async (headers) => {
      const calendar = await calendarOf(status(429, headers), json({}));
      await problemOf(calendar.GET('/events/{event_id}', EVENT));
      expect(peer.received).toHaveLength(1);
    },
  );

  test.each(['GET', 'PUT', 'DELETE'] as const)('repeat a %s whose response was lost', async (method) => {
    const calendar = await calendarOf(hangUp, cutOff, json({ id: 1 }));
    const path = '/users/{user_id}/events/{event_id}/reminders';
    const params = { path: { user_id: 1, event_id: 1 } };
    if (method === 'GET') await calendar.GET(path, { params });
    if (method === 'PUT') await calendar.PUT(path, { params, body: { use_default: true } });
    if (method === 'DELETE') await calendar.DELETE('/events/{event_id}', EVENT);
    expect(peer.received.map((request) => request.method)).toEqual([method, method, method]);
  });

  test('leave out a PATCH whose response was lost, since it may have been done', async () => {
    const calendar = await calendarOf(hangUp, json({ id: 1 }));
    const error = await failureOf(calendar.PATCH('/events/{event_id}', { ...EVENT, body: { title: 'y' } }));
    expect(error).toBeInstanceOf(ConnectionError);
    expect(error).toMatchObject({ name: 'ConnectionError', attempts: 1, cause: expect.anything() });
    expect((error as Error).message).toMatch(/^No response to PATCH http:.*\/events\/1: /);
    expect(peer.received).toHaveLength(1);
  });

  test('of a PATCH that was not served are sent', async () => {
    const calendar = await calendarOf(status(503), json({ id: 1 }));
    await calendar.PATCH('/events/{event_id}', { ...EVENT, body: { title: 'y' } });
    expect(peer.received.map(({ body }) => body)).toEqual(Array(2).fill('{"title":"y"}'));
  });

  test('end at once when the caller aborts, in a wait too', async () => {
    const caller = new AbortController();
    const calendar = await calendarOf((response, request) => {
      status(503, { 'retry-after': '50' })(response, request);
      setTimeout(() => caller.abort(new Error('The page was closed.')), 50);
    });
    const error = await failureOf(calendar.GET('/events/{event_id}', { ...EVENT, signal: caller.signal }));
    expect((error as Error).message).toBe('The page was closed.');
    expect(peer.received).toHaveLength(1);
  });

  test('are not made for a response that a proxy wrote', async () => {
    const page = '<html>502 Bad Gateway</html>';
    const calendar = await calendarOf(status(502, { 'content-type': 'text/html' }, page));
    const problem = await problemOf(calendar.GET('/events/{event_id}', EVENT));
    expect(problem).toMatchObject({ status: 502, code: 'http_502', title: 'Bad Gateway', body: page });
    expect(problem.errors).toEqual([]);
  });

  test('and a page where JSON was expected is a problem too', async () => {
    const calendar = await calendarOf(status(200, { 'content-type': 'text/html' }, '<html>Welcome</html>'));
    const problem = await problemOf(calendar.GET('/events/{event_id}', EVENT));
    expect(problem).toMatchObject({ code: 'http_200', detail: expect.stringContaining('baseUrl') });
  });
});
