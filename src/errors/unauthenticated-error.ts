/** The caller has not proved who they are. */
export class UnauthenticatedError extends Error {
  constructor(
    /** Stable, and meant for programs. */
    readonly code: 'token_required' | 'invalid_token' | 'invalid_credentials' | 'invalid_refresh_token',
    detail: string,
  ) {
    super(detail);
  }
}

/** The token is unknown, wrong, has run out or has been ended. */
export class InvalidToken extends UnauthenticatedError {
  constructor() {
    super('invalid_token', 'The token is not accepted.');
  }
}
