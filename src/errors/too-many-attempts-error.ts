/** Something was tried so often that it is not tried again for a while. */
export class TooManyAttemptsError extends Error {
  readonly code = 'too_many_attempts';

  constructor(
    detail: string,
    /** Whole seconds until the next attempt counts. */
    readonly retryAfter: number,
  ) {
    super(detail);
  }
}
