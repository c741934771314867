import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ServiceGate } from '../../database/service-gate.js';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';
import { currentRequest } from '../../platform/logging/request-context.js';
import { doneAfter } from '../done-after.js';
import { takesCalendar } from '../routing/accepted-type.js';
import { isProbe } from '../routing/probes.js';
import { MAX_QUEUE_WAIT_MS, MAX_UNREAD_WAIT_MS, RequestQueue } from './request-queue.js';

/**
 * Requests in service for each connection to the database: one uses it and two wait, some tens of milliseconds, so that
 * no request in service comes near the time that it may wait for a connection.
 */
export const REQUESTS_PER_CONNECTION = 3;

/**
 * Milliseconds. With the 10 s of service, this time stays below the 20 s after which the process ends.
 * @public `docs/limits.md` lists it.
 */
export const MAX_QUEUE_WAIT_AT_END_MS = 8_000;

/**
 * Milliseconds that requests wait for the start of the service. A start takes a second or two, and a balancer that
 * only notices refused connections sends requests to an instance as soon as it listens. Proxies wait longer.
 * @public `docs/limits.md` lists it.
 */
export const MAX_WAIT_FOR_START_MS = 10_000;

/** Decides when the service begins to serve a request, and whether it does. */
export class Admission extends ServiceGate {
  private readonly received = new Set<FastifyRequest>();
  private readonly inService = new Set<FastifyRequest>();
  private readonly queue = new RequestQueue();
  private turnedAway = 0;
  private obstacle: string | null = null;
  private starting: NodeJS.Timeout | null = null;
  private leaving = false;
  private ending = false;
  private queueClosed = false;

  /** @param capacity how many requests are in service at a time */
  constructor(private readonly capacity: number) {
    super();
  }

  /** The number of requests that were refused because of load. */
  get shed(): number {
    return this.turnedAway;
  }

  /** The number of requests in service. */
  get count(): number {
    return this.inService.size;
  }

  /** The number of requests in the queue. */
  get queued(): number {
    return this.queue.length;
  }

  /** The requests whose headers have arrived before the end, and whose responses are not complete. */
  get inProgress(): ReadonlySet<FastifyRequest> {
    return this.received;
  }

  /** Whether the process is about to end. */
  get draining(): boolean {
    return this.leaving || this.ending;
  }

  /**
   * The reason why the service serves no request yet, in one sentence for clients; null: the service serves requests.
   */
  get notYet(): string | null {
    return this.obstacle;
  }

  /** Lets requests wait for `open` in the queue. If that takes too long, refuses them. Probes do not wait. */
  start(obstacle: string): void {
    this.obstacle = obstacle;
    this.starting = setTimeout(() => this.hold(obstacle), MAX_WAIT_FOR_START_MS).unref();
  }

  /** Refuses all requests, those in the queue too, because the service has no database yet. Probes are served. */
  hold(obstacle: string): void {
    this.stopWaiting();
    this.obstacle = obstacle;
    this.queue.refuseAll(new ServiceUnavailable('database_unavailable', obstacle));
  }

  /** Serves requests from now on, those in the queue first. */
  open(): void {
    this.stopWaiting();
    this.obstacle = null;
    while (this.inService.size < this.capacity && this.serveNext());
  }

  /** Notes that the headers of a request have arrived. */
  receive(request: FastifyRequest, reply: FastifyReply): void {
    if (this.ending) return;
    this.received.add(request);
    reply.raw.once('close', () => this.received.delete(request));
  }

  /**
   * Resolves when the service of the request begins; null: it begins now. Probes do not wait.
   * @throws {ServiceUnavailable} `overloaded`, `shutting_down`, `database_unavailable`
   */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void> | null {
    if (isProbe(request)) return null;
    if (this.ending && !this.received.has(request)) throw shuttingDown();
    if (this.obstacle !== null && this.starting === null)
      throw new ServiceUnavailable('database_unavailable', this.obstacle);
    const context = currentRequest();
    if (context) {
      reply.raw.once('close', () => {
        context.cancelled = true;
      });
    }
    if (this.starting === null && this.inService.size < this.capacity) {
      this.inService.add(request);
      return null;
    }
    if (this.queueClosed) throw shuttingDown();
    return this.queue
      .join(request, reply, isUnread(request) ? MAX_UNREAD_WAIT_MS : MAX_QUEUE_WAIT_MS)
      .catch((error: unknown) => {
        if (!this.ending && this.obstacle === null) this.turnedAway += 1;
        throw error;
      });
  }

  /** Ends the service of a request; the first of the queue takes its place. */
  release(request: FastifyRequest): void {
    if (this.inService.delete(request)) this.serveNext();
  }

  /**
   * Runs work that waits for the client of a request, in which other requests are served. The request then waits for its
   * service again.
   * @throws {ServiceUnavailable} as `admit`; the error of the work
   */
  async outside(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
    this.release(request);
    await work();
    await this.admit(request, reply);
  }

  /** Lets clients know that the process is about to end; requests are still served. */
  leave(): void {
    this.leaving = true;
  }

  /**
   * Refuses requests whose headers arrive from now on, also on connections that stay open. After some seconds, it
   * refuses the requests in the queue too.
   */
  drain(): void {
    this.ending = true;
    if (this.starting) this.queue.refuseAll(shuttingDown());
    setTimeout(() => {
      this.queueClosed = true;
      this.queue.refuseAll(shuttingDown());
    }, MAX_QUEUE_WAIT_AT_END_MS).unref();
  }

  private serveNext(): boolean {
    const next = this.queue.next();
    if (next) this.inService.add(next);
    return next !== null;
  }

  private stopWaiting(): void {
    if (this.starting) clearTimeout(this.starting);
    this.starting = null;
  }
}

/**
 * Serves a bounded number of requests at a time; the others wait in a bounded queue, first come, first served. A
 * request that finds the queue full is a 503. A request takes a place from the end of its body to its response, so a
 * client that sends or reads slowly takes no place from another client. A client that hangs up frees its place once
 * the work for it has
 * ended: otherwise hanging up would let it start more work than the service can do.
 */
export function limitLoad(fastify: FastifyInstance, admission: Admission): void {
  fastify.addHook('preValidation', (request, reply, done) => {
    const wait = admission.admit(request, reply);
    if (wait === null) done();
    else void doneAfter(wait, done);
  });
  // Fastify sends some responses without its hooks.
  fastify.server.prependListener('request', (_, response) => {
    if (admission.draining) response.shouldKeepAlive = false;
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    admission.release(request);
    // An open connection would keep the process from ending.
    if (admission.draining) reply.header('connection', 'close');
    done(null, payload);
  });
}

/** Whether the operation reads the body of the request when it is in service. */
function isUnread({ routeOptions, body }: FastifyRequest): boolean {
  return takesCalendar(routeOptions.url) && body === undefined;
}

function shuttingDown(): ServiceUnavailable {
  return new ServiceUnavailable('shutting_down', 'This instance is shutting down.');
}
