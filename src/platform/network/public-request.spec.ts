import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { postTo } from './public-request.js';

const OPTIONS = { headers: { 'x-test': 'yes' }, body: '{"a":1}', timeoutMs: 5_000 };

const calls: string[] = [];
const server = createServer((request, response) => {
  calls.push([request.method, request.url, request.headers['x-test']].join(' '));
  if (request.url === '/slow') return;
  response.writeHead(request.url === '/redirect' ? 302 : 202, { location: '/taken' }).end();
});
let port: number;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

describe('a POST to a URL that somebody else chose', () => {
  test('gives the status, and follows no redirect', async () => {
    const options = { ...OPTIONS, allowPrivate: true };
    expect(await postTo(new URL(`http://127.0.0.1:${port}/taken`), options)).toBe(202);
    expect(await postTo(new URL(`http://localhost:${port}/redirect`), options)).toBe(302);
    expect(calls).toEqual(['POST /taken yes', 'POST /redirect yes']);
  });

  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0.0.0.0'])(
    'never reaches %s',
    async (host) => {
      const before = calls.length;
      const call = postTo(new URL(`http://${host}:${port}/`), { ...OPTIONS, allowPrivate: false });
      await expect(call).rejects.toThrow('is not at a public address.');
      expect(calls).toHaveLength(before);
    },
  );

  test('does not wait for ever', async () => {
    const call = postTo(new URL(`http://127.0.0.1:${port}/slow`), {
      ...OPTIONS,
      timeoutMs: 50,
      allowPrivate: true,
    });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });
});
