import { DomainError, notFound } from '../../../errors/domain-error.js';

/** An id that no resource has, for the path of a request that the service refuses with 404. */
export const ABSENT_ID = 999;

/** The problem if the path names a resource that does not exist. */
export function absentInPath(resource: string): DomainError {
  return notFound(resource, ABSENT_ID);
}

/** The problem if a field of the request names a resource that does not exist. */
export function absentInField(field: string, resource: string): DomainError {
  const message = `no ${resource} ${ABSENT_ID}`;
  return new DomainError('not-found', `${resource}_not_found`, `${field}: ${message}`, [{ field, message }]);
}

/** The problem if the caller acts for another user. */
export function forbidden(detail: string): DomainError {
  return new DomainError('forbidden', 'forbidden', detail);
}

/** The problem if a person calls an operation of products. */
export const KEY_REQUIRED = new DomainError(
  'forbidden',
  'key_required',
  'Only an API key may send this request.',
);
