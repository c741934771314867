import { DomainError, type ErrorKind, type FieldError, notFound } from '../../errors/domain-error.js';

/** The part of a response that the database stores. The kinds are those of the stored JSON. */
export type StoredResponse = StoredBody | StoredReference | StoredReferences | OmittedSecret | StoredError;

/** The body itself, which has nothing but the contents of the request. Version 0.1 stored every response in this form. */
interface StoredBody {
  readonly kind: 'done';
  readonly body: unknown;
}

/** The `id` in the body. A repeated request reads the resource again. */
interface StoredReference {
  readonly kind: 'referred';
  readonly id: number;
}

/** The `id` of each element of a list in the body. */
interface StoredReferences {
  readonly kind: 'referred_list';
  readonly ids: readonly number[];
}

/** A response with a secret: nothing of it but the `id`, if it had one. */
interface OmittedSecret {
  readonly kind: 'secret';
  readonly id?: number;
}

interface StoredError {
  readonly kind: 'refused';
  readonly refusal: ErrorKind;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** Version 0.1 stored none. */
  readonly members?: DomainError['members'];
}

export const OMITTED_SECRET: OmittedSecret = { kind: 'secret' };

/** @returns null for a response without an `id`, of which nothing is to store */
export function storedOmission(body: unknown): OmittedSecret | null {
  const { id } = (body ?? {}) as { id?: unknown };
  return typeof id === 'number' ? { ...OMITTED_SECRET, id } : null;
}

export function storedBody(body: unknown): StoredBody {
  return { kind: 'done', body: body ?? null };
}

/** @param body with the id of the resource, or null: the response has no body @param idField the field that has the id */
export function storedReference(body: unknown, idField = 'id'): StoredResponse {
  return body === null ? storedBody(null) : { kind: 'referred', id: idIn(body, idField) };
}

/** @param field the field of the body that has the list */
export function storedReferences(field: string): (body: unknown) => StoredResponse {
  return (body) => {
    const list = (body as Readonly<Record<string, unknown>>)[field];
    if (!Array.isArray(list)) throw new Error(`The response to a keyed request has no list ${field}.`);
    return { kind: 'referred_list', ids: list.map((element) => idIn(element)) };
  };
}

/** The `id` of the resource in the response; null for a response without a body. */
export function resourceIdOf(response: StoredBody | StoredReference): number | null {
  if (response.kind === 'referred') return response.id;
  return response.body === null ? null : idIn(response.body);
}

function idIn(body: unknown, idField = 'id'): number {
  const { [idField]: id } = (body ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof id !== 'number') throw new Error('The response to a keyed request has no id.');
  return id;
}

/** Errors of these kinds are stored: the same request would fail in the same way again. */
const STORED_KINDS: ReadonlySet<ErrorKind> = new Set(['forbidden', 'not-found', 'conflict']);

/** The error as the database stores it; null if another attempt with the same key may succeed. */
export function storedError(error: unknown): StoredResponse | null {
  return error instanceof DomainError && STORED_KINDS.has(error.kind) ? refused(error) : null;
}

/** The response to a repeat whose resource is gone. */
export function storedNotFound(resource: string, id: number): StoredResponse {
  return refused(notFound(resource, id));
}

function refused({ kind, code, detail, errors, members }: DomainError): StoredError {
  return { kind: 'refused', refusal: kind, code, detail, errors, members };
}

/** The inverse of `storedError`. */
export function errorOfStored({ refusal, code, detail, errors, members }: StoredError): DomainError {
  return new DomainError(refusal, code, detail, errors, { members });
}
