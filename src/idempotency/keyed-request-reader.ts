import { createHash, createHmac, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { ActingRequest } from '../access/request-with-actor.js';
import { invalidInput } from '../errors/domain-error.js';
import { SigningKeys } from '../platform/secrets/signing-keys.js';

/** A request that its client may repeat. */
export interface KeyedRequest {
  readonly caller: string;
  readonly operation: string;
  /** The client's key; for a caller without identity, a hash of the whole request. */
  readonly key: string;
  readonly fingerprint: string;
  /** The keys under which the same request may have been kept: by another secret, or by the version before. */
  readonly otherKeys: readonly string[];
  /** Every fingerprint of the same request. */
  readonly fingerprints: readonly string[];
}

export const IDEMPOTENCY_KEY = 'Idempotency-Key';
export const MAX_KEY_LENGTH = 255;

const PRESENTATION: ReadonlySet<string> = new Set(['pretty', 'max_attendees']);

const ANONYMOUS_CALLER = 'anonymous';

/**
 * Reads requests with an `Idempotency-Key`. A request may hold a password, and a plain hash of it would help to guess the
 * password, so every hash is keyed by the service's secrets. The first secret hashes; a hash by any of them is accepted,
 * so that secrets can be replaced.
 */
@Injectable()
export class KeyedRequests {
  private readonly secrets: readonly Buffer[];

  constructor({ all }: SigningKeys) {
    this.secrets = all.map(derivedSecret);
  }

  /**
   * @returns null for a request without a key
   * @throws {DomainError} invalid, naming the header
   */
  of(request: ActingRequest): KeyedRequest | null {
    const given = givenKey(request);
    if (given === null) return null;
    const [path = '', whole = ''] = request.url.split('?', 2);
    // The version before hashed the whole query.
    const queries = [...new Set([withoutPresentation(whole), whole])];
    const body = JSON.stringify(request.body ?? {});
    const inputs = queries.flatMap((query) => this.hashes('input', `${query}\n${body}`));
    const named = { operation: `${request.method} ${path}`, fingerprint: inputs[0] ?? '' };
    const same = [...inputs, ...(queries[0] === '' ? earlierFingerprints(body) : [])];
    const { actor } = request;
    if (actor?.kind === 'user') {
      return { ...named, caller: `user ${actor.userId}`, key: given, otherKeys: [], fingerprints: same };
    }
    // Strangers share this caller, so the key of one must not lead to the answer of another.
    const [key = '', ...keys] = queries.flatMap((query) => {
      const url = query === '' ? path : `${path}?${query}`;
      return this.hashes('request', JSON.stringify([request.method, url, given, body]));
    });
    return { ...named, caller: ANONYMOUS_CALLER, key, otherKeys: [...keys, given], fingerprints: same };
  }

  /** The hash by each secret. */
  private hashes(purpose: string, text: string): string[] {
    return this.secrets.map((secret) =>
      createHmac('sha256', secret).update(`${purpose}\n${text}`).digest('base64url'),
    );
  }
}

/** The query without the parameters that change nothing but the form of the response. */
function withoutPresentation(query: string): string {
  const parts = query.split('&').filter((part) => !PRESENTATION.has(part.split('=', 1)[0] ?? ''));
  return parts.join('&');
}

function givenKey({ headers }: ActingRequest): string | null {
  const key = headers[IDEMPOTENCY_KEY.toLowerCase()];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY_LENGTH) {
    throw invalidInput({
      field: IDEMPOTENCY_KEY,
      message: `must have 1 to ${MAX_KEY_LENGTH} characters, visible ones of ASCII`,
    });
  }
  return key;
}

/** A secret for this use alone, so that no hash is the signature of a token. */
function derivedSecret(secret: KeyObject): Buffer {
  return createHmac('sha256', secret).update('idempotency keys').digest();
}

/** Version 0.1 kept a plain hash and left passwords out, so its hash of a request with a password proves nothing. */
function earlierFingerprints(body: string): string[] {
  return body.includes('"password"') ? [] : [createHash('sha256').update(body).digest('base64url')];
}
