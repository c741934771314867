import type { FieldError } from '../../../errors/domain-error.js';

/** A body to send, as Swagger UI offers it under its summary. */
export interface RequestExample {
  readonly summary: string;
  /** JSON, or the text of a file. */
  readonly value: Readonly<Record<string, unknown>> | string;
}

/** The problem that a response of one status has; a `DomainError` has this form. */
export interface ProblemExample {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly FieldError[];
  readonly members?: Readonly<Record<string, unknown>>;
}

/** The examples of one operation. */
export interface Step {
  /** Values of path and query parameters; without one, a parameter has the example of its declaration. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Bodies to send one after the other. */
  readonly requests?: Readonly<Record<string, RequestExample>>;
  /** The body of the successful response to the first request. */
  readonly response?: unknown;
  /** The problems of the statuses whose problem differs from that of other operations. */
  readonly problems?: Readonly<Record<number, ProblemExample>>;
}

/** The operations of one tag by their `operationId`, in the order in which the page shows them. */
export type Chapter = Readonly<Record<string, Step>>;
