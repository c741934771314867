import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ServiceUnavailable } from '../../errors/service-unavailable.js';
import { IMPORT_BODY_LIMIT } from '../../http/body/calendar-body.js';
import { receivedFile } from '../../http/body/received-file.js';
import { Admission } from '../../http/load/admission.js';

/**
 * Bytes of the bodies of all imports under way in an instance: three of the largest. A body is in memory until its import
 * has ended, and its text takes as much again.
 * @public `docs/limits.md` lists it.
 */
export const MAX_IMPORT_BYTES_AT_ONCE = 3 * IMPORT_BODY_LIMIT;

/** Reads the bodies of imports, within a bound for all of them. */
@Injectable()
export class ImportBodies {
  private bytes = 0;

  constructor(private readonly admission: Admission) {}

  /**
   * Reads the body into the request. A client that sends slowly takes no place from other requests meanwhile.
   * @returns a function to call when the body is of no more use
   * @throws {ServiceUnavailable} `overloaded`, if the bodies of other imports take too much memory, before the body is read
   * @throws {ProblemException} 413; 400, if the body does not arrive as a whole
   */
  async read(request: FastifyRequest, reply: FastifyReply): Promise<() => void> {
    const release = this.reserve(Number(request.headers['content-length'] ?? IMPORT_BODY_LIMIT));
    // A request whose client hangs up may never get its place again.
    reply.raw.once('close', release);
    try {
      await this.admission.outside(request, reply, async () => {
        request.body = await receivedFile(request.raw, reply);
      });
    } catch (error) {
      release();
      throw error;
    }
    reply.raw.off('close', release);
    return release;
  }

  /** @throws {ServiceUnavailable} `overloaded` */
  private reserve(bytes: number): () => void {
    if (this.bytes + bytes > MAX_IMPORT_BYTES_AT_ONCE)
      throw new ServiceUnavailable('overloaded', 'Other imports are under way. Send the file again later.');
    this.bytes += bytes;
    let isReserved = true;
    return () => {
      if (isReserved) this.bytes -= bytes;
      isReserved = false;
    };
  }
}
