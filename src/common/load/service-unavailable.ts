import { HttpException } from '@nestjs/common';

/** Seconds after which it is worth trying again: what is overloaded or restarts is so for moments. */
export const RETRY_AFTER_SECONDS = 1;

/** Why nothing can be answered just now; trying again later may well succeed. */
export class ServiceUnavailable extends HttpException {
  constructor(
    /** Stable, and meant for programs. */
    readonly code: 'overloaded' | 'shutting_down' | 'timed_out' | 'database_unavailable',
    detail: string,
  ) {
    super(detail, 503);
  }
}
