/** The caller of the requests of a user. An API key that acts as the user is another caller, whose name ends with this one. */
export function userCaller(userId: number): string {
  return `user ${userId}`;
}

/** A request with an `Idempotency-Key`. */
export interface KeyedRequest {
  /** Different callers have different keys. */
  readonly caller: string;
  /** Method and path. */
  readonly operation: string;
  /** The client's key; for a caller without a token, a hash of the whole request. */
  readonly key: string;
  /** A hash of the query and the body. */
  readonly fingerprint: string;
  /** The keys that the same request has with another secret, or had in the previous version. */
  readonly otherKeys: readonly string[];
  /** Every fingerprint of the same request, `fingerprint` included. */
  readonly fingerprints: readonly string[];
}
