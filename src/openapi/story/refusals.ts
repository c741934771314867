import { DomainError, notFound } from '../../errors/domain-error.js';

/** The id of nothing, in the path of a request that is refused with 404. */
export const ABSENT_ID = 999;

/** The problem where the path names what does not exist. */
export function absent(resource: string): DomainError {
  return notFound(resource, ABSENT_ID);
}

/** The problem where a field of the request names what does not exist. */
export function absentAt(field: string, resource: string): DomainError {
  const message = `no ${resource} ${ABSENT_ID}`;
  return new DomainError('not-found', `${resource}_not_found`, `${field}: ${message}`, [{ field, message }]);
}

/** The problem where the caller acts for another user. */
export function forbidden(detail: string): DomainError {
  return new DomainError('forbidden', 'forbidden', detail);
}
