import { DomainError } from './domain-error.js';

type UnavailableCode =
  | 'overloaded'
  | 'shutting_down'
  | 'timed_out'
  | 'database_unavailable'
  | 'database_read_only';

/** The service cannot answer at the moment. The same request may succeed later. */
export class ServiceUnavailable extends DomainError {
  constructor(code: UnavailableCode | 'unavailable', detail: string, options?: ErrorOptions) {
    super('unavailable', code, detail, [], options);
  }
}

/**
 * Another server that the request needs, such as the mail server, does not answer. The service logs the error for the
 * operator.
 */
export class DependencyUnavailable extends ServiceUnavailable {
  constructor(detail: string, options?: ErrorOptions) {
    super('unavailable', detail, options);
  }
}

/** The error of work whose request no longer waits for it. */
export function timedOut(detail = 'The request took too long.'): ServiceUnavailable {
  return new ServiceUnavailable('timed_out', detail);
}
