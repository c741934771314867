import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { maskSecrets } from '../../platform/logging/mask-secrets.js';
import { currentTracer, type Span, type SpanStart, withinSpan } from '../../platform/tracing/tracing.js';
import { isProbe } from '../routing/probes.js';
import { routeName } from '../routing/route-name.js';

/** OpenTelemetry names the methods of HTTP; any other one is `_OTHER`. */
const METHODS = new Set(['CONNECT', 'DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT', 'TRACE']);

/** Characters. The longest path of the service, with two identifiers, is shorter. */
const MAX_PATH_LENGTH = 200;

/** The characters of the paths of the service. An email address in place of an id has other characters. */
const PLAIN_PATH = /^[\w/:.+-]+$/;

/**
 * Makes a span of every request except probes, which continues the trace of its `traceparent`. The span ends with the
 * response, or when the client hangs up. Does nothing while tracing is off.
 */
export function traceRequests(fastify: FastifyInstance): void {
  const tracer = currentTracer();
  if (tracer === null) return;
  const spans = new WeakMap<FastifyRequest, Span>();
  const resume = (request: FastifyRequest, _: FastifyReply, done: () => void): void => {
    withinSpan(spans.get(request) ?? null, done);
  };
  fastify.addHook('onRequest', (request, reply, done) => {
    if (isProbe(request)) return done();
    const span = tracer.continue(startOf(request), request.headers);
    spans.set(request, span);
    reply.raw.once('close', () => finish(span, reply));
    return withinSpan(span, done);
  });
  // Reading a body ends the asynchronous context that carries the span.
  fastify.addHook('preValidation', resume);
  fastify.addHook('onResponse', resume);
}

function startOf(request: FastifyRequest): SpanStart {
  const route = routeName(request) ?? undefined;
  const isKnown = METHODS.has(request.method);
  const method = isKnown ? request.method : 'HTTP';
  return {
    name: route === undefined ? method : `${method} ${route}`,
    kind: 'server',
    attributes: {
      'http.request.method': isKnown ? request.method : '_OTHER',
      'http.request.method_original': isKnown ? undefined : request.method,
      'http.route': route,
      'url.scheme': request.protocol,
      'url.path': route === undefined ? undefined : pathOf(request),
      'network.protocol.version': request.raw.httpVersion,
    },
  };
}

/** The path without its query; undefined if it may hold more than a path of the service. */
function pathOf({ url }: FastifyRequest): string | undefined {
  const path = url.split('?', 1)[0] ?? '';
  return path.length <= MAX_PATH_LENGTH && PLAIN_PATH.test(path) ? maskSecrets(path) : undefined;
}

function finish(span: Span, { raw }: FastifyReply): void {
  if (raw.headersSent) span.set({ 'http.response.status_code': raw.statusCode });
  if (raw.headersSent && raw.statusCode >= 500) span.fail(String(raw.statusCode));
  span.end();
}
