import type { LookupAddress } from 'node:dns';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { traceCall } from '../tracing/trace-call.js';
import { addressesOf } from './host-addresses.js';
import { isPublicAddress } from './public-address.js';

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  /** Also loopback, private and other addresses that are not of the public internet. */
  readonly allowPrivate: boolean;
}

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

async function send(url: URL, { headers, body, timeoutMs, allowPrivate }: PostOptions): Promise<number> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (!allowPrivate && isIP(host) !== 0 && !isPublicAddress(host)) throw notPublic(host);
  const requestOf = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = requestOf(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      agent: false,
      signal: AbortSignal.timeout(timeoutMs),
      ...(!allowPrivate && { lookup: publicLookup }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.end(body);
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
