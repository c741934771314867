import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BAD_REDIRECT, getFrom, TIMED_OUT, TOO_LARGE, TOO_MANY_REDIRECTS } from './public-get.js';
import { NOT_PUBLIC } from './public-request.js';

const TEXT = 'BEGIN:VCALENDAR'.repeat(100);

const ENCODED: Readonly<Record<string, Buffer>> = {
  gzip: gzipSync(TEXT),
  deflate: deflateSync(TEXT),
  br: brotliCompressSync(TEXT),
  identity: Buffer.from(TEXT),
};

const paths: string[] = [];
const server = createServer((request, response) => {
  const { url = '' } = request;
  paths.push(url);
  const [, kind = '', value = ''] = url.split('/');
  if (kind === 'encoded') return response.writeHead(200, { 'content-encoding': value }).end(ENCODED[value]);
  if (kind === 'hop')
    return response.writeHead(302, { location: value === '0' ? '/end' : `/hop/${Number(value) - 1}` }).end();
  if (kind === 'to') return response.writeHead(302, { location: decodeURIComponent(value) }).end();
  if (kind === 'slow') return response.writeHead(200).write('BEGIN');
  if (kind === 'large') return response.writeHead(200).end(Buffer.alloc(2_000));
  return response.writeHead(Number(value) || 200, { etag: '"1"' }).end('end');
});
let origin: string;

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const OPTIONS = { headers: {}, timeoutMs: 5_000, maxBytes: 10_000, maxRedirects: 2, allowPrivate: true };

async function get(path: string, options: Partial<typeof OPTIONS> = {}) {
  return getFrom(new URL(origin + path), { ...OPTIONS, ...options });
}

describe('a GET of a URL that somebody else chose', () => {
  test.each(Object.keys(ENCODED))('reads a body in the encoding %s', async (encoding) => {
    expect((await get(`/encoded/${encoding}`)).body.toString()).toBe(TEXT);
  });

  test('has the status and the headers, and no body unless it succeeds', async () => {
    const { statusCode, headers, body } = await get('/status/404');
    expect([statusCode, headers.etag, body.length]).toEqual([404, '"1"', 0]);
  });

  test('follows as many redirects as it may', async () => {
    expect((await get('/hop/1')).body.toString()).toBe('end');
    await expect(get('/hop/2')).rejects.toMatchObject({ code: TOO_MANY_REDIRECTS });
  });

  test.each(['ftp://example.com/', 'mailto:ann@example.com', 'http://ann@example.com/', 'http://'])(
    'follows no redirect to %s',
    async (target) => {
      const redirected = get(`/to/${encodeURIComponent(target)}`);
      await expect(redirected).rejects.toMatchObject({ code: BAD_REDIRECT });
    },
  );

  test('reads no more than it may, also of a body that is small before it is decompressed', async () => {
    for (const path of ['/large', '/encoded/gzip', '/encoded/identity'])
      await expect(get(path, { maxBytes: 1_000 })).rejects.toMatchObject({ code: TOO_LARGE });
  });

  test('does not wait for ever for the end of a body', async () => {
    await expect(get('/slow', { timeoutMs: 100 })).rejects.toMatchObject({ code: TIMED_OUT });
  });

  test.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0.0.0.0'])(
    'never reaches %s without allowPrivate',
    async (host) => {
      const before = paths.length;
      const url = new URL(origin);
      url.hostname = host;
      const options = { ...OPTIONS, allowPrivate: false };
      await expect(getFrom(url, options)).rejects.toMatchObject({ code: NOT_PUBLIC });
      expect(paths).toHaveLength(before);
    },
  );
});
