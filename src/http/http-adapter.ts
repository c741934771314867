import { maxHeaderSize, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Configuration } from '../platform/configuration/configuration.js';
import { requestIdOf } from '../platform/logging/request-context.js';
import { expectReadableFile } from './body/calendar-body.js';
import { parseJsonBody } from './body/json-body.js';
import { jsonFor } from './body/readable-json.js';
import { problem } from './problem/problem.js';
import { ProblemException } from './problem/problem-exception.js';
import { acceptedType, CALENDAR_TYPE, takesCalendar } from './routing/accepted-type.js';
import { urlOfProblem, withoutFeedToken } from './routing/public-url.js';

/** The largest request, an event with a thousand attendees, is a few kilobytes. */
export const BODY_LIMIT = 1024 * 1024;

/** Milliseconds. A request of a megabyte takes as long on a poor line. A slower request is a 408. */
export const REQUEST_TIMEOUT_MS = 10_000;

/**
 * Milliseconds after which a connection without traffic is closed. Longer than a request may wait in the queue and in
 * service.
 */
const SILENCE_TIMEOUT_MS = 60_000;

/** Milliseconds between two checks for slow requests. */
const CHECK_INTERVAL_MS = 1_000;

/** @param countRequest counts a request of an address that reaches no route; null, or the seconds that it has to wait */
export function httpAdapter(
  { trustedProxies, publicUrl }: Configuration,
  countRequest: (ip: string) => number | null,
): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
    genReqId: requestIdOf,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    connectionTimeout: SILENCE_TIMEOUT_MS,
    http: { connectionsCheckingInterval: CHECK_INTERVAL_MS, headersTimeout: REQUEST_TIMEOUT_MS },
    // Its response has no problem details. `Admission` refuses requests instead.
    return503OnClosing: false,
    // Node.js accepts no longer path. The pipe of each parameter checks its length, and names it in a refusal.
    routerOptions: { maxParamLength: maxHeaderSize },
    forceCloseConnections: 'idle',
    rewriteUrl: ({ url = '/' }: { url?: string }) => unescapeColons(withoutOrigin(url)),
    frameworkErrors: refuseUrls(countRequest),
    clientErrorHandler: (error, socket) => refuseConnection(error, socket, `${publicUrl ?? ''}/`),
  });
}

/** Accepts JSON bodies, and iCalendar where a route takes files; a body of another type is 415. */
export function acceptKnownBodies(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) =>
    finish(done, () => {
      if (takesCalendar(request.routeOptions.url)) throw otherType(request);
      return parseJsonBody(request.headers, body as Buffer);
    }),
  );
  fastify.addContentTypeParser(CALENDAR_TYPE, (request, _, done) =>
    finish(done, () => {
      if (!takesCalendar(request.routeOptions.url)) throw otherType(request);
      // The operation reads the body.
      expectReadableFile(request);
    }),
  );
}

function finish(done: (error: Error | null, body?: unknown) => void, parse: () => unknown): void {
  try {
    done(null, parse());
  } catch (error) {
    done(error as Error);
  }
}

function otherType({ routeOptions }: FastifyRequest): ProblemException {
  return new ProblemException(415, 'unsupported_media_type', acceptedType(routeOptions.url));
}

/**
 * A client may write the whole URL of a request (RFC 9112, 3.2.2); the client chooses its host, so the host is
 * removed.
 */
function withoutOrigin(url: string): string {
  return url.replace(/^https?:\/\/[^/?#]*\/?/i, '/');
}

const ESCAPED_COLON = /%3A/i;

/** Some clients encode the colon of a path such as `/events:nearest-empty-time-interval`. */
function unescapeColons(url: string): string {
  if (!ESCAPED_COLON.test(url)) return url;
  const [path, ...query] = url.split('?');
  return [path.replace(/%3A/gi, ':'), ...query].join('?');
}

/**
 * Responds to requests that Fastify refuses before it looks for a route, such as `%zz` in a path. They reach no hook and
 * no filter.
 */
function refuseUrls(countRequest: (ip: string) => number | null) {
  return (error: Error, request: FastifyRequest, reply: FastifyReply): void => {
    const instance = urlOfProblem(request);
    const retryAfter = countRequest(request.ip);
    if (retryAfter !== null) reply.header('retry-after', retryAfter);
    const body =
      retryAfter === null
        ? problem(400, 'invalid_input', withoutFeedToken(error.message), instance)
        : problem(429, 'too_many_requests', 'Too many requests.', instance);
    void reply.status(body.status).type('application/problem+json').send(jsonFor(request.url, body));
  };
}

/**
 * Responds to requests that Node.js refuses, such as text that is not HTTP and headers that are too large, on the socket
 * itself.
 */
function refuseConnection(error: { code?: string }, socket: Socket, url: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const title = STATUS_CODES[status] ?? '';
  const body = JSON.stringify(problem(status, 'invalid_input', title, url));
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
