import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isProbe } from '../probes.js';
import { ServiceUnavailable } from './service-unavailable.js';

/** Ten for each connection to the database: the last one admitted waits for some tens of milliseconds. */
const MAX_REQUESTS_IN_SERVICE = 200;

/** How many requests are being served, and how many were turned away. */
@Injectable()
export class Admission {
  private readonly inService = new Set<FastifyRequest>();
  private turnedAway = 0;
  private leaving = false;
  private ending = false;

  get shed(): number {
    return this.turnedAway;
  }

  get count(): number {
    return this.inService.size;
  }

  /** Whether the process is about to end. */
  get draining(): boolean {
    return this.leaving || this.ending;
  }

  /**
   * Admits a request, or says why not.
   * @throws {ServiceUnavailable}
   */
  admit(request: FastifyRequest, reply: FastifyReply): void {
    if (isProbe(request)) return;
    if (this.ending) {
      throw new ServiceUnavailable('shutting_down', 'This instance is shutting down.');
    }
    if (this.inService.size >= MAX_REQUESTS_IN_SERVICE) {
      this.turnedAway += 1;
      throw new ServiceUnavailable('overloaded', 'The service has more to do than it can do at a time.');
    }
    this.inService.add(request);
    // Whoever hangs up before the answer is no longer served.
    reply.raw.once('close', () => this.release(request));
  }

  release(request: FastifyRequest): void {
    this.inService.delete(request);
  }

  /** Lets clients know that the process is about to end; requests are still served. */
  leave(): void {
    this.leaving = true;
  }

  /** Turns new requests away, also on connections that stay open. */
  drain(): void {
    this.ending = true;
  }
}

/**
 * Serves so many requests at a time and answers the others 503 at once, instead of letting a queue grow in which
 * all are late. A request counts from the end of its body to its answer, so that neither who sends slowly nor
 * who reads slowly takes the place of another.
 */
export function limitLoad(fastify: FastifyInstance, admission: Admission): void {
  fastify.addHook('preValidation', (request, reply, done) => {
    try {
      admission.admit(request, reply);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  // Also for responses that Fastify makes without its hooks.
  fastify.server.prependListener('request', (_, response) => {
    if (admission.draining) response.shouldKeepAlive = false;
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    admission.release(request);
    // An open connection would keep the process from ending.
    if (admission.draining) reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('preClose', (done) => {
    admission.drain();
    done();
  });
}
