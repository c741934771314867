import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NameServer } from '../../../test/support/servers/name-server.js';
import { getFrom, TOO_MANY_REDIRECTS } from './public-get.js';
import { NOT_PUBLIC } from './public-request.js';

/** A public address. The network of this test leads it to the server of the test. */
const PUBLIC = '93.184.215.14';

const MAX_REDIRECTS = 5;

const names = new NameServer({ 'inside.example': ['127.0.0.1'], 'outside.example': [PUBLIC] });

/** The hosts and paths of the requests, in order. */
const asked: string[] = [];

/** Redirects `/n/target` to `/n-1/target`, and `/0/target` to the target. */
const server = createServer(({ url = '', headers: { host = '' } }, response) => {
  asked.push(`${host.split(':')[0]}${url}`);
  const [, kind = '', target = ''] = url.split('/');
  if (kind === 'end') return response.end('end');
  const location =
    kind === 'loop' ? url : kind === '0' ? decodeURIComponent(target) : `/${Number(kind) - 1}/${target}`;
  return response.writeHead(302, { location }).end();
});
let port: number;

type Connect = (this: Socket, ...args: unknown[]) => Socket;
const { connect } = Socket.prototype as unknown as { readonly connect: Connect };

/** Leads the public address to the server, after the guard has passed it. */
function connectThere(this: Socket, ...args: unknown[]): Socket {
  const [first] = args;
  const options = (Array.isArray(first) ? first[0] : first) as {
    host?: string;
    lookup?: (name: string, options: object, done: (error: unknown, found: unknown) => void) => void;
  };
  if (options.host === PUBLIC) options.host = '127.0.0.1';
  const { lookup } = options;
  options.lookup &&= (name, about, done) =>
    lookup?.(name, about, (error, found) =>
      done(error, JSON.parse(JSON.stringify(found ?? null).replaceAll(PUBLIC, '127.0.0.1'))),
    );
  return connect.apply(this, args);
}

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  Object.assign(Socket.prototype, { connect: connectThere });
  await names.start();
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  await names.stop();
  Object.assign(Socket.prototype, { connect });
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

/** Requests a public address that redirects some times, and then to a target. */
async function get(redirects: number, target: string) {
  const url = new URL(`http://${PUBLIC}:${port}/${redirects - 1}/${encodeURIComponent(target)}`);
  const options = { headers: {}, timeoutMs: 5_000, maxBytes: 10_000, maxRedirects: MAX_REDIRECTS };
  return getFrom(url, { ...options, allowPrivate: false });
}

describe('a public address', () => {
  test.each([1, 2, 3, 4, 5])('redirects %d times to another public one', async (redirects) => {
    expect((await get(redirects, `http://outside.example:${port}/end`)).body.toString()).toBe('end');
    expect(asked).toHaveLength(redirects + 1);
    expect(asked.at(-1)).toBe('outside.example/end');
  });

  const INSIDE = [
    '127.0.0.1',
    'inside.example',
    'localhost',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '2130706433',
    '10.0.0.1',
    '169.254.169.254',
  ];
  test.each([1, 2, 3, 4, 5].flatMap((hop) => INSIDE.map((host) => [hop, host] as const)))(
    'whose redirect %d leads to %s is not followed there',
    async (hop, host) => {
      await expect(get(hop, `http://${host}:${port}/end`)).rejects.toMatchObject({ code: NOT_PUBLIC });
      expect(asked).toHaveLength(hop);
      expect(asked.filter((path) => path.endsWith('/end'))).toEqual([]);
    },
  );

  test('that redirects to itself is not asked for ever', async () => {
    await expect(get(1, '/loop')).rejects.toMatchObject({ code: TOO_MANY_REDIRECTS });
    expect(asked).toHaveLength(MAX_REDIRECTS + 1);
  });

  test.each(['webcal', 'webcals', 'WEBCAL'])('that redirects to %s is followed by https', async (scheme) => {
    // The server speaks no TLS.
    await expect(get(1, `${scheme}://${PUBLIC}:${port}/end`)).rejects.toMatchObject({ code: 'EPROTO' });
  });

  test.each([
    ['a path', '/end'],
    ['a relative path', '../end'],
    ['a host without a scheme', '//outside.example/end'],
  ])('that redirects to %s is followed', async (_, target) => {
    const there = target.startsWith('//') ? target.replace('/end', `:${port}/end`) : target;
    expect((await get(1, there)).body.toString()).toBe('end');
  });
});
