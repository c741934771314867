import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** As helmet 8 writes them to a response, in its order. */
const HEADERS: readonly (readonly [name: string, value: string])[] = [
  [
    'Content-Security-Policy',
    "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';frame-ancestors 'none';img-src 'self' data:;object-src 'none';script-src 'self';script-src-attr 'none';style-src 'self' 'unsafe-inline'",
  ],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Origin-Agent-Cluster', '?1'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Content-Type-Options', 'nosniff'],
  ['X-DNS-Prefetch-Control', 'off'],
  ['X-Download-Options', 'noopen'],
  ['X-Frame-Options', 'SAMEORIGIN'],
  ['X-Permitted-Cross-Domain-Policies', 'none'],
  ['X-XSS-Protection', '0'],
];

describe('the headers that protect browsers', () => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startTestApplication();
  });
  afterAll(async () => application.close());

  async function rawHeaders(method: string, path: string): Promise<(readonly [string, string])[]> {
    const sent = request(application.url + path, { method, agent: false }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    await once(response, 'end');
    const { rawHeaders: texts } = response;
    return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : []));
  }

  test.each([
    ['GET', '/health/live'],
    ['HEAD', '/health/live'],
    ['GET', '/users/1'],
    ['PUT', '/users'],
    ['GET', '/nowhere'],
    ['GET', '/openapi.json'],
    ['GET', '/docs'],
  ])('come first in each response: %s %s', async (method, path) => {
    const headers = await rawHeaders(method, path);
    expect(headers.slice(0, HEADERS.length)).toEqual(HEADERS);
    const names = headers.map(([name]) => name.toLowerCase());
    expect(new Set(names).size).toBe(names.length);
  });
});
