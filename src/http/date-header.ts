import type { FastifyInstance } from 'fastify';
import type { Clock } from '../platform/clock/clock.js';

/** Gives each response the service's own time as its `Date`; otherwise Node.js writes the time of the machine. */
export function dateResponses(fastify: FastifyInstance, clock: Clock): void {
  fastify.addHook('onSend', (_, reply, payload, done) => {
    reply.header('date', clock.now().toUTCString());
    done(null, payload);
  });
}
