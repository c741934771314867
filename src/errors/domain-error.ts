/** The kinds of errors, in the domain's terms. Each protocol maps the kinds to its own statuses. */
export type ErrorKind =
  | 'invalid'
  | 'limit-exceeded'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'expired'
  | 'precondition-failed'
  | 'key-in-use'
  | 'key-reused'
  | 'quota-exceeded'
  | 'too-many-attempts'
  | 'unavailable';

/**
 * One fault of the input: the field, and the fault of its value. Services name the fields of commands
 * (`originalStart`), which each protocol translates to its own names. Mappers name the fields of the request
 * (`page_token`).
 */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** What an error may have beside its text. */
export interface ErrorDetails extends ErrorOptions {
  /** Further members for programs, such as the id of a resource (RFC 9457 §3.2). */
  readonly members?: Readonly<Record<string, unknown>>;
}

/**
 * The base of every error that a client sees. The class depends on no protocol.
 *
 * `code` is stable and meant for programs. `detail` is a sentence meant for people. `errors` lists the fields at fault;
 * it is empty if no single field is.
 *
 * @example
 * throw new DomainError('forbidden', 'sign_up_closed', 'This server does not let people sign up.');
 */
export class DomainError extends Error {
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
    { members = {}, ...options }: ErrorDetails = {},
  ) {
    super(detail, options);
    this.name = new.target.name;
    this.members = members;
  }
}

/** Invalid input, by field. */
export function invalidInput(...errors: FieldError[]): DomainError {
  return new DomainError('invalid', 'invalid_input', detailOf(errors), errors);
}

/** @throws {DomainError} invalid, if there is a fault */
export function refuseFaults(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw invalidInput(...faults);
}

/** The detail of an error that its fields alone explain. */
export function detailOf(errors: readonly FieldError[]): string {
  return errors.map(({ field, message }) => `${field}: ${message}`).join('; ');
}

/** A resource that does not exist, or whose existence the caller may not know. */
export function notFound(resource: string, id: number | string): DomainError {
  return new DomainError('not-found', `${resource.replaceAll(' ', '_')}_not_found`, `No ${resource} ${id}.`);
}

/**
 * Runs `work`. An error that names no field, such as one of the calendar core, becomes invalid input at `field`.
 * @throws {DomainError} of kind `invalid`, naming `field`; an error that names a field as it is
 */
export function atField<T>(field: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DomainError) || error.errors.length > 0) throw error;
    const { code, detail } = error;
    throw new DomainError('invalid', code, `${field}: ${detail}`, [{ field, message: detail }]);
  }
}
