import type { ErrorKind } from '../../errors/domain-error.js';

/** The HTTP status of each kind of error. */
export const STATUS_OF_KIND: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  'limit-exceeded': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'key-in-use': 409,
  expired: 410,
  'precondition-failed': 412,
  'key-reused': 422,
  'quota-exceeded': 429,
  'too-many-attempts': 429,
  unavailable: 503,
};
