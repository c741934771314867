import type { LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { errorCode } from '../error-code.js';
import { traceCall } from '../tracing/trace-call.js';
import { addressesOf } from './host-addresses.js';
import type { KeptConnections } from './kept-connections.js';
import { isPublicAddress } from './public-address.js';

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** Also loopback, private and other addresses that are not of the public internet. */
  readonly allowPrivate: boolean;
  /** Connections that are used again; without them, each request has a connection of its own. */
  readonly connections?: KeptConnections;
}

/** The code of the error if the receiver is not at a public address. */
export const NOT_PUBLIC = 'ERR_NOT_PUBLIC';

/** A longer body of a response costs more than a new connection. */
const MAX_IGNORED_BODY = 16_384;

/**
 * Sends a POST to a URL that a client chose. The address is checked when the connection is made, since a name may
 * resolve to another address each time. Redirects are not followed, and the body of the response is not used. With
 * `allowPrivate` the system's resolver looks the name up, so that `/etc/hosts` counts.
 * @returns the HTTP status
 */
export async function postTo(url: URL, options: PostOptions): Promise<number> {
  return traceCall(
    'POST',
    url,
    async (traceHeaders) => send(url, { ...options, headers: { ...options.headers, ...traceHeaders } }),
    (status) => status,
  );
}

/** The receiver closed an idle connection before it got the request. */
class ClosedConnection extends Error {}

async function send(url: URL, options: PostOptions): Promise<number> {
  try {
    return await sendOnce(url, options);
  } catch (error) {
    if (error instanceof ClosedConnection) return sendOnce(url, { ...options, connections: undefined });
    throw error;
  }
}

async function sendOnce(url: URL, options: PostOptions): Promise<number> {
  const { headers, body, timeoutMs, allowPrivate, connections } = options;
  const guarded = publicOptions(url, allowPrivate);
  const requestOf = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = requestOf(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: connections?.agentFor(url) ?? false,
      signal: AbortSignal.timeout(timeoutMs),
      ...guarded,
    });
    request.on('error', (error) => {
      const isClosed = request.reusedSocket && errorCode(error) === 'ECONNRESET';
      reject(isClosed ? new ClosedConnection() : error);
    });
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      if (connections) ignoreBody(response);
      else response.destroy();
    });
    request.end(body);
  });
}

/**
 * The options of a request to a URL that a client chose, by which its connection is made to a public address alone.
 * @param allowPrivate whether any address will do
 * @throws {Error} `NOT_PUBLIC`, if the host is an address that is not public
 */
export function publicOptions(url: URL, allowPrivate: boolean): { readonly lookup?: LookupFunction } {
  if (allowPrivate) return {};
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host);
  return { lookup: publicLookup };
}

/** Reads a body to its end, so that the connection can be used again. */
function ignoreBody(response: IncomingMessage): void {
  let length = 0;
  response.on('data', (part: Buffer) => {
    length += part.length;
    if (length > MAX_IGNORED_BODY) response.destroy();
  });
  response.on('error', () => response.destroy());
}

const lookUpPublic = callbackify(async (hostname: string): Promise<LookupAddress[]> => {
  const addresses = await addressesOf(hostname);
  const isPublic = addresses.every(({ address }) => isPublicAddress(address));
  if (!isPublic || addresses.length === 0) throw notPublic(hostname);
  return addresses;
});

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookUpPublic(hostname, (error, addresses) => {
    if (error) callback(error, '');
    else if (options.all) callback(null, addresses);
    else callback(null, addresses[0].address, addresses[0].family);
  });
};

function notPublic(host: string): Error {
  return Object.assign(new Error(`${host} is not at a public address.`), { code: NOT_PUBLIC });
}
