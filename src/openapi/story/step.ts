import { DomainError, type FieldError, notFound } from '../../common/domain-error.js';

/** A body to send, as Swagger UI offers it under its summary. */
export interface RequestExample {
  readonly summary: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The problem that a response of one status has; the errors of the domain are such. */
export interface ProblemExample {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
}

/** The examples of one operation. */
export interface Step {
  /** Values of path and query parameters; without one, a parameter has the example of its declaration. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Bodies to send one after the other. */
  readonly requests?: Readonly<Record<string, RequestExample>>;
  /** The body of the successful response to the first request. */
  readonly answer?: unknown;
  /** Of the statuses whose problem differs from that of other operations. */
  readonly problems?: Readonly<Record<number, ProblemExample>>;
}

/** The operations of one tag by their `operationId`, in the order in which the page shows them. */
export type Chapter = Readonly<Record<string, Step>>;

/** The id of nothing, in the path of a request that is refused with 404. */
export const ABSENT_ID = 999;

export function absent(resource: string): DomainError {
  return notFound(resource, ABSENT_ID);
}

/** The problem where a field of the request names what does not exist. */
export function absentAt(field: string, resource: string): DomainError {
  const message = `no ${resource} ${ABSENT_ID}`;
  return new DomainError('not-found', `${resource}_not_found`, `${field}: ${message}`, [{ field, message }]);
}

export function forbidden(detail: string): DomainError {
  return new DomainError('forbidden', 'forbidden', detail);
}
