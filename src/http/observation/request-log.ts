import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Level, Logger } from 'pino';
import { withRequestId } from '../../platform/logging/request-context.js';
import { isProbe } from '../routing/probes.js';
import { routeName } from '../routing/route-name.js';

/**
 * Writes a line for every request that was answered, and gives its id back. The line has the route and its
 * parameters instead of the address, whose query may hold what is nobody's business, and no header or body.
 */
export function logRequests(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    withRequestId(request.id, done);
  });
  // Reading a body breaks the asynchronous chain that the id travels by.
  fastify.addHook('preValidation', (request, _, done) => withRequestId(request.id, done));
  fastify.addHook('onResponse', (request, reply, done) => {
    withRequestId(request.id, () => logger[levelOf(request, reply)](fieldsOf(request, reply), 'request'));
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
    params: request.params,
    status: reply.statusCode,
    duration_ms: Math.round(reply.elapsedTime * 10) / 10,
    address: request.ip,
  };
}
