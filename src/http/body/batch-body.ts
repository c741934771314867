import type { DomainError } from '../../errors/domain-error.js';
import type { Members } from '../../errors/name-refusal.js';

const refusals = new WeakMap<BatchBody<unknown>, DomainError>();

/**
 * The body of a batch. Its `requests` are the members up to the first that its DTO refuses, since a member before that one
 * may be refused for another reason.
 */
export abstract class BatchBody<T> {
  abstract readonly requests: T[];
}

/** The same body, with the refusal of the member after its `requests`. */
export function withRefusal<T extends BatchBody<unknown>>(body: T, refusal: DomainError): T {
  if (!refusals.has(body)) refusals.set(body, refusal);
  return body;
}

/** The members of a batch that its DTO accepts, and the refusal of the next one. */
export function membersOf<T>(body: BatchBody<T>): Members<T> {
  return { accepted: body.requests, refusal: refusals.get(body) ?? null };
}

/** Whether a body of this class is one of a batch. */
export function isBatchBody(type: Function | undefined): boolean {
  return type !== undefined && type.prototype instanceof BatchBody;
}
