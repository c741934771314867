import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { KeptConnections } from './kept-connections.js';
import { postTo } from './public-request.js';

const OPTIONS = { headers: { 'x-test': 'yes' }, body: '{"a":1}', timeoutMs: 5_000 };

const calls: string[] = [];
const sockets = new Set<unknown>();
const server = createServer((request, response) => {
  sockets.add(request.socket);
  if (request.url === '/reset' && request.socket.bytesRead > 1_000) return request.socket.resetAndDestroy();
  calls.push([request.method, request.url, request.headers['x-test']].join(' '));
  if (request.url === '/slow') return undefined;
  if (request.url === '/long') return response.end(Buffer.alloc(100_000));
  return response.writeHead(request.url === '/redirect' ? 302 : 202, { location: '/taken' }).end();
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

  describe('with connections that are kept', () => {
    const connections = new KeptConnections();
    const options = { ...OPTIONS, allowPrivate: true, connections };
    beforeEach(() => sockets.clear());
    afterEach(() => connections.close());

    async function post(path: string, more: Partial<typeof options> = {}): Promise<number> {
      return postTo(new URL(`http://127.0.0.1:${port}${path}`), { ...options, ...more });
    }

    test('uses one connection for requests after each other', async () => {
      for (let count = 0; count < 5; count += 1) {
        expect(await post('/taken')).toBe(202);
        await sleep(5);
      }
      expect(sockets.size).toBe(1);
    });

    test('uses a new connection after a long response', async () => {
      for (let count = 0; count < 2; count += 1) {
        expect(await post('/long')).toBe(200);
        await sleep(20);
      }
      expect(sockets.size).toBe(2);
    });

    test('sends a request again if the receiver closes the connection at it', async () => {
      await post('/taken', { body: 'x'.repeat(1_000) });
      await sleep(5);
      expect(await post('/reset')).toBe(202);
      expect(sockets.size).toBe(2);
    });

    test('still never reaches an address that is not public', async () => {
      await expect(post('/taken', { allowPrivate: false })).rejects.toThrow('is not at a public address.');
    });
  });
});
