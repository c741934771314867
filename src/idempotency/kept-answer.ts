import { DomainError, type ErrorKind, type FieldError } from '../errors/domain-error.js';

/** What the service keeps of an answer. */
export type KeptAnswer = Done | Referred | Secret | Refused;

/** The answer itself, which has nothing but what the request said. Version 0.1 kept every answer so. */
interface Done {
  readonly kind: 'done';
  readonly body: unknown;
}

/** The id in the answer: a repeat reads the resource again. */
interface Referred {
  readonly kind: 'referred';
  readonly id: number;
}

/** Nothing, since the answer had a secret. */
interface Secret {
  readonly kind: 'secret';
}

interface Refused {
  readonly kind: 'refused';
  readonly refusal: ErrorKind;
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

export const SECRET: Secret = { kind: 'secret' };

export function done(body: unknown): Done {
  return { kind: 'done', body: body ?? null };
}

/** @param body an answer that has an `id`, or no answer */
export function referred(body: unknown): KeptAnswer {
  return body === null ? done(null) : { kind: 'referred', id: idIn(body) };
}

/** The id that an answer was kept by, or has; null for an answer without a body. */
export function referenceOf(answer: Done | Referred): number | null {
  if (answer.kind === 'referred') return answer.id;
  return answer.body === null ? null : idIn(answer.body);
}

function idIn(body: unknown): number {
  const { id } = (body ?? {}) as { id?: unknown };
  if (typeof id !== 'number') throw new Error('The answer to a keyed request has no id.');
  return id;
}

/** The kinds of refusal that another attempt of the same request would meet again. */
const KEPT_KINDS: ReadonlySet<ErrorKind> = new Set(['forbidden', 'not-found', 'conflict']);

/** What is kept of a refusal; null if another attempt under the same key may succeed. */
export function refused(error: unknown): KeptAnswer | null {
  if (!(error instanceof DomainError) || !KEPT_KINDS.has(error.kind)) return null;
  const { kind, code, detail, errors } = error;
  return { kind: 'refused', refusal: kind, code, detail, errors };
}

/** The refusal as it was thrown. */
export function refusalOf({ refusal, code, detail, errors }: Refused): DomainError {
  return new DomainError(refusal, code, detail, errors);
}
