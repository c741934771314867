import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.js';

/** Counts every request, also a request that reaches no controller. */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    metrics.countResponse(request, reply);
    done();
  });
}
