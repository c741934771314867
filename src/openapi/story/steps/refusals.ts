import { DomainError, notFound } from '../../../errors/domain-error.js';
import { EVENT_FIELDS } from '../../../events/rest/event-fields.js';
import { inWireNames } from '../../../http/wire-names/wire-names.js';
import { timeTakenError } from '../../../scheduling/booking/conflicts/conflict.js';

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

/** In the names of a request for an event. */
export const TIME_TAKEN = inWireNames(
  EVENT_FIELDS,
  timeTakenError(
    [{ userId: 1, start: Date.UTC(2022, 8, 6, 14, 16, 47), end: Date.UTC(2022, 8, 6, 15, 56, 47) }],
    new Set(),
  ),
);
