import { DomainError } from './domain-error.js';

/** The caller has not proved their identity. */
export class UnauthenticatedError extends DomainError {
  constructor(
    code: 'token_required' | 'invalid_token' | 'invalid_credentials' | 'invalid_refresh_token',
    detail: string,
  ) {
    super('unauthenticated', code, detail);
  }
}

/** The token is unknown, wrong, expired or revoked. */
export class InvalidToken extends UnauthenticatedError {
  constructor() {
    super('invalid_token', 'The token is not accepted.');
  }
}
