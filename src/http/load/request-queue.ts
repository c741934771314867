import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';

/**
 * All attendees of an event with a thousand may answer in the same second. An entry of the queue takes some
 * kilobytes.
 * @public `docs/limits.md` lists it.
 */
export const MAX_QUEUED_REQUESTS = 2_000;

/**
 * A queued request keeps its body in memory. So many bytes are 2,000 requests of 16 kB each.
 * @public `docs/limits.md` lists it.
 */
export const MAX_QUEUED_BYTES = 32 * 1024 * 1024;

/**
 * Milliseconds. With the 10 s of service, this time stays below the minute after which proxies give up.
 * @public `docs/limits.md` lists it.
 */
export const MAX_QUEUE_WAIT_MS = 45_000;

/**
 * Milliseconds of a request whose body the operation reads. The whole of a request must arrive within 10 s, its time in the queue
 * included.
 * @public `docs/limits.md` lists it.
 */
export const MAX_UNREAD_WAIT_MS = 5_000;

/** The body limit: the most that a body of unknown length can have. */
const LARGEST_BODY = 1024 * 1024;

interface QueuedRequest {
  readonly request: FastifyRequest;
  admit(): void;
  refuse(error: ServiceUnavailable): void;
}

/** Requests that wait for a place, in the order in which they arrived. */
export class RequestQueue {
  private readonly queued = new Set<QueuedRequest>();
  private bytes = 0;

  get length(): number {
    return this.queued.size;
  }

  /**
   * Resolves when `next` returns this request. Never settles if the client hangs up before.
   * @throws {ServiceUnavailable} `overloaded`, if the queue is full or the wait too long; the error of `refuseAll`
   */
  join(request: FastifyRequest, reply: FastifyReply, maxWaitMs: number): Promise<void> {
    const bytes = bodyLengthOf(request);
    if (this.queued.size >= MAX_QUEUED_REQUESTS || this.bytes + bytes > MAX_QUEUED_BYTES)
      return Promise.reject(overloaded());
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        if (!this.queued.delete(entry)) return;
        this.bytes -= bytes;
        clearTimeout(timer);
        reply.raw.off('close', leave);
      };
      const refuse = (error: ServiceUnavailable): void => {
        leave();
        reject(error);
      };
      const admit = (): void => {
        leave();
        resolve();
      };
      const entry: QueuedRequest = { request, admit, refuse };
      const timer = setTimeout(() => refuse(overloaded()), maxWaitMs);
      reply.raw.once('close', leave);
      this.queued.add(entry);
      this.bytes += bytes;
    });
  }

  /** Admits the request that has waited longest. @returns it; null if none waits */
  next(): FastifyRequest | null {
    for (const first of this.queued) {
      first.admit();
      return first.request;
    }
    return null;
  }

  refuseAll(error: ServiceUnavailable): void {
    for (const each of this.queued) each.refuse(error);
  }
}

function overloaded(): ServiceUnavailable {
  return new ServiceUnavailable('overloaded', 'The service is overloaded.');
}

function bodyLengthOf({ headers, body }: FastifyRequest): number {
  if (body === undefined || body === null) return 0;
  return Number(headers['content-length'] ?? LARGEST_BODY);
}
