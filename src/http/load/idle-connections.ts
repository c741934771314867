import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { REQUEST_TIMEOUT_MS } from '../http-adapter.js';
import type { Admission } from './admission.js';

/** A proxy sends its request as soon as it is connected; this is much longer than a connection within a network takes. */
const GRACE_MS = 500;

/**
 * Counts each request as in progress from the arrival of its headers to the end of its response. At the end of the
 * service, closes each connection on which no request is in progress, and the others after their responses: Node.js
 * leaves connections open on which no request has arrived yet. Requests of the first `GRACE_MS` still count, since the
 * client of a new connection could not know of the end. A request whose body has not arrived `REQUEST_TIMEOUT_MS` later
 * is a 408. Its hook has to be the first, since others wait for the database.
 */
export function closeIdleConnections(fastify: FastifyInstance, admission: Admission): void {
  const { server } = fastify;
  const connections = new Set<Socket>();
  let ending = false;
  const closeIdle = (): void => {
    const busy = new Set([...admission.inProgress].map(({ raw }) => raw.socket));
    for (const socket of connections) if (!busy.has(socket)) socket.destroySoon();
  };
  const endGrace = (): void => {
    ending = true;
    admission.drain();
    closeIdle();
  };
  // Node.js does not look for slow requests any more once its server is closed.
  const refuseSlow = (): void => {
    for (const { raw } of admission.inProgress) {
      if (raw.complete) continue;
      const timeout = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
      server.emit('clientError', timeout, raw.socket);
      raw.socket.destroySoon();
    }
  };
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    admission.receive(request, reply);
    reply.raw.once('close', () => {
      if (ending) closeIdle();
    });
    done();
  });
  fastify.addHook('preClose', (done) => {
    admission.leave();
    setTimeout(endGrace, GRACE_MS).unref();
    setTimeout(refuseSlow, REQUEST_TIMEOUT_MS).unref();
    // The server stops to listen right after it has accepted all connections: the system resets those that wait.
    setImmediate(done);
  });
}
