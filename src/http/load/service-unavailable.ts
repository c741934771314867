import { ProblemException } from '../problem/problem-exception.js';

/** Seconds after which it is worth trying again: what is overloaded or restarts is so for moments. */
export const RETRY_AFTER_SECONDS = 1;

/** Why nothing can be answered just now; trying again later may well succeed. */
export class ServiceUnavailable extends ProblemException {
  constructor(code: UnavailableCode, detail: string) {
    super(503, code, detail);
  }
}

type UnavailableCode =
  | 'overloaded'
  | 'shutting_down'
  | 'timed_out'
  | 'database_unavailable'
  | 'database_read_only';

/** The error of work that a request no longer waits for. */
export function timedOut(): ServiceUnavailable {
  return new ServiceUnavailable('timed_out', 'It took too long.');
}
