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
  /** Absent: the request has a connection of its own. All requests with them have the same `allowPrivate`. */
  readonly connections?: KeptConnections;
}

/** Bytes of the body of a response that are read so that its connection may be used again. */
const MAX_DISCARDED_BYTES = 64 * 1024;

/**
 * Sends a POST to a URL that a client chose. The address is checked when the connection is made, since a name may
 * resolve to another address each time. Redirects are not followed, and the body of the response is not read. With
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

async function send(url: URL, options: PostOptions): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!options.allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host);
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    return await attempt(url, options, signal);
  } catch (error) {
    // The receiver closed the kept connection just when the request began.
    if (!(error instanceof ClosedConnection)) throw error;
    return attempt(url, { ...options, connections: undefined }, signal);
  }
}

/** A connection that was used before was closed before its next response. */
class ClosedConnection extends Error {}

async function attempt(
  url: URL,
  { headers, body, allowPrivate, connections }: PostOptions,
  signal: AbortSignal,
): Promise<number> {
  const requestOf = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = requestOf(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: connections?.agentFor(url) ?? false,
      signal,
      ...(!allowPrivate && { lookup: publicLookup }),
    });
    request.on('error', (error) => {
      const wasClosed = request.reusedSocket && errorCode(error) === 'ECONNRESET';
      reject(wasClosed ? new ClosedConnection('', { cause: error }) : error);
    });
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      if (connections) discard(response);
      else response.destroy();
    });
    request.end(body);
  });
}

/** Reads the body of a response, if it is short, so that its connection may be used again. */
function discard(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => undefined);
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_DISCARDED_BYTES) response.destroy();
  });
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
  return new Error(`${host} is not at a public address.`);
}
