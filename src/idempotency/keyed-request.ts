import { createHash } from 'node:crypto';
import type { ActingRequest } from '../access/acting-request.js';
import { invalidInput } from '../common/domain-error.js';

/** A request that its client may make again, and be answered as the first time. */
export interface KeyedRequest {
  readonly caller: string;
  readonly operation: string;
  readonly key: string;
  readonly fingerprint: string;
}

export const IDEMPOTENCY_KEY = 'Idempotency-Key';
export const MAX_KEY_LENGTH = 255;

/**
 * @returns null for a request without a key
 * @throws {DomainError} invalid, naming the header
 */
export function keyedRequest(request: ActingRequest): KeyedRequest | null {
  const key = request.headers[IDEMPOTENCY_KEY.toLowerCase()];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY_LENGTH) {
    throw invalidInput({
      field: IDEMPOTENCY_KEY,
      message: `must have 1 to ${MAX_KEY_LENGTH} characters, visible ones of ASCII`,
    });
  }
  const [path] = request.url.split('?', 1);
  return {
    caller: callerOf(request),
    operation: `${request.method} ${path}`,
    key,
    fingerprint: fingerprintOf(request.body),
  };
}

function callerOf({ actor }: ActingRequest): string {
  return actor?.kind === 'user' ? `user ${actor.userId}` : 'anonymous';
}

/** A password is left out: a plain hash that is kept for a day would help whoever wants to guess it. */
function fingerprintOf(body: unknown): string {
  const text = JSON.stringify(body ?? {}, (name, value: unknown) =>
    name === 'password' ? undefined : value,
  );
  return createHash('sha256').update(text).digest('base64url');
}
