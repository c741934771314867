import { DomainError } from './domain-error.js';

/** A caller has made too many attempts of one sort, and must wait before the next one. */
export class TooManyAttemptsError extends DomainError {
  constructor(
    code: 'too_many_attempts' | 'too_many_requests' | 'too_many_sign_ups',
    detail: string,
    /** Whole seconds until the next attempt counts. */
    readonly retryAfter: number,
  ) {
    super('too-many-attempts', code, detail);
  }
}
