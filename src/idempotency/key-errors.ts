import { ProblemException } from '../http/problem/problem-exception.js';

/** The key stands for another request. */
export class KeyReused extends ProblemException {
  constructor() {
    super(422, 'idempotency_key_reused', 'This Idempotency-Key was sent with another body before.');
  }
}

/** The first request of this key is still under way, and longer than a repeat waits. */
export class KeyInUse extends ProblemException {
  constructor() {
    super(409, 'idempotency_key_in_use', 'The first request of this Idempotency-Key is still under way.');
  }
}

/** The answer to the first request of this key had a secret, which the service does not keep. */
export class SecretNotRepeated extends ProblemException {
  constructor() {
    super(409, 'secret_not_repeated', 'The answer had a secret, which is not repeated. Send a new request.');
  }
}
