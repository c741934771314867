import { CalendarError } from '../calendar/calendar-error.js';

/** One fault of the input: the field as the client wrote it (`repeat.until`, `user_ids`), and what is wrong. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A refusal of a service: what kind it is, a stable code, and the fields at fault. It knows no HTTP. */
export class DomainError extends CalendarError {
  readonly errors: readonly FieldError[];

  constructor(kind: CalendarError['kind'], code: string, detail: string, errors: readonly FieldError[] = []) {
    super(kind, code, detail);
    this.errors = errors;
  }
}

/** Input that cannot be accepted, by field. */
export function invalidInput(...errors: FieldError[]): DomainError {
  const detail = errors.map((error) => `${error.field}: ${error.message}`).join('; ');
  return new DomainError('invalid', 'invalid_input', detail, errors);
}

/** A resource that is not there, or that the caller may not know of. */
export function notFound(resource: string, id: number | string): DomainError {
  return new DomainError('not-found', `${resource.replaceAll(' ', '_')}_not_found`, `No ${resource} ${id}.`);
}

/**
 * Runs `work`; what the calendar core refuses becomes invalid input at `field`.
 * @throws {DomainError} of kind `invalid`, naming `field`
 */
export function atField<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof CalendarError && !(error instanceof DomainError)) {
      throw new DomainError('invalid', error.code, `${field}: ${error.detail}`, [
        { field, message: error.detail },
      ]);
    }
    throw error;
  }
}
