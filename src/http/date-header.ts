import type { FastifyInstance } from 'fastify';
import { SECOND } from '../calendar/time/civil-time.js';
import type { Clock } from '../platform/clock/clock.js';

/** Gives each response the service's own time as its `Date`; otherwise Node.js writes the time of the machine. */
export function dateResponses(fastify: FastifyInstance, clock: Clock): void {
  let second = Number.NaN;
  let text = '';
  fastify.addHook('onSend', (_, reply, payload, done) => {
    const now = clock.now();
    const secondNow = Math.floor(now.getTime() / SECOND);
    if (secondNow !== second) [second, text] = [secondNow, now.toUTCString()];
    reply.header('date', text);
    done(null, payload);
  });
}
