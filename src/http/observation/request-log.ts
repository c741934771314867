import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Level, Logger } from 'pino';
import { maskSecrets } from '../../platform/logging/mask-secrets.js';
import { withRequestId } from '../../platform/logging/request-context.js';
import { isProbe } from '../routing/probes.js';
import { routeName } from '../routing/route-name.js';

/**
 * Writes a log line for every response, and returns the id of the request in a header. The line has the route and its
 * parameters instead of the URL, since a query may hold personal data. It has no header and no body.
 * @param callerOf the fields that name the caller of a request
 */
export function logRequests(
  fastify: FastifyInstance,
  logger: Logger,
  callerOf: (request: FastifyRequest) => object,
): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    withRequestId(request.id, done);
  });
  // Reading a body ends the asynchronous context that carries the id.
  fastify.addHook('preValidation', (request, _, done) => withRequestId(request.id, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    withRequestId(request.id, () => {
      const fields = { ...fieldsOf(request, reply), ...callerOf(request) };
      logger[levelOf(request, reply)](fields, 'request');
    });
    done();
  });
}

function levelOf(request: FastifyRequest, { statusCode }: FastifyReply): Level {
  if (statusCode >= 500) return statusCode === 503 ? 'warn' : 'error';
  return isProbe(request) ? 'debug' : 'info';
}

function fieldsOf(request: FastifyRequest, reply: FastifyReply): object {
  return {
    method: request.method,
    route: routeName(request),
    params: paramsOf(request),
    status: reply.statusCode,
    duration_ms: Math.round(reply.elapsedTime * 10) / 10,
    address: request.ip,
  };
}

/** A client may write a key or a token in place of an id. */
function paramsOf({ params }: FastifyRequest): object {
  const texts = Object.entries(params as Readonly<Record<string, string>>);
  return Object.fromEntries(texts.map(([name, text]) => [name, maskSecrets(text)]));
}
