import { CalendarError } from '../calendar/calendar-error.js';
import { DomainError, type FieldError } from '../common/domain-error.js';

/** What was answered: that it was done, or that it was refused. */
export type KeptAnswer = Done | Refused;

interface Done {
  readonly kind: 'done';
  readonly body: unknown;
}

interface Refused {
  readonly kind: 'refused';
  readonly refusal: CalendarError['kind'];
  readonly code: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
}

export function done(body: unknown): KeptAnswer {
  return { kind: 'done', body: body ?? null };
}

/** Invalid input can be put right under the same key, and a quota is free again later. */
const WORTH_ANOTHER_ATTEMPT: ReadonlySet<CalendarError['kind']> = new Set([
  'invalid',
  'limit-exceeded',
  'quota-exceeded',
]);

/** What is kept of a refusal; null where it, or an error that was no answer to the request, is worth another attempt. */
export function refused(error: unknown): KeptAnswer | null {
  if (!(error instanceof CalendarError) || WORTH_ANOTHER_ATTEMPT.has(error.kind)) return null;
  const errors = error instanceof DomainError ? error.errors : [];
  return { kind: 'refused', refusal: error.kind, code: error.code, detail: error.detail, errors };
}

/** @throws {DomainError} as the first time, where it was refused */
export function replayed(answer: KeptAnswer): Done {
  if (answer.kind === 'done') return answer;
  throw new DomainError(answer.refusal, answer.code, answer.detail, answer.errors);
}
