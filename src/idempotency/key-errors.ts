import { DomainError } from '../errors/domain-error.js';

/** The first request with this key was another request. */
export function keyReused(): DomainError {
  return new DomainError(
    'key-reused',
    'idempotency_key_reused',
    'This Idempotency-Key was sent with another body before.',
  );
}

/** The first request of this key is still in progress after the time that a repeated request waits. */
export function keyInUse(): DomainError {
  return new DomainError(
    'key-in-use',
    'idempotency_key_in_use',
    'The first request of this Idempotency-Key is still under way.',
  );
}

/** The response to the first request of this key had a secret, which the service does not keep. */
export class SecretNotRepeated extends DomainError {
  /** @param id of the resource that the first request made; null: it made none, or is still under way */
  constructor(id: number | null) {
    super(
      'conflict',
      'secret_not_repeated',
      'The response had a secret, which the service does not repeat. Send a new request.',
      [],
      { members: id === null ? {} : { id } },
    );
  }
}
