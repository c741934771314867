import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { traceCall } from '../tracing/trace-call.js';
import { publicOptions } from './public-request.js';

export interface GetOptions {
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds from the first request to the last byte of the last response. */
  readonly timeoutMs: number;
  /** Bytes of the body, before and after it is decompressed. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Also loopback, private and other addresses that are not of the public internet. */
  readonly allowPrivate: boolean;
}

export interface GetResponse {
  readonly statusCode: number;
  readonly headers: IncomingMessage['headers'];
  /** Decompressed; empty unless the status is from 200 to 299. */
  readonly body: Buffer;
}

/** Why a GET has no response: the code of the error. */
export const TIMED_OUT = 'ERR_TIMED_OUT';
export const TOO_LARGE = 'ERR_TOO_LARGE';
export const TOO_MANY_REDIRECTS = 'ERR_TOO_MANY_REDIRECTS';
export const BAD_REDIRECT = 'ERR_BAD_REDIRECT';

const REDIRECTS: ReadonlySet<number | undefined> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a GET to a URL that a client chose, and follows redirects. The address of each hop is checked when its connection is
 * made, since a name may resolve to another address each time.
 * @throws {Error} with a `code`, also `NOT_PUBLIC`, `TIMED_OUT`, `TOO_LARGE`, `TOO_MANY_REDIRECTS`, `BAD_REDIRECT`
 */
export async function getFrom(url: URL, options: GetOptions): Promise<GetResponse> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  try {
    return await followed(url, options, signal);
  } catch (error) {
    // A connection that the time-out ends fails in different ways.
    throw signal.aborted ? failure(TIMED_OUT, `no response within ${options.timeoutMs} ms`) : error;
  }
}

async function followed(url: URL, options: GetOptions, signal: AbortSignal): Promise<GetResponse> {
  for (let [target, redirects] = [url, 0]; ; redirects += 1) {
    const { response, location } = await traceCall(
      'GET',
      target,
      async (traceHeaders) => hop(target, options, traceHeaders, signal),
      ({ response: { statusCode } }) => statusCode,
    );
    if (location === null) return response;
    if (redirects === options.maxRedirects)
      throw failure(TOO_MANY_REDIRECTS, `more than ${options.maxRedirects} redirects`);
    target = redirectTarget(location, target);
  }
}

/**
 * The target of a redirect. Some servers redirect to `webcal:`, which is `https:` for calendars. A redirect from `https:` to
 * `http:` is not followed: it would send the new address, and the calendar, without encryption.
 */
function redirectTarget(location: string, from: URL): URL {
  const text = location.replace(/^webcals?:/i, 'https:');
  const target = URL.canParse(text, from.href) ? new URL(text, from.href) : null;
  if (target === null || !['http:', 'https:'].includes(target.protocol))
    throw failure(BAD_REDIRECT, 'a redirect to no http or https URL');
  if (from.protocol === 'https:' && target.protocol === 'http:')
    throw failure(BAD_REDIRECT, 'a redirect from https to http');
  if (target.username !== '' || target.password !== '')
    throw failure(BAD_REDIRECT, 'a redirect to a URL with a user or password');
  return target;
}

interface Hop {
  readonly response: GetResponse;
  /** The target of a redirect; null: the response is no redirect. */
  readonly location: string | null;
}

async function hop(
  url: URL,
  { headers, maxBytes, allowPrivate }: GetOptions,
  traceHeaders: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Hop> {
  const requestOf = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = {
    ...publicOptions(url, allowPrivate),
    headers: { 'accept-encoding': 'gzip, deflate, br', ...headers, ...traceHeaders },
    agent: false,
    signal,
  } as const;
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    requestOf(url, options).on('error', reject).on('response', resolve).end();
  });
  const { statusCode = 0 } = message;
  const location = REDIRECTS.has(statusCode) ? (message.headers.location ?? null) : null;
  const isBody = statusCode >= 200 && statusCode <= 299;
  try {
    const body = isBody ? await bodyOf(message, maxBytes) : Buffer.alloc(0);
    return { response: { statusCode, headers: message.headers, body }, location };
  } finally {
    message.destroy();
  }
}

/** The decompressed body. A body that becomes too large is read no further. */
async function bodyOf(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  if (Number(message.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of decompressed(message) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function decompressed(message: IncomingMessage): Readable {
  const decompress = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[message.headers['content-encoding']?.trim().toLowerCase() ?? ''];
  if (!decompress) return message;
  const stream = decompress();
  message.on('error', (error) => stream.destroy(error));
  return message.pipe(stream);
}

function tooLarge(maxBytes: number): Error {
  return failure(TOO_LARGE, `a body of more than ${maxBytes} bytes`);
}

function failure(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
