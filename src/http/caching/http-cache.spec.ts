import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FastifyInstance, fastify } from 'fastify';
import { tagResponses } from './http-cache.js';

describe('the headers for caches', () => {
  let app: FastifyInstance;

  beforeAll(() => {
    app = fastify();
    tagResponses(app);
    app.get('/events/1', (_, reply) => reply.header('etag', '"3"').send({ id: 1 }));
    app.get('/users', () => [{ id: 1 }]);
    app.get('/bytes', (_, reply) => reply.type('application/json').send(Buffer.from('[{"id":1}]')));
    app.get('/health/live', () => ({ status: 'ok' }));
    app.get('/docs/page.js', (_, reply) => reply.header('cache-control', 'max-age=60').send('text'));
    app.get('/refused', (_, reply) => reply.status(404).send({ code: 'not_found' }));
    app.post('/users', () => ({ id: 2 }));
  });
  afterAll(async () => app.close());

  test.each([
    ['GET', '/events/1', /^"3-[\da-f]{32}"$/, 'private, no-cache'],
    ['GET', '/users?limit=1', /^"[\da-f]{32}"$/, 'private, no-cache'],
    ['HEAD', '/users', /^"[\da-f]{32}"$/, 'private, no-cache'],
    ['GET', '/docs/page.js', /^"[\da-f]{32}"$/, 'max-age=60'],
    ['GET', '/health/live', /^undefined$/, undefined],
    ['GET', '/refused', /^undefined$/, 'private, no-cache'],
    ['POST', '/users', /^undefined$/, 'private, no-cache'],
  ] as const)('of %s %s', async (method, url, tag, control) => {
    const { headers } = await app.inject({ method, url });
    expect(String(headers.etag)).toMatch(tag);
    expect(headers['cache-control']).toBe(control);
  });

  test('have the same tag for a text and for its bytes', async () => {
    const [text, bytes] = [await app.inject({ url: '/users' }), await app.inject({ url: '/bytes' })];
    expect(bytes.headers.etag).toBe(text.headers.etag);
    expect(bytes.body).toBe(text.body);
    const headers = { 'if-none-match': String(bytes.headers.etag) };
    expect((await app.inject({ url: '/bytes', headers })).statusCode).toBe(304);
  });

  test('let a client keep a representation that it has', async () => {
    const first = await app.inject({ url: '/events/1' });
    const headers = { 'if-none-match': String(first.headers.etag) };
    const second = await app.inject({ url: '/events/1', headers });
    expect([second.statusCode, second.body, second.headers['content-type']]).toEqual([304, '', undefined]);
    expect(second.headers.etag).toBe(first.headers.etag);
    expect((await app.inject({ url: '/users', headers })).statusCode).toBe(200);
  });
});
